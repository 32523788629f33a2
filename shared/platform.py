"""What the composition root opens once and hands to every stage that it runs in this process."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from shared.assistant import Assistant
from shared.http.calls import CallHooks, no_hooks
from shared.messaging.settings import BusSettings
from shared.messaging.stage import StageBroker
from shared.sealing import Keyring
from shared.stores.keys import CustomerKeys
from shared.stores.port import Records


@dataclass(frozen=True, slots=True)
class Platform:
    """The things that stages share, because there is one of each in a process."""

    bus: BusSettings
    records: Records
    assistant: Assistant
    keyring: Keyring
    middlewares: Sequence[Any] = ()  # FastStream middlewares of every stage: the tracing
    call_hooks: Callable[[str], CallHooks] = no_hooks  # of the clients that change something in the system that is named
    key_records: Records | None = None  # the store of customers' keys; None: they are among the records

    def customer_keys(self) -> CustomerKeys:
        """What seals and opens for customers."""
        return CustomerKeys(self.key_records or self.records, self.keyring)


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage that has been built and not yet started: `broker.start()` begins to consume, `http` is its ASGI app.

    `closing` is called when the process is told to stop, before its HTTP server waits for open requests: it ends those
    that would never end by themselves. `degraded` names what the stage goes on without at the moment, and why.
    """

    name: str
    broker: StageBroker
    http: Any | None = None
    closing: Callable[[], None] = lambda: None
    degraded: Callable[[], Mapping[str, str]] = dict
