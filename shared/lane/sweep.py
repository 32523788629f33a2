"""The sweep: what stands too long is published again, from its first event. It writes nothing, so any number may sweep."""

from math import floor, log2

from shared.contracts import (
    EffectRequested,
    Event,
    MessageReceived,
    NoticeDue,
    SealedInput,
    WebhookRequested,
    turn_of_action,
)
from shared.lane.documents import Active, Confirmed, Conversation

_RARELY = 3600.0  # seconds: the longest time between two attempts, so that a long outage is healed soon after its end
_RANK = {"anonymous": 0, "claimed": 1, "verified": 2, "stepped-up": 3}


def first_event(lane: Conversation, active: Active, attempt: str = "") -> Event:
    """What begins a turn: its messages for safety, or, for an event or a result, a notice for egress.

    A merged turn speaks with the least assurance of its members.
    """
    first = active.members[0]
    if first.kind != "message":
        notice = NoticeDue(conversation=lane.id, epoch=active.epoch, reason=first.kind, trace=first.trace)
        return notice.first_of(notice.turn, attempt)
    received = MessageReceived(
        conversation=lane.id,
        epoch=active.epoch,
        channel=lane.channel,
        customer=min((item.customer for item in active.members), key=lambda customer: _RANK[customer.assurance]),
        inputs=tuple(SealedInput(id=item.id, sealed=item.sealed) for item in active.members),
        language=lane.language,
        preferred_language=lane.preferred_language,
        trace=first.trace,
    )
    return received.first_of(received.turn, attempt)


def request(lane: Conversation, confirmed: Confirmed, attempt: str = "") -> Event:
    """The request to carry out a confirmed action, with the parameters that were shown."""
    proposal = confirmed.proposal
    kind = WebhookRequested if proposal.kind == "webhook" else EffectRequested
    requested = kind(
        conversation=lane.id,
        epoch=turn_of_action(proposal.action)[1],
        action=proposal.action,
        tool=proposal.tool,
        arguments=proposal.arguments,
        customer=proposal.customer,
        language=proposal.language,
        trace=confirmed.trace,
    )
    return requested.first_of(proposal.action, attempt)


def swept(lane: Conversation, now: float, *, after: float, give_up: float) -> list[Event]:
    """What to publish again for a lane that stands for `after`, twice that, four times that, … seconds, then hourly.

    Each of these ages is one attempt, so that replicas sweep once together. A turn older than `give_up` is ended
    by a notice.
    """
    events: list[Event] = []
    active = lane.active
    if active and (attempt := _attempt(now - active.since, after)):
        if now - active.since >= give_up:
            notice = NoticeDue(conversation=lane.id, epoch=active.epoch, reason="expired", trace=active.members[0].trace)
            events.append(notice.first_of(f"{notice.turn}:expired", attempt))
        else:
            events.append(first_event(lane, active, attempt))
    for confirmed in lane.confirmed.values():
        if attempt := _attempt(now - confirmed.at, after):
            events.append(request(lane, confirmed, attempt))
    return events


def _attempt(age: float, after: float) -> str:
    if age < after:
        return ""
    return f"sweep-{floor(log2(age / after))}" if age < _RARELY else f"sweep-{floor(age / _RARELY)}h"
