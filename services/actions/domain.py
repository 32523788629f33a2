"""Who may use a tool, and where an effect stands. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from shared.contracts import Assurance, Customer
from shared.lane.delivery import CALL_WITHIN, CLAIM_FOR
from shared.lane.documents import Conversation, Effect, Turn
from shared.lane.effects import key_is_good

Guarantee = Literal["keys", "lookup", "neither"]
"""What a backend promises: it knows our idempotency keys, it can be asked what became of an action, or neither."""

_LEVELS: tuple[Assurance, ...] = ("anonymous", "claimed", "verified", "stepped-up")


@dataclass(frozen=True, slots=True)
class Policy:
    """What the assistant's file says of one tool. None: as the tool itself declares. `limits` are the tool's own."""

    enabled: bool = True
    assurance: Assurance | None = None
    confirmation: bool | None = None
    limits: Mapping[str, Any] = field(default_factory=dict)


def entitled(customer: Customer, needed: Assurance) -> bool:
    """Whether the session is as sure of the customer as the tool needs it."""
    return _LEVELS.index(customer.assurance) >= _LEVELS.index(needed)


def is_open(lane: Conversation | None, epoch: int) -> bool:
    """Whether this turn is active and has not been answered: a proposal of any other would come too late."""
    return lane is not None and lane.active is not None and lane.active.epoch == epoch and lane.active.claim is None


def state_of(turn: Turn | None, tool: str, arguments: Mapping[str, Any]) -> dict[str, Any]:
    """The conversation's structured state after a proposal."""
    state: dict[str, Any] = dict(turn.assembled.state) if turn and turn.assembled else {}
    state["tool"] = tool
    if isinstance(order := arguments.get("order_id"), str):
        state["order_id"] = order
    return state


Standing = Literal["settled", "in-call", "overdue"]


def standing(effect: Effect, now: float) -> Standing:
    """`in-call`: somebody may be calling until `effect.until`. `overdue`: the outcome is unknown, reconcile."""
    if effect.state != "started":
        return "settled"
    return "in-call" if now <= effect.until else "overdue"


def may_call(effect: Effect, now: float) -> bool:
    """The caller's own clock: the claim must be young, so that the call ends before anybody takes it over."""
    return now <= effect.until - CLAIM_FOR + CALL_WITHIN


Verdict = Literal["call", "unknown"]


def after_look_up(effect: Effect, guarantee: Guarantee, asked: bool, now: float, give_up: float) -> Verdict:
    """The claim ran out, and the provider, if it could be `asked`, knows of nothing: call again, or leave it to a person.

    A provider that says no has not done it. One that cannot be asked must still know the key of the first call; one that
    promises neither is never called again.
    """
    if now - effect.at > give_up:
        return "unknown"
    if asked:
        return "call"
    return "call" if guarantee == "keys" and key_is_good(effect, now) else "unknown"
