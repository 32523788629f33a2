"""Ownership: a person takes the conversation, answers, gives it back. Their right to speak is a lease."""

from collections.abc import Container
from typing import Literal

from shared.contracts import Draft
from shared.lane import documents
from shared.lane.admission import activate
from shared.lane.delivery import granted, remember
from shared.lane.documents import Active, Conversation, Done, Lease

UNASSIGNED = documents.UNASSIGNED


def take_over(
    lane: Conversation, lease: Lease, now: float | None = None
) -> tuple[Conversation, Literal["granted", "wanted", "held"]]:
    """Grant the lease at once, or, while a reply may be leaving, when that has settled (`wanted`).

    `held`: another person has it, or waits for it. The holder renews their own lease; anybody takes one that nobody
    holds, or that has expired, if `now` is told.
    """
    if lane.owner == "person":
        if lane.lease and lane.lease.holder not in (lease.holder, UNASSIGNED) and not _expired(lane.lease, now):
            return lane, "held"
        return lane.model_copy(update={"lease": lease}), "granted"
    if lane.wanted and lane.wanted.holder != lease.holder and not _expired(lane.wanted, now):
        return lane, "held"
    if lane.active and lane.active.claim:
        return lane.model_copy(update={"wanted": lease}), "wanted"
    return granted(lane, lease, lane.active.members if lane.active else ()), "granted"


def answer(
    lane: Conversation, holder: str, draft: Draft, now: float, *, read: Container[str] | None = None, id: str = ""
) -> tuple[Conversation, Done | None]:
    """A person answers what they took over. None: they do not hold the lease (any more).

    Sent again under the same `id`, an answer is told as it was delivered, as long as that is remembered.

    `read` are the ids that lay before them when they wrote: what came while they typed stays in the inbox. Without it
    the answer is to all that is there.
    """
    if id and (said := next((done for done in lane.done if done.outcome == "person" and id in done.provider_ids), None)):
        return lane, said
    if lane.owner != "person" or not lane.lease or lane.lease.holder != holder or lane.lease.until <= now:
        return lane, None
    answered = tuple(item.id for item in lane.inbox if read is None or item.id in read)
    done = Done(
        seq=lane.delivered + 1,
        epoch=lane.epoch,
        answers=answered,
        outcome="person",
        at=now,
        draft=draft,
        provider_ids=(id,) if id else (),
    )
    rest = tuple(item for item in lane.inbox if item.id not in answered)
    return remember(lane, done).model_copy(update={"inbox": rest}), done


def give_back(lane: Conversation, now: float, *, holder: str | None = None) -> tuple[Conversation, Active | None]:
    """The bot owns it again, and what the person left is its next turn, which is returned.

    Without `holder`, only a lease that has expired is given back.
    """
    if lane.owner != "person" or not lane.lease:
        return lane, None
    if lane.lease.holder != holder if holder else lane.lease.until > now:
        return lane, None
    update = {"owner": "bot", "lease": None, "queue": (*lane.inbox, *lane.queue), "inbox": ()}
    lane = activate(lane.model_copy(update=update), now)
    return lane, lane.active


def _expired(lease: Lease, now: float | None) -> bool:
    return now is not None and lease.until <= now
