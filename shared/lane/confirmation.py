"""Confirmation: a sensitive action is proposed, pressed, carried out beside the lane, and its result comes back as an input."""

from dataclasses import dataclass
from typing import Literal

from shared.contracts import Customer, Proposal
from shared.lane.admission import Admitted, admit
from shared.lane.documents import Confirmed, Conversation, Item, Press

_PRESSES = 20


@dataclass(frozen=True, slots=True)
class Pressed:
    """`accepted` and `declined` also when pressed again. `gone`: expired, superseded, handed over, or never there."""

    state: Literal["accepted", "declined", "gone"]
    action: str = ""
    confirmed: Confirmed | None = None  # its request is published (again) while it is not settled
    admitted: Admitted | None = None  # a decline is an input: the customer is told that nothing was changed


def press(lane: Conversation, token_hash: str, accept: bool, now: float, trace: str = "") -> tuple[Conversation, Pressed]:
    """Confirm or decline the pending proposal: one compare-and-set against owner, token and expiry."""
    for earlier in lane.pressed:
        if earlier.token_hash == token_hash:
            if earlier.accepted != accept:
                return lane, Pressed("gone", earlier.action)
            state: Literal["accepted", "declined"] = "accepted" if accept else "declined"
            return lane, Pressed(state, earlier.action, lane.confirmed.get(earlier.action))
    pending = lane.pending
    if lane.owner != "bot" or lane.wanted or not pending or pending.token_hash != token_hash or pending.expires <= now:
        return lane, Pressed("gone")
    action = pending.proposal.action
    made = Press(token_hash=token_hash, action=action, accepted=accept)
    lane = lane.model_copy(update={"pending": None, "pressed": (*lane.pressed, made)[-_PRESSES:]})
    if accept:
        confirmed = Confirmed(proposal=pending.proposal, at=now, trace=trace)
        lane = lane.model_copy(update={"confirmed": lane.confirmed | {action: confirmed}})
        return lane, Pressed("accepted", action, confirmed)
    item = result_item(action, "declined", "", pending.proposal.customer, now, trace)
    lane, admitted = admit(lane, item, now)
    return lane, Pressed("declined", action, admitted=admitted)


def allowed(lane: Conversation | None, action: str) -> Proposal | None:
    """What a press allows to be carried out, with the parameters that were shown, until its result is admitted.

    None: nobody pressed, or it is over. Whatever a request says, nothing is started on its word.
    """
    confirmed = lane.confirmed.get(action) if lane else None
    return confirmed.proposal if confirmed else None


def answer_to(lane: Conversation, action: str) -> Literal["open", "accepted", "declined", "void"]:
    """What was answered to a proposal, as long as the lane remembers it. `void`: expired, superseded, handed over, or too
    long ago; one that stays `open` can be pressed until it expires."""
    pressed = next((press for press in lane.pressed if press.action == action), None)
    if pressed:
        return "accepted" if pressed.accepted else "declined"
    return "open" if lane.pending and lane.pending.proposal.action == action else "void"


def result(lane: Conversation, action: str, item: Item, now: float) -> tuple[Conversation, Admitted | None]:
    """Admit the result of a confirmed action, once. None: it is not confirmed here, or was admitted before."""
    if action not in lane.confirmed:
        return lane, None
    rest = {key: value for key, value in lane.confirmed.items() if key != action}
    return admit(lane.model_copy(update={"confirmed": rest}), item, now)


def result_item(
    action: str,
    status: Literal["succeeded", "failed", "unknown", "declined"],
    text: str,
    customer: Customer,
    now: float,
    trace: str = "",
) -> Item:
    """The input that tells what became of a proposal."""
    data = {"action": action, "status": status, "text": text}
    return Item(id=result_id(action), kind="result", at=now, customer=customer, data=data, trace=trace)


def result_id(action: str) -> str:
    """The input's id: the same however often the result is told."""
    return f"{action}:result"
