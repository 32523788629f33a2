"""The documents of the lane and its three ledgers. `docs/protocol.md` tells the operations on them.

* Conversation  the lane: who owns it, what is active, what waits, what was confirmed, what was delivered of late
* Turn          the steps ledger: what the model answered, stored before anything is published
* Effect        the effects ledger: one sensitive action, once
"""

from typing import Any, ClassVar, Literal

from pydantic import Field, TypeAdapter

from shared.contracts import Customer, Draft, Proposal, Said, TurnAssembled, Value, turn_id
from shared.stores.port import Document

SEEN_FOR = 7 * 86400.0  # longer than any channel retries
SEEN_AT_MOST = 256
"""Ids besides those that stand. With 1000 every read and write of an old conversation carried 56 KB of them, which made its
turns cost 1.4 times those of a young one.

Who retries is recognised unless 256 newer inputs of the conversation were accepted meanwhile. A client that sends one message
after the other, as the widget does, has none: each waits for the answer to the one before. One that sends ahead has a minute,
at the default rate (120 a minute in fixed windows, so that 256 take three) and with one ingress; each ingress counts by
itself. The pauses between the widget's five attempts are two minutes at most, a backend's event comes again after ten seconds.
A week of one who writes every 40 minutes fits. What is forgotten and comes again is a second turn; no action is done twice by
it, since a refund needs a press of its own and its result is admitted by the action, not by this.
"""
UNASSIGNED = "unassigned"
"""The holder of a lease that the assistant gave up and no person has taken yet."""
EPOCHS_AT_MOST = 200  # that ended otherwise than by an answer; so many of one kind in one conversation are hardly its end
REMEMBERED = 20  # turns that stay in the conversation's document: the window, and what a reader may resume from


_SIDES = TypeAdapter(tuple[Said, ...])


class Item(Value):
    """An input that was accepted. A `message` is sealed; an `event` or `result` carries its data, free of personal data."""

    id: str
    kind: Literal["message", "event", "result"] = "message"
    at: float
    customer: Customer
    sealed: str = ""
    data: dict[str, Any] = {}
    trace: str = ""  # traceparent of whoever sent it


class Claim(Value):
    """The right to deliver, until a deadline. `attempt` is random, so that a writer knows its own claim again."""

    attempt: str
    until: float
    draft: Draft
    language_assumed: bool = False  # the customer said nothing that tells the draft's language
    part: int = 0
    provider_ids: tuple[str, ...] = ()


class Active(Value):
    """The one turn that runs. Without a claim its phase is open, with one it is sending."""

    epoch: int
    members: tuple[Item, ...]
    since: float
    claim: Claim | None = None


class Lease(Value):
    """A person's right to speak, until they let it expire."""

    holder: str
    until: float
    reason: str = ""


class Pending(Value):
    """The one open proposal. It is confirmed by a token that is bound to these parameters."""

    proposal: Proposal
    token_hash: str
    expires: float


class Confirmed(Value):
    """Pressed, and its result not yet admitted: swept until it is."""

    proposal: Proposal
    at: float
    trace: str = ""


class Press(Value):
    """An accepted press, remembered so that pressing again tells the same."""

    token_hash: str
    action: str
    accepted: bool


class Done(Value):
    """A turn that has ended, as readers resume it and the window shows it. `seq` counts deliveries of the conversation."""

    seq: int
    epoch: int
    answers: tuple[str, ...]  # the inputs that it ended
    outcome: Literal["answered", "notice", "person", "unknown"]
    at: float
    draft: Draft
    provider_ids: tuple[str, ...] = ()
    trace: str = ""


