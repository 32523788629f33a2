"""Who may use a tool, and where an effect stands. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from shared.contracts import Assurance, Customer
from shared.lane.documents import Conversation, Effect, Turn
from shared.lane.effects import overdue
from shared.lane.reconcile import Guarantee, Remedy

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
    """Whether this turn is active: a proposal of any other would come too late.

    Also while its answer is being delivered: should whoever delivers it have died, and the draft be lost, only what is
    proposed again leads to the claim that stands, and ends the turn.
    """
    return lane is not None and lane.active is not None and lane.active.epoch == epoch


def state_of(turn: Turn | None, tool: str, arguments: Mapping[str, Any]) -> dict[str, Any]:
    """The conversation's structured state after a proposal."""
    state: dict[str, Any] = dict(turn.assembled.state) if turn and turn.assembled else {}
    state["tool"] = tool
    if isinstance(order := arguments.get("order_id"), str):
        state["order_id"] = order
    return state


def course(effect: Effect, guarantee: Guarantee, asks: bool, now: float) -> Remedy | Literal["settled"]:
    """What to do about an effect that stands already. A tool that can ask its provider asks first, whatever else it has:
    a provider that says no has not done it, and keys are forgotten one day."""
    if asks:
        guarantee = "lookup"
    elif guarantee == "lookup":
        guarantee = "neither"
    return overdue(effect, guarantee, now)
