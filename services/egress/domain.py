"""What egress decides: the words of turns without a model, what of a draft may leave, what follows a delivery. Pure."""

from dataclasses import dataclass
from typing import Any, Protocol

from services.egress.guard.text import Guard
from shared.contracts import (
    GUARD_FAILED,
    ConfirmationRequest,
    Draft,
    HandedOver,
    Link,
    MessageReceived,
    Notice,
    NoticeDue,
    Part,
    QuickReplies,
    Text,
    TurnBlocked,
)
from shared.identity.confirmation import confirmation_token, token_hash
from shared.lane.documents import Active, Conversation, Done, Item, Lease, Pending, Turn, turn_of
from shared.lane.ownership import UNASSIGNED
from shared.lane.sweep import first_event

FollowUp = MessageReceived | NoticeDue | HandedOver


class Words(Protocol):
    """The assistant's own sentences, from its configuration."""

    def text(self, key: str, language: str | None = None, **fields: Any) -> str:
        """A system text, in English where the language has none."""
        ...

    def event_text(self, type: str, language: str | None, data: dict[str, Any]) -> str | None:
        """The notice of a backend's event, or None where there is no template for it."""
        ...


# Turns without a model ------------------------------------------------------------------------------------------------


def refusal(event: TurnBlocked, language: str | None, words: Words) -> Draft:
    """The turn was blocked: say so, say what is possible; who may harm themselves is told where help is.

    Where a person is needed, the conversation is handed over.
    """
    why = "guard_failed" if event.rule == GUARD_FAILED else event.category.replace("-", "_")
    parts: list[Part] = [Notice(text=words.text(f"refusal_{why}", language))]
    if event.category == "self-harm":
        parts.append(Notice(text=words.text("help_self_harm", language)))
    if event.handoff:
        parts.append(Notice(text=words.text("handoff", language)))
        return Draft(kind="handoff", parts=tuple(parts), language=language, said=event.text)
    parts.append(QuickReplies(options=_options("alternatives", language, words)))
    return Draft(kind="refusal", parts=tuple(parts), language=language, said=event.text)


def notice(reason: str, active: Active, lane: Conversation, words: Words, said: str = "") -> Draft:
    """A turn that needs no model, or is given up: words from the record and the templates.

    What cannot be finished ends with the offer of a person.
    """
    first, language = active.members[0], lane.answer_language
    if reason == "event" and first.kind == "event":
        told = words.event_text(str(first.data.get("type", "")), language, first.data.get("data", {}))
        return _told(told or words.text("event_unknown", language), language)
    if reason == "result" and first.kind == "result":
        return result(first, language, words)
    parts = (
        Notice(text=words.text("expired" if reason == "expired" else "failed", language)),
        QuickReplies(options=_options("offer_person", language, words)),
    )
    return Draft(kind="notice", parts=parts, language=language, said=said)


def result(item: Item, language: str | None, words: Words) -> Draft:
    """What became of a proposal: the tool's own text, or the assistant's where it has none."""
    status, text = str(item.data.get("status", "unknown")), str(item.data.get("text", ""))
    draft = _told(text or words.text(f"result_{status}", language), language)
    if status in ("succeeded", "declined"):
        return draft
    return draft.model_copy(update={"parts": (*draft.parts, QuickReplies(options=_options("offer_person", language, words)))})


def _told(text: str, language: str | None) -> Draft:
    return Draft(kind="notice", parts=(Notice(text=text),), language=language)


def _options(key: str, language: str | None, words: Words) -> tuple[str, ...]:
    return tuple(option for line in words.text(key, language).split("\n") if (option := line.strip()))


# The draft check ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Checked:
    """A draft that may leave, masked, and the names of what was taken out of it."""

    draft: Draft
    found: frozenset[str]


def is_complete(draft: Draft) -> bool:
    """Whether a draft that asks to confirm has what is to be confirmed."""
    return draft.kind != "confirm" or draft.proposal is not None


def checked(draft: Draft, guard: Guard, words: Words) -> Checked:
    """Take out what may not leave: values of the vault, others' data, secrets, markup, foreign links.

    Of a draft that recites the instructions nothing is left but a refusal; nothing left of another: say that it failed.
    What is checked is what is stored and shown.
    """
    found: set[str] = set()

    def clean(text: str) -> str:
        chain = guard.masked()
        text = chain.feed(text, final=True).strip()
        found.update(chain.found)
        return text

    parts = tuple(part for part in (_clean(part, guard, clean) for part in draft.parts) if part)
    if "prompt" in found:
        refused = Notice(text=words.text("refusal_injection", draft.language))
        return Checked(draft.model_copy(update={"kind": "refusal", "parts": (refused,), "proposal": None}), frozenset(found))
    if not any(not isinstance(part, QuickReplies) for part in parts):
        return withheld(draft, words, "failed", found | {"empty"})
    same = parts == draft.parts
    return Checked(draft if same else draft.model_copy(update={"parts": parts}), frozenset(found))


