"""What ingress decides: whose conversation it is, whether there is room, where a backend's event goes. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from shared.contracts import BackendEvent, Customer, Draft, Text
from shared.identity.confirmation import confirmation_token, token_hash
from shared.lane.admission import Admitted, admit
from shared.lane.confirmation import Pressed, press
from shared.lane.documents import Conversation, Item, last_activity

Refused = Literal["not-yours", "full"]

LARGEST = 400_000
"""Sealed characters that may wait in a conversation: they may all become one turn, whose event has to fit in a stream."""


@dataclass(frozen=True, slots=True)
class Admission:
    """An input's place, in the lane as it stands after it. `trace` is the input's own, from the first time it came."""

    lane: Conversation
    admitted: Admitted
    trace: str


@dataclass(frozen=True, slots=True)
class Pressing:
    """What a press did, in the lane as it stands after it. `issued`: this button was shown once, so that it is gone."""

    lane: Conversation
    pressed: Pressed
    issued: bool


def accept(
    lane: Conversation, item: Item, now: float, room: int, language: str | None = None
) -> tuple[Conversation, Admission | Refused]:
    """Admit a customer's message to their own conversation, as long as there is room for it.

    `language`, the one that the customer prefers, is remembered as long as nothing was said that tells theirs.
    """
    if lane.customer != item.customer.id:
        return lane, "not-yours"
    if not language or lane.language or language == lane.preferred_language or item.id in lane.seen:
        return let_in(lane, item, now, room)
    after, admission = let_in(lane.model_copy(update={"preferred_language": language}), item, now, room)
    return (after if isinstance(admission, Admission) else lane), admission


def let_in(lane: Conversation, item: Item, now: float, room: int) -> tuple[Conversation, Admission | Refused]:
    """Admit an input, whoever sent it, as long as there is room for it; one that was admitted before always finds room."""
    known = item.id in lane.seen
    if not known and _full(lane, item, room):
        return lane, "full"
    after, admitted = admit(lane, item, now)
    return after, Admission(after, admitted, (known and _trace_of(lane, item.id)) or item.trace)


def _full(lane: Conversation, item: Item, room: int) -> bool:
    """Whether `room` inputs wait, or too many characters for one merged turn."""
    waiting = (*lane.queue, *lane.inbox)
    members = lane.active.members if lane.active else ()
    return len(waiting) >= room or sum(len(each.sealed) for each in (*members, *waiting, item)) > LARGEST


def _trace_of(lane: Conversation, id: str) -> str:
    """The trace under which an input was accepted before, as long as the lane remembers it."""
    waiting = (*(lane.active.members if lane.active else ()), *lane.queue, *lane.inbox)
    for item in waiting:
        if item.id == id:
            return item.trace
    return next((done.trace for done in reversed(lane.done) if id in done.answers), "")


def confirm(
    lane: Conversation, customer: Customer, token: str, accepted: bool, *, key: bytes, now: float, trace: str
) -> tuple[Conversation, Pressing | Refused]:
    """Press a button in one's own conversation."""
    if lane.customer != customer.id:
        return lane, "not-yours"
    hashed = token_hash(token)
    after, pressed = press(lane, hashed, accepted, now, trace)
    shown = any(done.draft.proposal and confirmation_token(key, done.draft.proposal) == token for done in lane.done)
    issued = pressed.state != "gone" or bool(pressed.action) or shown
    issued = issued or (lane.pending is not None and lane.pending.token_hash == hashed)
    return after, Pressing(after, pressed, issued)


def latest_open(lanes: Iterable[Conversation], now: float, open_for: float) -> Conversation | None:
    """The conversation in which most recently something happened, if that is at most `open_for` seconds ago."""
    latest = max(lanes, key=last_activity, default=None)
    return latest if latest and now - last_activity(latest) <= open_for else None


def event_item(event: BackendEvent, fields: Sequence[str], now: float, trace: str) -> Item:
    """The input that a backend's event is. Of its data only what the template shows is kept.

    The id holds a colon, which no customer's message id may: nobody can take an event's place beforehand.
    """
    kept = {name: event.data[name] for name in fields if name in event.data}
    data = {"type": event.type, "data": kept}
    customer = Customer(id=event.subject or "", assurance="anonymous")
    return Item(id=f"event:{event_key(event)}", kind="event", at=now, customer=customer, data=data, trace=trace)


def needed(event: BackendEvent, fields: Sequence[str] | None) -> BackendEvent:
    """The event with the data that its notice shows, and no other: what backends send along may be anything about a person.
    Without a notice for its type: without data."""
    return event.model_copy(update={"data": {name: event.data[name] for name in fields or () if name in event.data}})


def event_key(event: BackendEvent) -> str:
    """`source` and `id` together identify a CloudEvent (1.0.2, "id"); hashed, because either may be long or hold anything."""
    return token_hash(f"{event.source}\n{event.id}")[:40]


def has_turn(lane: Conversation, turn: str) -> bool:
    """Whether a turn of this id has begun here: turns are numbered from 1, without a gap."""
    conversation, _, epoch = turn.partition(":")
    return conversation == lane.id and epoch.isdecimal() and epoch == str(int(epoch)) and 1 <= int(epoch) <= lane.epoch


def activated(admission: Admission, id: str) -> bool:
    """Whether the turn that is active is this very input's."""
    active = admission.admitted.active
    return active is not None and active.members[0].id == id


def staff_draft(text: str) -> Draft:
    """What a person wrote, as they wrote it."""
    return Draft(kind="reply", parts=(Text(text=text),))
