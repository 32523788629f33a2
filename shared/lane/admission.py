"""Admission: an input is accepted once, and becomes a turn now or later."""

from dataclasses import dataclass
from itertools import islice
from typing import Literal

from shared.lane.documents import SEEN_AT_MOST, SEEN_FOR, Active, Conversation, Item


@dataclass(frozen=True, slots=True)
class Admitted:
    """Where the input went, and the turn that is active now: its first event is published (again) whatever `place` says.

    `activated`: this very write began a turn. `seen`: the input had been accepted before, nothing was written.
    """

    place: Literal["activated", "queue", "inbox", "seen"]
    active: Active | None


def admit(lane: Conversation, item: Item, now: float) -> tuple[Conversation, Admitted]:
    """Accept `item` unless its id was seen; append it and activate it in the same write.

    While a person owns the conversation, or waits for it, inputs go to the person.
    """
    if item.id in lane.seen:
        return lane, Admitted("seen", lane.active)
    seen = _remembered(lane, now) | {item.id: now}
    if lane.owner == "person" or lane.wanted:
        return lane.model_copy(update={"seen": seen, "inbox": (*lane.inbox, item)}), Admitted("inbox", lane.active)
    lane = lane.model_copy(update={"seen": seen, "queue": (*lane.queue, item)})
    if lane.active:
        return lane, Admitted("queue", lane.active)
    lane = activate(lane, now)
    return lane, Admitted("activated", lane.active)


def activate(lane: Conversation, now: float) -> Conversation:
    """Make the head of the queue the active turn of a new epoch: all leading messages as one; an event or a result alone.

    Only this raises the epoch. Part of the write that admitted, settled or gave back.
    """
    if lane.active or not lane.queue:
        return lane
    count = 1
    while lane.queue[0].kind == "message" and count < len(lane.queue) and lane.queue[count].kind == "message":
        count += 1
    active = Active(epoch=lane.epoch + 1, members=lane.queue[:count], since=now)
    return lane.model_copy(update={"epoch": active.epoch, "active": active, "queue": lane.queue[count:]})


def _remembered(lane: Conversation, now: float) -> dict[str, float]:
    """The ids that may still come again: those that stand here, and the newest of the rest.

    They stand in the order in which they were accepted, so only the first ones are looked at.
    """
    seen = dict(lane.seen)
    for id, at in lane.seen.items():
        if at > now - SEEN_FOR:
            break
        del seen[id]
    if (more := len(seen) - SEEN_AT_MOST + 1) > 0:
        standing = {item.id for item in (*(lane.active.members if lane.active else ()), *lane.queue, *lane.inbox)}
        for id in tuple(islice(seen, more)):
            if id not in standing:
                del seen[id]
    return seen
