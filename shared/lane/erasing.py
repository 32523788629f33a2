"""A conversation without its customer."""

from typing import Literal

from shared.lane.documents import Conversation

Blanked = Literal["blanked", "blank", "under way"]


def blanked(lane: Conversation) -> tuple[Conversation, Blanked]:
    """The lane with nothing in it, whose epoch goes on: what is under way dies at the fence, and no turn's number comes twice.

    A confirmed action must be finished by whoever looks it up here: until then the lane keeps it, and whose it is.
    """
    blank = Conversation(
        id=lane.id,
        at=lane.at,
        channel=lane.channel,
        customer=lane.customer if lane.confirmed else "",
        epoch=lane.epoch + 1,
        delivered=lane.delivered,
        confirmed=lane.confirmed,
    )
    if blank.model_copy(update={"epoch": lane.epoch}) == lane:
        return lane, "under way" if lane.confirmed else "blank"
    return blank, "under way" if lane.confirmed else "blanked"