class Conversation(Document):
    """The lane of one conversation: every decision about its order is one compare-and-set on this document."""

    collection: ClassVar[str] = "conversations"

    channel: str
    customer: str
    owner: Literal["bot", "person"] = "bot"
    lease: Lease | None = None  # of the person who owns it
    wanted: Lease | None = None  # of a person who waits for an open claim to settle
    epoch: int = 0
    seen: dict[str, float] = Field(default_factory=dict)
    queue: tuple[Item, ...] = ()
    inbox: tuple[Item, ...] = ()
    active: Active | None = None
    pending: Pending | None = None
    confirmed: dict[str, Confirmed] = Field(default_factory=dict)
    pressed: tuple[Press, ...] = ()
    delivered: int = 0  # the last `seq`
    done: tuple[Done, ...] = ()
    abandoned: tuple[int, ...] = ()  # epochs that a take-over ended before anything was delivered, whatever was stored
    unknown: tuple[int, ...] = ()  # epochs of which nobody knows whether their answer arrived, also when `done` has lost them
    language: str | None = None  # that the customer spoke
    preferred_language: str | None = None  # of the customer's account or browser: it counts until something was said
    address: str = ""  # where a push channel delivers to, sealed and bound to "<id>/address"

    @property
    def group(self) -> str:
        return self.customer

    @property
    def answer_language(self) -> str | None:
        """The language to answer in."""
        return self.language or self.preferred_language

    @property
    def due(self) -> float | None:
        """The oldest thing that stands: the active turn, a confirmed action, a lease."""
        stands = [c.at for c in self.confirmed.values()]
        if self.active:
            stands.append(self.active.since)
        if self.lease and self.owner == "person":
            stands.append(self.lease.until)
        return min(stands, default=None)


class Step(Value):
    """One call of the model: the results it was given, the answer it gave. `results` maps call ids to results.

    `decision` is what the agent made of the answer. It is stored with it, because it also depends on the tools and
    policies of the moment: a redelivery after a release must publish the same.
    """

    results: dict[str, dict[str, Any]] = Field(default_factory=dict)
    answer: dict[str, Any]  # an assistant message in the wire format of chat completions
    decision: dict[str, Any] = Field(default_factory=dict)
    deltas: int = 0
    model: str = ""
    usage: dict[str, int] = Field(default_factory=dict)


class Turn(Document):
    """What was said and decided in one turn, masked; kept for the transcript."""

    collection: ClassVar[str] = "turns"

    conversation: str
    epoch: int
    said: str = ""
    assembled: TurnAssembled | None = None
    steps: tuple[Step, ...] = ()
    waiting: dict[str, dict[str, Any]] = Field(default_factory=dict)  # results of parallel calls that came before the last
    reply: Draft | None = None  # of a turn that needed no model
    answers: tuple[str, ...] = ()  # with `reply`: the inputs that it ended
    answered_at: float | None = None

    @property
    def group(self) -> str:
        return self.conversation


class Effect(Document):
    """A sensitive action at its provider. `unknown` is written only when it is final and a person must look."""

    collection: ClassVar[str] = "effects"

    conversation: str
    proposal: Proposal
    state: Literal["started", "succeeded", "failed", "unknown"] = "started"
    attempt: str
    until: float
    target: str = ""  # what it is done to, such as payment and reason: at most one effect that has not failed
    provider_id: str = ""
    text: str = ""  # what the customer is told

    @property
    def group(self) -> str:
        return self.conversation

    @property
    def unique(self) -> str | None:
        return self.target if self.target and self.state != "failed" else None


def last_activity(lane: Conversation) -> float:
    """When something last happened in a conversation."""
    return max([lane.at, *lane.seen.values(), *(done.at for done in lane.done[-1:])])


def opened(id: str, customer: str, channel: str, at: float) -> Conversation:
    """A conversation that nobody has spoken in yet."""
    return Conversation(id=id, at=at, customer=customer, channel=channel)


def turn_of(conversation: str, epoch: int, at: float, **fields: Any) -> Turn:
    return Turn(id=turn_id(conversation, epoch), at=at, conversation=conversation, epoch=epoch, **fields)


def window(conversation: Conversation, turns: int = REMEMBERED) -> tuple[Said, ...]:
    """The latest of the remembered turns as the two sides said them, oldest first, masked."""
    sides: list[dict[str, str]] = []
    for done in conversation.done[-turns:]:
        if done.draft.said:
            sides.append({"role": "user", "text": done.draft.said})
        words = [part.text for part in done.draft.parts if part.type in ("text", "notice")]
        words += [part.title for part in done.draft.parts if part.type == "confirmation_request"]
        sides.append({"role": "assistant", "text": "\n".join(words)})
    return _SIDES.validate_python(sides)  # all at once costs half of forty times one
