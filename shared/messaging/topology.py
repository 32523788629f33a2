"""Names and shapes of streams, durables and buckets. Pure: `provision.py` creates them, a stage only checks them.

Subjects: `desk.v<version>.<event-name>.<conversation>` for events, `events.<type>` for CloudEvents of backends,
`dlq.<original subject>` for dead letters, `live.<conversation>.<kind>` for what is not stored.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from shared.contracts.backend import BackendEvent
from shared.contracts.base import Event
from shared.errors import TopologyError
from shared.messaging.settings import BusSettings
from shared.messaging.signature import Handler, Taken, signature

DESK = "DESK"
BACKEND = "DESK_EVENTS"
DEAD_LETTERS = "DESK_DLQ"
TOOLS = "desk-tools"

_MAX_EVENT = 512 * 1024
"""Of one event in bytes. Half of the server's default `max_payload`: a dead letter adds headers and must still fit."""

Config = dict[str, Any]
"""As the JetStream API has it: durations in nanoseconds. None: the setting must be absent."""


def subject(taken: Taken) -> str:
    """The subjects on which an event arrives, of any conversation."""
    return "events.>" if issubclass(taken, BackendEvent) else f"desk.v{taken.version}.{taken.name}.*"


def subject_of(event: Event) -> str:
    """The one subject of this event."""
    return f"desk.v{event.version}.{event.name}.{event.conversation}"


def live_subject(conversation: str, kind: str) -> str:
    """Where a preview or a notice of the moment goes; core NATS, not stored."""
    return f"live.{conversation}.{kind}"


def stream_of(taken: Taken) -> str:
    return BACKEND if issubclass(taken, BackendEvent) else DESK


def durable(stage: str, taken: Taken) -> str:
    """`<stage>-<event-name>`; a later version has its own, because both are consumed side by side."""
    if issubclass(taken, BackendEvent):
        return f"{stage}-backend-event"
    return f"{stage}-{taken.name}" if taken.version == 1 else f"{stage}-{taken.name}-v{taken.version}"


@dataclass(frozen=True, slots=True)
class Stream:
    """A stream; `bucket` tells one that holds a key-value bucket. `config` is whole: every setting that matters."""

    name: str
    config: Config
    bucket: str | None = None

    def __str__(self) -> str:
        return f"bucket {self.bucket}" if self.bucket else f"stream {self.name}"


@dataclass(frozen=True, slots=True)
class Consumer:
    """A durable pull consumer of one handler."""

    stream: str
    name: str
    config: Config

    def __str__(self) -> str:
        return f"consumer {self.name} of stream {self.stream}"


@dataclass(frozen=True, slots=True)
class Difference:
    """A setting that is not as it should be, in the words of the JetStream API."""

    setting: str
    have: Any
    want: Any

    def __str__(self) -> str:
        return f"{self.setting} is {self.have!r}, needed is {self.want!r}"


@dataclass(frozen=True, slots=True)
class Existing:
    """What a server has: configurations of streams by name, of consumers by (stream, name)."""

    streams: Mapping[str, Config]
    consumers: Mapping[tuple[str, str], Config]


@dataclass(frozen=True, slots=True)
class Change:
    """A thing to create (no differences) or to update."""

    what: Stream | Consumer
    differences: tuple[Difference, ...] = ()

    @property
    def creates(self) -> bool:
        return not self.differences

    @property
    def immutable(self) -> tuple[Difference, ...]:
        """The differences that no update can mend."""
        fixed = _FIXED_OF_STREAMS if isinstance(self.what, Stream) else _FIXED_OF_CONSUMERS
        return tuple(each for each in self.differences if each.setting in fixed)

    def __str__(self) -> str:
        return f"create {self.what}" if self.creates else f"update {self.what}: {'; '.join(map(str, self.differences))}"


@dataclass(frozen=True, slots=True)
class Topology:
    """All that must exist before stages start."""

    streams: tuple[Stream, ...]
    consumers: tuple[Consumer, ...]

    def diff(self, existing: Existing) -> list[Change]:
        """What has to change, streams first. Empty when all is as it should be."""
        found = [(stream, existing.streams.get(stream.name)) for stream in self.streams]
        pairs: list[tuple[Stream | Consumer, Config | None]] = list(found)
        pairs += [(each, existing.consumers.get((each.stream, each.name))) for each in self.consumers]
        changes = []
        for what, have in pairs:
            differences = differences_of(have, what.config) if have is not None else ()
            if have is None or differences:
                changes.append(Change(what, differences))
        return changes

    def part(self, stage: str, handlers: Sequence[Handler]) -> "Topology":
        """What one stage needs: its durables, their streams, where it publishes and the dead letters."""
        taken = [signature(handler)[0] for handler in handlers]
        names = {durable(stage, each) for each in taken}
        streams = {DESK, DEAD_LETTERS, *map(stream_of, taken)}
        return Topology(
            tuple(each for each in self.streams if each.name in streams),
            tuple(each for each in self.consumers if each.name in names),
        )


