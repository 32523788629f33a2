"""The deliveries ledger: claim, call, settle. It lives in the conversation, so that fence and ledger are one document.

A claim is the right to call the channel until its deadline. Whoever holds it looks at its own clock before the call
(`CALL_WITHIN`), and the call itself is given up (`CALL_TIMEOUT`) before the claim ends (`CLAIM_FOR`): past `until`
nobody is in the call any more, and what became of it can be looked up.
"""

from dataclasses import dataclass
from typing import Literal

from shared.contracts import Draft
from shared.lane.admission import activate
from shared.lane.documents import (
    EPOCHS_AT_MOST,
    REMEMBERED,
    UNASSIGNED,
    Active,
    Claim,
    Conversation,
    Done,
    Item,
    Lease,
    Pending,
)

CALL_WITHIN = 5.0
CALL_TIMEOUT = 5.0
CLAIM_FOR = 15.0
HANDED_OVER_FOR = 3600.0  # how long a hand-off waits for a person when its caller names no lease

Outcome = Literal["answered", "notice", "unknown"]


def delivered_as(draft: Draft) -> Literal["answered", "notice"]:
    """How a turn ended whose draft was delivered."""
    return "notice" if draft.kind in ("notice", "refusal") else "answered"


@dataclass(frozen=True, slots=True)
class Claimed:
    """`mine`: go on and call. `theirs`: somebody holds a claim, see `claim`. `over`: the turn has ended or been taken."""

    state: Literal["mine", "theirs", "over"]
    claim: Claim | None = None
    wanted: bool = False


@dataclass(frozen=True, slots=True)
class Settled:
    """`done` is what readers are told; `next` is the turn that this write activated, whose first event is now due."""

    settled: bool
    done: Done | None = None
    next: Active | None = None
    handed_over: bool = False


def may_call(until: float, now: float) -> bool:
    """Whether the holder of a claim (or of an effect) may still begin the call: asked of its own clock, just before it.

    A call that begins now has ended, or timed out, before anybody else may look it up: what is left to `until` also
    pays for clocks that differ.
    """
    return now < until - CLAIM_FOR + CALL_WITHIN


def claim(
    lane: Conversation,
    epoch: int,
    draft: Draft,
    *,
    attempt: str,
    now: float,
    pending: Pending | None = None,
    language_assumed: bool = False,
) -> tuple[Conversation, Claimed]:
    """open → sending. A `confirm` draft makes its proposal the pending one in the same write.

    The draft's language becomes the conversation's once it is settled, unless it is `language_assumed`.
    Asked again under its own `attempt`, when the answer of the store was lost, a claim is `mine` still.
    """
    active = lane.active
    if active is None or active.epoch != epoch:
        return lane, Claimed("over")
    if active.claim:
        return lane, _standing(lane, active.claim, attempt)
    held = Claim(attempt=attempt, until=now + CLAIM_FOR, draft=draft, language_assumed=language_assumed)
    lane = _with_claim(lane, active, held)
    return (lane.model_copy(update={"pending": pending}) if pending else lane), Claimed("mine", held)


def next_part(
    lane: Conversation, epoch: int, attempt: str, *, new_attempt: str, provider_id: str, now: float
) -> tuple[Conversation, Claimed]:
    """The part was delivered; hold the claim for the next one, unless a person waits: then settle what was sent."""
    active = lane.active
    if active is None or active.epoch != epoch or not active.claim or active.claim.attempt not in (attempt, new_attempt):
        return lane, Claimed("over")
    if lane.wanted or active.claim.attempt == new_attempt:
        return lane, _standing(lane, active.claim, new_attempt)
    ids = (*active.claim.provider_ids, provider_id)
    held = active.claim.model_copy(
        update={
            "attempt": new_attempt,
            "until": now + CLAIM_FOR,
            "part": active.claim.part + 1,
            "provider_ids": ids,
        }
    )
    return _with_claim(lane, active, held), Claimed("mine", held)


def reclaim(lane: Conversation, epoch: int, read: str, *, new_attempt: str, now: float) -> tuple[Conversation, Claimed]:
    """Take over a claim past its deadline, by the attempt that was read: every older holder is out.

    Refused while a person waits: a bot that was granted nothing new sends nothing new.
    """
    active = lane.active
    if active is None or active.epoch != epoch or not active.claim or active.claim.attempt not in (read, new_attempt):
        return lane, Claimed("over")
    if now <= active.claim.until or lane.wanted:
        return lane, _standing(lane, active.claim, new_attempt)
    held = active.claim.model_copy(update={"attempt": new_attempt, "until": now + CLAIM_FOR})
    return _with_claim(lane, active, held), Claimed("mine", held)


