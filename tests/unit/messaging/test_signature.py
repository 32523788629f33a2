from collections.abc import Sequence
from typing import ClassVar

import pytest

from shared.contracts.action import ActionRequested, LookupRequested
from shared.contracts.backend import BackendEvent
from shared.contracts.base import Event
from shared.contracts.reply import NoticeDue
from shared.contracts.turn import MessageReceived, TurnBlocked, TurnScreened
from shared.errors import TopologyError
from shared.messaging.signature import Handler, signature


class Good:
    async def union(self, event: MessageReceived) -> TurnScreened | TurnBlocked | None: ...
    async def several(self, event: TurnScreened) -> Sequence[LookupRequested | NoticeDue]: ...
    async def mixed(self, event: TurnScreened) -> list[LookupRequested] | tuple[NoticeDue, ...] | None: ...
    async def nothing(self, event: TurnScreened) -> None: ...
    async def backend(self, event: BackendEvent) -> NoticeDue | None: ...


@pytest.mark.parametrize(
    ("handler", "taken", "outputs"),
    [
        (Good.union, MessageReceived, (TurnScreened, TurnBlocked)),
        (Good.several, TurnScreened, (LookupRequested, NoticeDue)),
        (Good.mixed, TurnScreened, (LookupRequested, NoticeDue)),
        (Good.nothing, TurnScreened, ()),
        (Good.backend, BackendEvent, (NoticeDue,)),
    ],
)
def test_types_are_the_topology(handler: Handler, taken: type, outputs: tuple[type, ...]) -> None:
    assert signature(handler) == (taken, outputs)


class Bad:
    async def no_return(self, event: MessageReceived): ...
    async def two(self, event: MessageReceived, other: TurnScreened) -> None: ...
    async def no_event(self, event: str) -> None: ...
    async def any_event(self, event: Event) -> None: ...
    async def a_base(self, event: ActionRequested) -> None: ...
    async def gives_a_base(self, event: MessageReceived) -> ActionRequested: ...
    async def gives_text(self, event: MessageReceived) -> str | TurnScreened: ...
    async def gives_backend(self, event: MessageReceived) -> BackendEvent: ...


@pytest.mark.parametrize("handler", [each for name, each in vars(Bad).items() if not name.startswith("_")])
def test_what_names_no_topology_is_refused_by_name(handler: Handler) -> None:
    with pytest.raises(TopologyError, match=handler.__name__):
        signature(handler)


def test_a_double_without_a_name_of_its_own_makes_no_base() -> None:
    class Named(Event):
        name: ClassVar[str] = "named"

    class Double(Named):
        pass

    async def handle(self: object, event: Named) -> None: ...

    handle.__annotations__ = {"event": Named, "return": None}
    assert signature(handle) == (Named, ())
