"""The events of a turn on its way in: received, screened or blocked, assembled."""

from typing import Any, ClassVar, Literal

from shared.contracts.action import Customer
from shared.contracts.base import Event, Value


class SealedInput(Value):
    """A customer's message as it left ingress: AES-GCM, bound to its conversation and its id."""

    id: str
    sealed: str


class MessageReceived(Event):
    """A turn begins: one or more messages of a customer, merged because they came in a burst. `language` is that of the
    conversation so far, `preferred_language` that of the customer's account or browser."""

    name: ClassVar[str] = "message-received"

    channel: str
    customer: Customer
    inputs: tuple[SealedInput, ...]
    language: str | None = None
    preferred_language: str | None = None


class TurnScreened(Event):
    """The turn may go on. From here on nothing holds raw personal data: `text` has typed placeholders.

    `language_assumed`: nothing that was said tells the language, it is the preferred one.
    """

    name: ClassVar[str] = "turn-screened"

    channel: str
    customer: Customer
    inputs: tuple[str, ...]  # ids
    text: str
    language: str | None
    language_assumed: bool = False
    found: tuple[str, ...] = ()  # types of personal data that were masked
    flags: tuple[str, ...] = ()  # signals for whoever decides in code, such as "social-engineering"


GUARD_FAILED = "guard-failed"
"""The `rule` of a turn that a guard which broke has blocked."""


class TurnBlocked(Event):
    """The turn ends here with a refusal. `rule` names what blocked it; `text` is masked. `handoff`: a person is needed."""

    name: ClassVar[str] = "turn-blocked"

    channel: str
    inputs: tuple[str, ...]
    text: str
    language: str | None
    category: Literal["abuse", "harm", "self-harm", "injection", "unreadable"]
    rule: str
    handoff: bool = False


class ContextPart(Value):
    """A piece of what the model is shown: what it is, where it is from, what it cost.

    `missing` is set, and `text` empty, when its source was down: it is reported, never invented.
    """

    kind: Literal["system", "summary", "state", "profile", "knowledge", "orders"]
    text: str
    source: str = ""
    tokens: int = 0
    missing: str = ""


class Said(Value):
    """One side of one earlier turn, masked."""

    role: Literal["user", "assistant"]
    text: str


class TurnAssembled(Event):
    """All that the agent may know of this turn."""

    name: ClassVar[str] = "turn-assembled"

    channel: str
    customer: Customer
    inputs: tuple[str, ...]
    text: str
    language: str | None
    language_assumed: bool = False
    found: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    variant: str = "default"
    parts: tuple[ContextPart, ...]
    window: tuple[Said, ...] = ()
    state: dict[str, Any] = {}
