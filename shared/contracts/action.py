"""Actions: what the agent asks for, and what came of it.

Three requests, one shape: each kind has its own subject and durable, so its workers scale and fail apart from the others.
"""

from typing import Any, ClassVar, Literal

from shared.contracts.base import Event, Value
from shared.contracts.parts import Money

Assurance = Literal["anonymous", "claimed", "verified", "stepped-up"]


class Customer(Value):
    """Who speaks, from the verified session. Never from text."""

    id: str
    assurance: Assurance = "anonymous"


class ActionRequested(Event):
    """A tool call of the agent, or a confirmed action that must be carried out. `action` = conversation:epoch:step:slot."""

    name: ClassVar[str] = "action-requested"

    action: str
    tool: str
    arguments: dict[str, Any]
    customer: Customer
    language: str | None = None
    language_assumed: bool = False


class LookupRequested(ActionRequested):
    """Reads, or is declared safe to run late and twice."""

    name: ClassVar[str] = "lookup-requested"


class EffectRequested(ActionRequested):
    """Changes something that matters: runs only once confirmed, through the effect ledger."""

    name: ClassVar[str] = "effect-requested"


class WebhookRequested(ActionRequested):
    """Calls a configured destination outside, through the effect ledger."""

    name: ClassVar[str] = "webhook-requested"


class ActionCompleted(Event):
    """A tool's result for the agent, which resumes its turn. `ok` is false for a business "no" (not found, not allowed)."""

    name: ClassVar[str] = "action-completed"

    action: str
    tool: str
    ok: bool
    result: dict[str, Any]


class EffectCompleted(Event):
    """A confirmed effect has been settled. Egress admits it to the lane as an input of its own; `epoch` is the proposal's.

    `text` is rendered by the tool from its own records and is what the customer is told.
    """

    name: ClassVar[str] = "effect-completed"

    action: str
    tool: str
    status: Literal["succeeded", "failed", "unknown"]
    text: str


def action_id(turn: str, step: int, slot: int) -> str:
    """Never a hash of arguments: asked again, a model writes other arguments for the same thing."""
    return f"{turn}:{step}:{slot}"


def turn_of_action(action: str) -> tuple[str, int]:
    """The conversation and the epoch in which the action was asked for."""
    conversation, epoch, _, _ = action.rsplit(":", 3)
    return conversation, int(epoch)


class Proposal(Value):
    """A sensitive action that waits for its button: the parameters that were shown are the parameters that are used."""

    action: str
    tool: str
    kind: Literal["effect", "webhook"] = "effect"  # which workers carry it out
    arguments: dict[str, Any]
    customer: Customer
    title: str
    amount: Money | None = None
    language: str | None = None
