"""The way out: drafts, notices that need no model, hand-overs; and the deltas, which are a preview and are not stored."""

from typing import Any, ClassVar, Literal

from shared.contracts.action import Proposal
from shared.contracts.base import Event, Value
from shared.contracts.parts import Part


class Draft(Value):
    """A reply before it is claimed and delivered. A `confirm` draft carries its proposal, a `handoff` draft grants a lease."""

    kind: Literal["reply", "confirm", "notice", "refusal", "handoff"]
    parts: tuple[Part, ...]
    language: str | None = None
    proposal: Proposal | None = None
    said: str = ""  # what the customer said in this turn, masked
    state: dict[str, Any] = {}  # structured state of the conversation after this turn


class ReplyDrafted(Event):
    """The turn's answer. `deltas` is how many deltas of it were streamed; `language_assumed`: the customer said nothing that
    tells the draft's language."""

    name: ClassVar[str] = "reply-drafted"

    draft: Draft
    language_assumed: bool = False
    deltas: int = 0


class NoticeDue(Event):
    """A turn that needs no model, or has to be given up: egress writes its words from the record and its templates.

    `event`: a backend event. `result`: an effect has been settled. `expired`: too old. `failed`: a dead letter.
    """

    name: ClassVar[str] = "notice-due"

    reason: Literal["event", "result", "expired", "failed"]


class HandedOver(Event):
    """The conversation now belongs to a person; what they need to begin is in the record."""

    name: ClassVar[str] = "handed-over"

    reason: str


class Delta(Value):
    """A piece of an answer while the model writes it; core NATS, subject `live.<conversation>.delta`, not stored.

    `number` counts from 0 within (turn, step, run); a new `run` starts over, because the step was asked again.
    """

    epoch: int
    step: int
    run: str
    number: int
    text: str
