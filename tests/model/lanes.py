"""The conversation's document as the explorer sees it: every state of it once, changed by the real functions alone.

Documents are interned: a state of the world holds a number. Time is abstracted, so that the state space is finite: all
is written at `NOW`, and a deadline has either passed or not. Epochs and attempts are relative: the turn that runs is
epoch 1, its claim is `CURRENT`; what is older is refused by the comparisons, which `stale_is_refused` tries on every
document that is reached.
"""

from collections.abc import Callable, Hashable
from typing import Any, Literal, NamedTuple

from shared.contracts import Customer, Draft, Event, Proposal, Text
from shared.lane.confirmation import result_item
from shared.lane.documents import Conversation, Item, Lease, Pending, opened
from tests.unit.lane.ghost import Violation, standing
from tests.unit.lane.world import Operations

NOW, LATE, FAR = 1000.0, 1016.0, 99_000.0
UNTIL = NOW + 15
CUSTOMER = Customer(id="c1", assurance="verified")
CURRENT, OLD = "current", "old"
CONVERSATION = "conv"


class Ended(NamedTuple):
    answers: tuple[str, ...]
    outcome: str
    kind: str
    saw: str


class Change(NamedTuple):
    """What a write did, as an onlooker sees it. `state`: what the caller was told."""

    lane: int
    state: str
    written: bool
    accepted: tuple[str, ...] = ()
    ended: tuple[Ended, ...] = ()
    over: bool = False  # the turn that ran has ended, or was taken
    begun: str = ""  # the kind of the turn that this write activated
    granted: bool = False
    confirmed: tuple[str, ...] = ()


def action_of(asked: str) -> str:
    """One action for each input that asks for one, so that its id does not grow with the epochs."""
    return f"{CONVERSATION}:1:0:{asked[1:]}"


def proposal(asked: str) -> Proposal:
    return Proposal(action=action_of(asked), tool="refund_order", arguments={"of": asked}, customer=CUSTOMER, title="Refund")