def differences_of(have: Config, want: Config) -> tuple[Difference, ...]:
    """Settings of `want` that `have` has not. The server leaves out zeros, so 0, False, "", [] and None are one."""
    return tuple(
        Difference(setting, have.get(setting), value)
        for setting, value in want.items()
        if (have.get(setting) or None) != (value or None)
    )


def topology(bus: BusSettings, stages: Mapping[str, Iterable[Handler]]) -> Topology:
    """Derived from the signatures of all handlers, by stage.

    Raises `TopologyError` when two handlers of a stage take the same event: they would share a durable.
    """
    consumers: dict[str, Consumer] = {}
    for stage, handlers in stages.items():
        for handler in handlers:
            taken, _ = signature(handler)
            name = durable(stage, taken)
            if name in consumers:
                raise TopologyError(f"two handlers of {stage} take {taken.__name__}: {handler.__qualname__} is one too many")
            consumers[name] = Consumer(stream_of(taken), name, _consumer(bus, name, subject(taken)))
    return Topology(
        (
            Stream(DESK, _stream(bus, DESK, "desk.>", bus.events_max_age, _MAX_EVENT)),
            Stream(BACKEND, _stream(bus, BACKEND, "events.>", bus.backend_max_age, _MAX_EVENT)),
            Stream(DEAD_LETTERS, _stream(bus, DEAD_LETTERS, "dlq.>", bus.dead_max_age, -1)),
            Stream(f"KV_{TOOLS}", _bucket(bus, TOOLS), bucket=TOOLS),
        ),
        tuple(consumers.values()),
    )


_FIXED_OF_STREAMS = {"name", "retention", "storage", "mirror", "deny_delete", "deny_purge", "max_consumers"}
_FIXED_OF_CONSUMERS = {"durable_name", "ack_policy", "deliver_policy", "replay_policy", "deliver_subject", "opt_start_seq"}


def _stream(bus: BusSettings, name: str, subjects: str, max_age: timedelta, max_msg_size: int) -> Config:
    """Limits retention, because work-queue and interest streams forget acknowledged ids when the server restarts, and
    `discard: new`, because `old` drops what nobody has handled yet."""
    return {
        "name": name,
        "subjects": [subjects],
        "retention": "limits",
        "storage": "file",
        "discard": "new",
        "num_replicas": bus.replicas,
        "max_age": nanoseconds(max_age),
        "max_bytes": bus.max_bytes,
        "max_msgs": -1,
        "max_msgs_per_subject": -1,
        "max_msg_size": max_msg_size,
        "max_consumers": -1,
        "duplicate_window": nanoseconds(bus.duplicate_window),
        "allow_direct": True,
        "allow_rollup_hdrs": False,
        "deny_delete": False,
        "deny_purge": False,
        "mirror": None,
        "sources": None,
        "subject_transform": None,
        "republish": None,
    }


def _bucket(bus: BusSettings, name: str) -> Config:
    """As the key-value layer of NATS lays it out (nats-architecture-and-design, ADR-8)."""
    return {
        "name": f"KV_{name}",
        "subjects": [f"$KV.{name}.>"],
        "retention": "limits",
        "storage": "file",
        "discard": "new",
        "num_replicas": bus.replicas,
        "max_msgs_per_subject": 1,
        "max_age": 0,
        "max_bytes": -1,
        "max_msgs": -1,
        "max_msg_size": -1,
        "max_consumers": -1,
        "duplicate_window": nanoseconds(timedelta(minutes=2)),
        "allow_direct": True,
        "allow_rollup_hdrs": True,
        "deny_delete": True,
        "deny_purge": False,
        "mirror": None,
        "sources": None,
    }


def _consumer(bus: BusSettings, name: str, filter_subject: str) -> Config:
    """`max_deliver` is unlimited: at its limit the server would drop a message in silence. `settlement.py` decides when
    enough is enough, and leaves a dead letter."""
    return {
        "durable_name": name,
        "name": name,
        "filter_subject": filter_subject,
        "ack_policy": "explicit",
        "deliver_policy": "all",
        "replay_policy": "instant",
        "ack_wait": nanoseconds(bus.ack_wait),
        "max_deliver": -1,
        "max_ack_pending": bus.max_ack_pending,
        "max_waiting": 512,
        "backoff": None,
        "deliver_subject": None,
        "pause_until": None,
        "num_replicas": 0,
    }


def nanoseconds(duration: timedelta) -> int:
    return duration // timedelta(microseconds=1) * 1000