def withheld(draft: Draft, words: Words, key: str, found: set[str]) -> Checked:
    """Nothing of the draft: a system text in its place, and the offer of a person."""
    failed = Notice(text=words.text(key, draft.language))
    offer = QuickReplies(options=_options("offer_person", draft.language, words))
    update = {"kind": "notice", "parts": (failed, offer), "proposal": None}
    return Checked(draft.model_copy(update=update), frozenset(found))


def _clean(part: Part, guard: Guard, clean: Any) -> Part | None:
    match part:
        case Text() | Notice():
            text = clean(part.text)
            return part.model_copy(update={"text": text}) if text else None
        case QuickReplies():
            options = tuple(option for option in map(clean, part.options) if option)
            return QuickReplies(options=options) if options else None
        case Link():
            title = clean(part.title)
            if guard.allows(part.url) and clean(part.url) == part.url:
                return Link(title=title or part.url, url=part.url)
            return Text(text=title) if title else None
        case ConfirmationRequest():
            details = tuple(detail for detail in map(clean, part.details) if detail)
            return part.model_copy(update={"title": clean(part.title), "details": details})


# Delivery -------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Terms:
    """Seconds: how long a proposal may be confirmed, and how long a hand-over waits for a person before it is given back.

    `key` makes the tokens of proposals.
    """

    key: bytes
    confirm_for: float = 600.0
    wait_for_person: float = 1800.0

    def pending(self, draft: Draft, now: float) -> Pending | None:
        """What a `confirm` draft makes the open proposal."""
        if draft.kind != "confirm" or draft.proposal is None:
            return None
        token = confirmation_token(self.key, draft.proposal)
        return Pending(proposal=draft.proposal, token_hash=token_hash(token), expires=now + self.confirm_for)

    def lease(self, draft: Draft, now: float) -> Lease:
        """What a `handoff` draft grants: to nobody yet, with the reason that the agent gave."""
        reason = str(draft.state.get("handoff_reason", ""))
        return Lease(holder=UNASSIGNED, until=now + self.wait_for_person, reason=reason)


def carried(lane: Conversation, draft: Draft) -> Draft:
    """With the conversation's state and language, which a turn without a model leaves as they were."""
    update: dict[str, Any] = {}
    if not draft.state and draft.kind in ("notice", "refusal") and lane.done and (state := lane.done[-1].draft.state):
        update["state"] = state
    if draft.language is None and lane.answer_language:
        update["language"] = lane.answer_language
    return draft.model_copy(update=update) if update else draft


def follow_up(lane: Conversation, epoch: int) -> list[FollowUp]:
    """What is due once turn `epoch` has ended, said again by whoever finds it ended: the ids are the same.

    The first event of the turn after it, while that one runs; or that a person has the conversation.
    """
    if lane.active and lane.active.epoch == epoch + 1:
        return running(lane)
    if lane.owner == "person" and lane.epoch == epoch and ended(lane, epoch):
        return [HandedOver(conversation=lane.id, epoch=epoch, reason=lane.lease.reason if lane.lease else "")]
    return []


def running(lane: Conversation) -> list[FollowUp]:
    """The first event of the turn that runs, if one does; again it is the same."""
    if lane.active is None:
        return []
    first = first_event(lane, lane.active)
    assert isinstance(first, MessageReceived | NoticeDue)
    return [first]


def ended(lane: Conversation, epoch: int) -> Done | None:
    """How the assistant ended turn `epoch`, if it is remembered."""
    return next((done for done in lane.done if done.epoch == epoch and done.outcome != "person"), None)


def transcript_entry(conversation: str, done: Done, now: float, *, rewritten: bool = False) -> Turn | None:
    """What the turn's document is to hold of a delivery; None where the words are in its steps, as they were delivered.

    Of a reply that the draft check has `rewritten`, the steps hold what may not leave: it must not come out as history.
    """
    if done.outcome == "person" or (done.draft.kind == "reply" and not rewritten):
        return None
    return turn_of(conversation, done.epoch, now, said=done.draft.said, reply=done.draft, answers=done.answers, answered_at=now)


def with_entry(turn: Turn, entry: Turn) -> Turn:
    """`turn` with the reply of `entry`, once. The agent may have begun the document."""
    if turn.reply is not None:
        return turn
    update = {"reply": entry.reply, "answers": entry.answers, "answered_at": entry.answered_at, "said": turn.said or entry.said}
    return turn.model_copy(update=update)
