"""What one client has been told, and what it is to be told next. Pure: records and deltas in, frames out."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Literal, Protocol

from services.egress.streams.events import Telling, accepted
from services.egress.streams.sse import Frame
from shared.channels.web import Accepted, Data, DeltaData, Handoff, Withdrawn
from shared.contracts import Delta, turn_id
from shared.errors import GuardFailed
from shared.lane.documents import Conversation, Done
from shared.telemetry.guards import guarding

Reason = Literal["handed-over", "superseded"]


class Incremental(Protocol):
    """A guard over a text that comes in pieces."""

    def feed(self, piece: str) -> str:
        """What may be shown by now."""
        ...


@dataclass(slots=True)
class Preview:
    """The answer of the active turn while it is written, as far as this client has seen it."""

    epoch: int
    step: int = -1
    run: str = ""
    guard: Incremental | None = None
    awaited: int = 0  # number of the next delta
    told: int = 0  # frames since the last restart
    visible: bool = False
    restarted: bool = False
    broken: bool = False  # a delta was lost: what is shown stays, nothing is added
    abandoned: set[tuple[int, str]] = field(default_factory=set)  # step and run that another one has replaced


class View:
    """A client's view of one conversation.

    The record decides: deltas are shown only of the turn that it says is active, while the assistant owns the
    conversation. Each delivery is told once, in the order of `seq`; after it nothing of its turn is told any more.
    """

    def __init__(self, conversation: str, telling: Telling, seen: int | None) -> None:
        self.conversation = conversation
        self.seen = seen or 0  # the last delivery that was told
        self._telling, self._resumed = telling, seen is not None
        self._owner: Literal["bot", "person"] = "bot"
        self._first = True
        self._epoch = 0
        self._active: int | None = None
        self._preview: Preview | None = None
        self._announced: set[str] = set()

    # The record ------------------------------------------------------------------------------------------------------

    def missed(self, lane: Conversation) -> int:
        """Deliveries that were not told yet and are no longer in the record."""
        self.seen = min(self.seen, lane.delivered)
        first = lane.done[0].seq if lane.done else lane.delivered + 1
        return max(0, first - 1 - self.seen) if self._resumed or not self._first else 0

    def read(self, lane: Conversation) -> list[Frame]:
        """Tell what is new in the record."""
        frames: list[Frame] = []
        self.seen = min(self.seen, lane.delivered)
        for done in lane.done:
            if done.seq > self.seen:
                frames += self._delivered(lane, done)
                self.seen = done.seq
        frames += self._ownership(lane)
        self._epoch, self._active = lane.epoch, lane.active.epoch if lane.active and lane.owner == "bot" else None
        if self._preview and self._preview.epoch != self._active:
            frames += self._withdrawn("handed-over" if lane.owner == "person" else "superseded")
            self._preview = None
        frames += self._waiting(lane)
        self._first = False
        return frames

    def _delivered(self, lane: Conversation, done: Done) -> Iterator[Frame]:
        owner: Literal["bot", "person"] = "person" if done.outcome == "person" else "bot"
        if owner != self._owner:
            yield from self._handed(owner)
        if self._preview and self._preview.epoch == done.epoch and owner == "bot":
            self._preview = None  # its answer takes its place
        yield self._telling.done(lane, done)
        if done.draft.kind == "handoff":
            self._owner = "person"

    def _ownership(self, lane: Conversation) -> Iterator[Frame]:
        """Who answers from now on. A client that resumes may not know it, so it is told again if it ever changed."""
        resumes = self._first and self._resumed and lane.owner == "bot"
        if lane.owner != self._owner or (resumes and any(_by_person(done) for done in lane.done)):
            yield from self._handed(lane.owner)

    def _handed(self, owner: Literal["bot", "person"]) -> Iterator[Frame]:
        self._owner = owner
        if owner == "person":
            yield from self._withdrawn("handed-over")
            self._preview = None
        yield Frame(Handoff(owner=owner))

    def _waiting(self, lane: Conversation) -> Iterator[Frame]:
        waiting = [*(lane.active.members if lane.active else ()), *lane.queue, *lane.inbox]
        for item in waiting:
            if item.kind == "message" and item.id not in self._announced:
                yield accepted(item)
        known = {id for done in lane.done for id in done.answers}
        self._announced = known | {item.id for item in waiting}

    # Hints -----------------------------------------------------------------------------------------------------------

    def heard_of(self, hint: Accepted) -> list[Frame]:
        """A message was accepted."""
        if hint.message_id in self._announced:
            return []
        self._announced.add(hint.message_id)
        return [Frame(hint)]

    def is_news(self, delta: Delta) -> bool:
        """Whether the delta is of a turn that the record, when it was last read, had not begun: read it again first."""
        return delta.epoch > self._epoch

    def begins(self, delta: Delta) -> bool:
        """Whether the delta would begin the preview of a turn."""
        return delta.epoch == self._active and (self._preview is None or self._preview.epoch != delta.epoch)

    def written(self, delta: Delta, guard: Callable[[], Incremental]) -> list[Frame]:
        """A piece of the active turn's answer. Pieces of other turns, steps or runs, and pieces after a lost one, are
        dropped: the answer comes whole in the end."""
        if delta.epoch != self._active:
            return []
        frames: list[Frame] = []
        if self._preview is None:
            self._preview = Preview(delta.epoch)
        preview = self._preview
        if (delta.step, delta.run) != (preview.step, preview.run):
            if delta.step < preview.step or (delta.step, delta.run) in preview.abandoned:
                return []
            frames += self._withdrawn("superseded")
            _start_over(preview, delta, guard())
        if delta.number > preview.awaited:
            preview.broken = True
        if preview.broken or delta.number < preview.awaited:
            return frames
        preview.awaited += 1
        if text := self._guarded(preview, delta.text):
            frames.append(Frame(self._piece(preview, text)))
        return frames

    def _guarded(self, preview: Preview, piece: str) -> str:
        """What may be shown of a piece; of one that the guard fails at, and after it, nothing."""
        assert preview.guard
        try:
            with guarding("egress"):
                return preview.guard.feed(piece)
        except GuardFailed:
            preview.broken = True
            return ""

    def _piece(self, preview: Preview, text: str) -> Data:
        restart = preview.restarted and preview.told == 0
        piece = DeltaData(turn_id=turn_id(self.conversation, preview.epoch), number=preview.told, text=text, restart=restart)
        preview.told, preview.visible = preview.told + 1, True
        return piece

    def _withdrawn(self, reason: Reason) -> Iterator[Frame]:
        preview = self._preview
        if preview and preview.visible:
            preview.visible, preview.restarted = False, True
            yield Frame(Withdrawn(turn_id=turn_id(self.conversation, preview.epoch), reason=reason))


def _by_person(done: Done) -> bool:
    return done.outcome == "person" or done.draft.kind == "handoff"


def _start_over(preview: Preview, delta: Delta, guard: Incremental) -> None:
    preview.abandoned.add((preview.step, preview.run))
    preview.step, preview.run, preview.guard = delta.step, delta.run, guard
    preview.awaited, preview.told, preview.broken = 0, 0, False
