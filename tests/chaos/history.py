"""What was seen from outside while a system ran: the ground of every verdict. Plain values, in the order in which they came."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Said:
    """A message that its customer sent until it was accepted, or gave up. `number` counts those of its conversation."""

    conversation: str
    message: str
    number: int
    at: float
    accepted: bool
    attempts: int = 1


@dataclass(frozen=True, slots=True)
class Heard:
    """A delivery as its customer's stream told it. `kind` is the event's, or `delta` for a preview that was shown although
    the stream had said that a person owns the conversation."""

    conversation: str
    seq: int
    turn: str
    kind: str
    at: float
    by: str = "assistant"
    answers: tuple[str, ...] = ()
    text: str = ""


@dataclass(frozen=True, slots=True)
class Pressed:
    """A button of a refund, pressed until something other than 503 was said, and again. `statuses` are all answers."""

    conversation: str
    order: str
    amount: int
    accept: bool
    at: float
    statuses: tuple[int, ...]

    @property
    def counted(self) -> bool:
        return 202 in self.statuses


@dataclass(frozen=True, slots=True)
class Taken:
    """A person took a conversation over and said something, which stands at `seq`, for the messages that it `answers`.
    `until`: where the conversation's events stood when it was given back; 0: it was not."""

    conversation: str
    seq: int
    answers: tuple[str, ...]
    at: float
    until: int = 0


@dataclass(frozen=True, slots=True)
class Kept:
    """A conversation as its transcript tells it in the end: every message that a turn answers, what waits, the last seq."""

    conversation: str
    answered: tuple[str, ...]
    waiting: tuple[str, ...]
    last: int
    orders: tuple[str, ...] = ()  # of its customer


@dataclass(frozen=True, slots=True)
class Refunded:
    """A line of the shop's own ledger. `refused`: it was asked to pay what it had paid already."""

    order: str
    action: str
    amount: int
    refused: bool = False


@dataclass(frozen=True, slots=True)
class Effected:
    """An effect as Frontdesk's own ledger has it."""

    conversation: str
    action: str
    order: str
    state: str


@dataclass(slots=True)
class History:
    """All of it. `struck` tells which fault came when, for whoever reads the evidence."""

    said: list[Said] = field(default_factory=list)
    heard: list[Heard] = field(default_factory=list)
    pressed: list[Pressed] = field(default_factory=list)
    taken: list[Taken] = field(default_factory=list)
    kept: list[Kept] = field(default_factory=list)
    refunded: list[Refunded] = field(default_factory=list)
    effected: list[Effected] = field(default_factory=list)
    struck: list[tuple[float, str]] = field(default_factory=list)

    @property
    def turns(self) -> int:
        """Deliveries that were told."""
        return len({(each.conversation, each.seq) for each in self.heard if each.kind != "delta"})

    def write(self, path: Path, conversations: Iterable[str] = ()) -> None:
        """As JSON; with `conversations` only what concerns them, and all faults."""
        wanted = set(conversations)
        kept = {
            name: [each for each in values if not wanted or each.get("conversation") in wanted or name == "refunded"]
            for name, values in asdict(self).items()
            if name != "struck"
        }
        path.write_text(json.dumps(kept | {"struck": self.struck}, indent=1))