def settle(
    lane: Conversation,
    epoch: int,
    attempt: str,
    outcome: Outcome,
    *,
    now: float,
    provider_ids: tuple[str, ...] = (),
    lease: Lease | None = None,
) -> tuple[Conversation, Settled]:
    """End the turn, by epoch and attempt; grant the lease that waits or that a hand-off asks for, else activate the next."""
    active = lane.active
    if active is None or active.epoch != epoch or not active.claim or active.claim.attempt != attempt:
        return lane, Settled(False)
    held = active.claim
    return _ended(lane, active, held.draft, outcome, now, held.provider_ids + provider_ids, lease, held.language_assumed)


def unsent(lane: Conversation, epoch: int, attempt: str) -> tuple[Conversation, Settled]:
    """It is known that nothing was sent, and a person waits: the inputs go to the person, no reply leaves any more."""
    active = lane.active
    if active is None or active.epoch != epoch or not active.claim or active.claim.attempt != attempt or not lane.wanted:
        return lane, Settled(False)
    return granted(lane, lane.wanted, active.members), Settled(True, handed_over=True)


def deliver(
    lane: Conversation,
    epoch: int,
    draft: Draft,
    outcome: Outcome,
    *,
    now: float,
    pending: Pending | None = None,
    lease: Lease | None = None,
    language_assumed: bool = False,
) -> tuple[Conversation, Settled]:
    """Claim and settle in one write, for channels that are read from the record: being written is being delivered."""
    active = lane.active
    if active is None or active.epoch != epoch or active.claim:
        return lane, Settled(False)
    if pending:
        lane = lane.model_copy(update={"pending": pending})
    return _ended(lane, active, draft, outcome, now, (), lease, language_assumed)


def granted(lane: Conversation, lease: Lease, unanswered: tuple[Item, ...] = ()) -> Conversation:
    """The person owns the conversation; what was proposed is void, what was not answered is theirs.

    In the order of acceptance: the turn that ends unanswered, what queued behind it, what came since a person waits.
    """
    abandoned = (*lane.abandoned, lane.active.epoch)[-EPOCHS_AT_MOST:] if lane.active else lane.abandoned
    return lane.model_copy(
        update={
            "owner": "person",
            "lease": lease,
            "wanted": None,
            "pending": None,
            "active": None,
            "abandoned": abandoned,
            "inbox": (*unanswered, *lane.queue, *lane.inbox),
            "queue": (),
        }
    )


def remember(lane: Conversation, done: Done) -> Conversation:
    """Append a delivery; the oldest leave the document, their turns stay in documents of their own."""
    update = {"delivered": done.seq, "done": (*lane.done, done)[-REMEMBERED:]}
    return lane.model_copy(update=update)


def _standing(lane: Conversation, held: Claim, attempt: str) -> Claimed:
    return Claimed("mine" if held.attempt == attempt else "theirs", held, wanted=lane.wanted is not None)


def _with_claim(lane: Conversation, active: Active, held: Claim) -> Conversation:
    return lane.model_copy(update={"active": active.model_copy(update={"claim": held})})


def _ended(
    lane: Conversation,
    active: Active,
    draft: Draft,
    outcome: Outcome,
    now: float,
    provider_ids: tuple[str, ...],
    lease: Lease | None,
    language_assumed: bool,
) -> tuple[Conversation, Settled]:
    done = Done(
        seq=lane.delivered + 1,
        epoch=active.epoch,
        answers=tuple(item.id for item in active.members),
        outcome=outcome,
        at=now,
        draft=draft,
        provider_ids=provider_ids,
        trace=active.members[0].trace,
    )
    unknown = (*lane.unknown, active.epoch)[-EPOCHS_AT_MOST:] if outcome == "unknown" else lane.unknown
    spoken = lane.language if language_assumed else draft.language or lane.language
    update = {"active": None, "language": spoken, "unknown": unknown}
    lane = remember(lane, done).model_copy(update=update)
    if lane.wanted or draft.kind == "handoff":
        holder = lane.wanted or lease or Lease(holder=UNASSIGNED, until=now + HANDED_OVER_FOR, reason="hand-off")
        return granted(lane, holder), Settled(True, done, handed_over=True)
    lane = activate(lane, now)
    return lane, Settled(True, done, lane.active)
