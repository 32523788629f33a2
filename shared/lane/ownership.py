"""Ownership: a person takes the conversation, answers, gives it back. Their right to speak is a lease."""

from typing import Literal

from shared.contracts import Draft
from shared.lane.admission import activate
from shared.lane.delivery import granted, remember
from shared.lane.documents import Active, Conversation, Done, Lease

UNASSIGNED = "unassigned"
"""The holder of a lease that the assistant gave up and no person has taken yet."""


def take_over(lane: Conversation, lease: Lease) -> tuple[Conversation, Literal["granted", "wanted", "held"]]:
    """Grant the lease at once, or, while a reply may be leaving, when that has settled (`wanted`).

    `held`: another person has it. The holder renews their own lease; anybody takes one that nobody holds.
    """
    if lane.owner == "person":
        if lane.lease and lane.lease.holder not in (lease.holder, UNASSIGNED):
            return lane, "held"
        return lane.model_copy(update={"lease": lease}), "granted"
    if lane.wanted and lane.wanted.holder != lease.holder:
        return lane, "held"
    if lane.active and lane.active.claim:
        return lane.model_copy(update={"wanted": lease}), "wanted"
    members = lane.active.members if lane.active else ()
    return granted(lane.model_copy(update={"inbox": (*members, *lane.inbox)}), lease), "granted"


def answer(lane: Conversation, holder: str, draft: Draft, now: float) -> tuple[Conversation, Done | None]:
    """A person answers what they took over. None: they do not hold the lease (any more)."""
    if lane.owner != "person" or not lane.lease or lane.lease.holder != holder or lane.lease.until <= now:
        return lane, None
    done = Done(
        seq=lane.delivered + 1,
        epoch=lane.epoch,
        answers=tuple(item.id for item in lane.inbox),
        outcome="person",
        at=now,
        draft=draft,
    )
    return remember(lane, done).model_copy(update={"inbox": ()}), done


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
