"""The contracts of Frontdesk: pure Pydantic, no I/O. The only thing that stages share."""

from shared.contracts.action import (
    ActionCompleted,
    ActionRequested,
    Assurance,
    Customer,
    EffectCompleted,
    EffectRequested,
    LookupRequested,
    Proposal,
    WebhookRequested,
    action_id,
    turn_of_action,
)
from shared.contracts.backend import BackendEvent
from shared.contracts.base import Event, Token, Value, turn_id
from shared.contracts.parts import ConfirmationRequest, Link, Money, Notice, Part, QuickReplies, Text
from shared.contracts.reply import Delta, Draft, HandedOver, NoticeDue, ReplyDrafted
from shared.contracts.tool import ToolName, ToolSpec
from shared.contracts.turn import (
    GUARD_FAILED,
    ContextPart,
    MessageReceived,
    Said,
    SealedInput,
    TurnAssembled,
    TurnBlocked,
    TurnScreened,
)

__all__ = [
    "GUARD_FAILED",
    "ActionCompleted",
    "ActionRequested",
    "Assurance",
    "BackendEvent",
    "ConfirmationRequest",
    "ContextPart",
    "Customer",
    "Delta",
    "Draft",
    "EffectCompleted",
    "EffectRequested",
    "Event",
    "HandedOver",
    "Link",
    "LookupRequested",
    "MessageReceived",
    "Money",
    "Notice",
    "NoticeDue",
    "Part",
    "Proposal",
    "QuickReplies",
    "ReplyDrafted",
    "Said",
    "SealedInput",
    "Text",
    "Token",
    "ToolName",
    "ToolSpec",
    "TurnAssembled",
    "TurnBlocked",
    "TurnScreened",
    "Value",
    "WebhookRequested",
    "action_id",
    "turn_id",
    "turn_of_action",
]
