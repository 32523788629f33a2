"""Deliveries as the web client is told them: each ends its turn in exactly one event. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from operator import is_
from typing import Literal

from services.egress.domain import Terms, Words
from services.egress.guard.labels import Labels
from services.egress.streams.sse import Frame
from shared.channels.web import Accepted, Amount, Confirm, Ending, Handoff, NoticeData, Reply, messages, shown, words
from shared.contracts import ConfirmationRequest, Draft, Link, Notice, Part, QuickReplies, Text, turn_id
from shared.guardrails.normal import PLACEHOLDER
from shared.identity.confirmation import confirmation_token
from shared.lane.confirmation import answer_to
from shared.lane.documents import Conversation, Done, Item, Turn


@dataclass(frozen=True, slots=True)
class Telling:
    """How deliveries are told: placeholders become words, a proposal gets its token."""

    words: Words
    terms: Terms

    def done(self, lane: Conversation, done: Done) -> Frame:
        """The one event that ends a turn."""
        return Frame(self._ending(lane, done), done.seq)

    def turn(self, turn: Turn, draft: Draft, answers: Sequence[str]) -> Frame:
        """A turn that the record no longer remembers, from its own document: told without an id."""
        by: Literal["answered", "person"] = "person" if ":p" in turn.id else "answered"
        done = Done(seq=0, epoch=turn.epoch, answers=tuple(answers), outcome=by, at=turn.answered_at or turn.at, draft=draft)
        return Frame(self._ending(None, done, turn.conversation))

    def readable(self, draft: Draft) -> Draft:
        """The draft with words in the place of placeholders; itself where there are none, as copies are what a stream that
        begins with twenty answers would spend half its time on."""
        parts = tuple(self._readable(part, draft.language) for part in draft.parts)
        return draft if all(map(is_, parts, draft.parts)) else draft.model_copy(update={"parts": parts})

    def label(self, kind: str, language: str | None) -> str:
        """What a placeholder of this type is called, such as "your e-mail address"."""
        return self.words.text(f"label_{kind.lower()}", language)

    def _ending(self, lane: Conversation | None, done: Done, conversation: str = "") -> Ending:
        told, said = self._data(lane, done, conversation), done.draft.said
        return told.model_copy(update={"said": said}) if PLACEHOLDER.search(said) else told

    def _data(self, lane: Conversation | None, done: Done, conversation: str = "") -> Ending:
        draft = self.readable(done.draft)
        turn = turn_id(lane.id if lane else conversation, done.epoch)
        text, answers, trace = words(draft.parts), messages(done.answers), trace_id(done.trace)
        match draft.kind:
            case "confirm" if draft.proposal:
                return self._confirm(lane, done, draft, turn)
            case "handoff":
                return Handoff(owner="person", text=text, turn_id=turn, answers=answers, trace_id=trace)
            case "notice" | "refusal":
                kind: Literal["notice", "refusal"] = "refusal" if draft.kind == "refusal" else "notice"
                return NoticeData(text=text, turn_id=turn, answers=answers, parts=shown(draft.parts), kind=kind, trace_id=trace)
            case _:
                by: Literal["assistant", "person"] = "person" if done.outcome == "person" else "assistant"
                return Reply(turn_id=turn, answers=answers, text=text, parts=shown(draft.parts), by=by, trace_id=trace)

    def _confirm(self, lane: Conversation | None, done: Done, draft: Draft, turn: str) -> Confirm:
        proposal = draft.proposal
        assert proposal
        request = next((part for part in draft.parts if isinstance(part, ConfirmationRequest)), None)
        amount = request.amount if request else proposal.amount
        rest = [part for part in draft.parts if not isinstance(part, ConfirmationRequest)]
        pending = lane.pending if lane else None
        open_now = pending is not None and pending.proposal.action == proposal.action
        expires = pending.expires if pending and open_now else done.at + self.terms.confirm_for
        return Confirm(
            turn_id=turn,
            answers=messages(done.answers),
            token=confirmation_token(self.terms.key, proposal),
            title=request.title if request else proposal.title,
            amount=Amount.of(amount) if amount else None,
            details=request.details if request else (),
            text=words(rest),
            expires_at=datetime.fromtimestamp(expires, UTC),
            state=answer_to(lane, proposal.action) if lane else "void",
            trace_id=trace_id(done.trace),
        )

    def _readable(self, part: Part, language: str | None) -> Part:
        def clear(text: str) -> str:
            return Labels(lambda kind: self.label(kind, language)).feed(text, final=True)

        match part:
            case Text() | Notice():
                return part.model_copy(update={"text": clear(part.text)}) if "<" in part.text else part
            case QuickReplies():
                return QuickReplies(options=tuple(map(clear, part.options)))
            case Link():
                return part.model_copy(update={"title": clear(part.title)})
            case ConfirmationRequest():
                return part.model_copy(update={"title": clear(part.title), "details": tuple(map(clear, part.details))})


def accepted(item: Item) -> Frame:
    """A message that waits for its turn, or is in it."""
    return Frame(Accepted(message_id=item.id, trace_id=trace_id(item.trace)))


def trace_id(traceparent: str) -> str:
    """The trace's id in a `traceparent` header, or ""."""
    fields = traceparent.split("-")
    return fields[1] if len(fields) == 4 else ""