class Lanes:
    """Interned documents and the operations between them, each worked out once."""

    def __init__(self, ops: Operations) -> None:
        self.ops = ops
        self.documents: list[Conversation] = []
        self.standing: list[tuple[str, ...]] = []
        self._index: dict[str, int] = {}
        self._changes: dict[Hashable, Change] = {}
        self.first = self._intern(opened(CONVERSATION, CUSTOMER.id, "web", NOW).model_copy(update={"epoch": 1}))

    def do(self, lane: int, operation: str, *given: Hashable) -> Change:
        key = (lane, operation, given)
        if key not in self._changes:
            self._changes[key] = self._do(self.documents[lane], lane, operation, given)
        return self._changes[key]

    def swept(self, lane: int, *, old: bool) -> list[Event]:
        """What a sweep publishes for a turn that stands, or for one that is too old."""
        events: list[Event] = self.ops.swept(self.documents[lane], NOW + 50, after=20, give_up=1.0 if old else FAR)
        return events

    def _do(self, before: Conversation, lane: int, operation: str, given: tuple[Any, ...]) -> Change:
        step: Callable[..., Any] = getattr(self, f"_{operation}")
        after, told = step(before, *given)
        if after is before:
            return Change(lane, told, written=False)
        accepted = tuple(id for id in after.seen if id not in before.seen or id not in self._known(before, after, id))
        new = [done for done in after.done if done.seq > before.delivered]
        running = after.active is not None and after.epoch > before.epoch
        return Change(
            lane=self._intern(after),
            state=told,
            written=True,
            accepted=accepted,
            ended=tuple(Ended(d.answers, d.outcome, d.draft.kind, d.draft.said) for d in new),
            over=before.active is not None and (after.active is None or after.epoch > before.epoch),
            begun=after.active.members[0].kind if after.active and running else "",
            granted=after.owner == "person" and before.owner == "bot",
            confirmed=tuple(after.confirmed.keys() - before.confirmed.keys()),
        )

    @staticmethod
    def _known(before: Conversation, after: Conversation, id: str) -> set[str]:
        """An id that was seen before is accepted again when it turns up where it was not."""
        here = {item.id for item in standing(after)}
        return set() if id in here and id not in {item.id for item in standing(before)} and id in before.seen else {id}

    def _intern(self, lane: Conversation) -> int:
        lane = _relative(lane)
        key = lane.model_dump_json()
        if key not in self._index:
            self._index[key] = len(self.documents)
            self.documents.append(lane)
            self.standing.append(tuple(item.id for item in standing(lane)))
            self.stale_is_refused(lane)
        return self._index[key]

    def stale_is_refused(self, lane: Conversation) -> None:
        """Whatever an ended turn, or a holder who was replaced, still tries: nothing is written."""
        ops, words = self.ops, _draft("reply", "m0")
        for epoch in (0, 2):
            tries = [
                ops.claim(lane, epoch, words, attempt=OLD, now=NOW),
                ops.deliver(lane, epoch, words, "answered", now=NOW),
                ops.settle(lane, epoch, CURRENT, "answered", now=NOW),
                ops.reclaim(lane, epoch, CURRENT, new_attempt="new", now=LATE),
                ops.unsent(lane, epoch, CURRENT),
                ops.next_part(lane, epoch, CURRENT, new_attempt="new", provider_id="", now=NOW),
            ]
            if any(after is not lane for after, _ in tries):
                raise Violation(f"STALE: epoch {epoch} was served where 1 runs")

    # the operations, with what the model leaves out filled in

    def _admit(self, lane: Conversation, id: str) -> Any:
        kind: Literal["event", "message"] = "event" if id[0] == "e" else "message"
        after, admitted = self.ops.admit(lane, Item(id=id, kind=kind, at=NOW, customer=CUSTOMER), NOW)
        return after, admitted.place

    def _claim(self, lane: Conversation, kind: str, saw: str) -> Any:
        draft = _draft(kind, saw)
        after, claimed = self.ops.claim(lane, 1, draft, attempt=CURRENT, now=NOW, pending=_pending(draft))
        return after, claimed.state

    def _deliver(self, lane: Conversation, kind: str, saw: str) -> Any:
        draft = _draft(kind, saw)
        outcome = "notice" if kind == "notice" else "answered"
        after, settled = self.ops.deliver(lane, lane.epoch, draft, outcome, now=NOW, pending=_pending(draft))
        return after, "settled" if settled.settled else "over"

    def _reclaim(self, lane: Conversation, attempt: str, now: float) -> Any:
        after, claimed = self.ops.reclaim(lane, 1, attempt, new_attempt="new", now=now)
        return after, claimed.state

    def _settle(self, lane: Conversation, attempt: str, outcome: str) -> Any:
        after, settled = self.ops.settle(lane, 1, attempt, outcome, now=NOW)
        return after, "settled" if settled.settled else "over"

    def _unsent(self, lane: Conversation, attempt: str) -> Any:
        after, settled = self.ops.unsent(lane, 1, attempt)
        return after, "settled" if settled.settled else "over"

    def _take_over(self, lane: Conversation) -> Any:
        return self.ops.take_over(lane, Lease(holder="ann", until=NOW + 60))

    def _answer(self, lane: Conversation, count: int) -> Any:
        read = {item.id for item in lane.inbox[:count]}
        after, done = self.ops.answer(lane, "ann", _draft("reply", " ".join(read)), NOW, read=read)
        return after, "answered" if done else "not theirs"

    def _give_back(self, lane: Conversation) -> Any:
        after, _ = self.ops.give_back(lane, FAR)
        return after, "given back"

    def _expire(self, lane: Conversation) -> Any:
        """The open proposal's time is over."""
        if lane.pending is None or lane.pending.expires <= NOW:
            return lane, ""
        return lane.model_copy(update={"pending": lane.pending.model_copy(update={"expires": NOW})}), ""

    def _press(self, lane: Conversation, asked: str, accept: bool) -> Any:
        after, pressed = self.ops.press(lane, f"hash of {action_of(asked)}", accept, NOW)
        return after, pressed.state

    def _result(self, lane: Conversation, asked: str, record: bool) -> Any:
        """Idle on a record channel, the result is admitted and delivered by one write, as egress composes it."""
        item = result_item(action_of(asked), "succeeded", "", CUSTOMER, NOW)
        after, admitted = self.ops.result(lane, action_of(asked), item, NOW)
        if admitted is None:
            return lane, "over"
        if record and admitted.place == "activated":
            return self._deliver(after, "notice", item.id)[0], "delivered"
        return after, admitted.place


def _draft(kind: Any, saw: str) -> Draft:
    asked = next((id for id in saw.split() if id[0] == "r"), "") if kind == "confirm" else ""
    return Draft(kind=kind, parts=(Text(text=kind),), said=saw, proposal=proposal(asked) if asked else None)


def _pending(draft: Draft) -> Pending | None:
    if draft.proposal is None:
        return None
    return Pending(proposal=draft.proposal, token_hash=f"hash of {draft.proposal.action}", expires=NOW + 600)


def _relative(lane: Conversation) -> Conversation:
    """Without what only grows: times, epochs, attempts, and what only readers ask for."""
    active = lane.active
    if active:
        claim = active.claim and active.claim.model_copy(update={"attempt": CURRENT, "until": UNTIL})
        active = active.model_copy(update={"epoch": 1, "since": NOW, "claim": claim})
    confirmed = {key: lane.confirmed[key] for key in sorted(lane.confirmed)}
    update: dict[str, Any] = {
        "epoch": 1,
        "active": active,
        "done": (),
        "abandoned": (),
        "unknown": (),
        "delivered": 0,
        "language": None,
        "confirmed": confirmed,
    }
    update |= {"seen": dict.fromkeys(sorted(lane.seen), NOW), "pressed": tuple(sorted(lane.pressed, key=lambda p: p.action))}
    if lane.lease:
        update["lease"] = Lease(holder="ann", until=NOW + 60)
    return lane.model_copy(update=update)
