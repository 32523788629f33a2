"""The transcript: what was said in a conversation, masked, for its owner."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, Literal

from pydantic import BaseModel

from shared.channels.web import Amount, Confirm, ReplyPart, messages, shown, words
from shared.contracts import Draft, Proposal, turn_id, turn_of_action
from shared.guardrails.normal import PLACEHOLDER
from shared.identity.confirmation import confirmation_token, token_hash
from shared.lane.confirmation import answer_to
from shared.lane.delivery import delivered_as
from shared.lane.documents import Conversation, Done, Turn
from shared.lane.turns import answer_of, inputs_of

PAGE = 50


class Question(BaseModel):
    """What a confirmation showed, and what became of it. `void`: expired, superseded or handed over, or too long ago."""

    title: str
    amount: Amount | None = None
    details: tuple[str, ...] = ()
    state: Literal["open", "accepted", "declined", "void"]


class TranscriptTurn(BaseModel):
    """A turn: what the customer said, masked, and what came back. `open`: nothing has yet.

    `masked` are the kinds of personal data that stand as placeholders in it, such as CARD, each once.
    """

    turn_id: str
    at: float
    said: str = ""
    masked: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()
    text: str = ""
    parts: tuple[ReplyPart, ...] = ()
    kind: Literal["reply", "confirm", "notice", "refusal", "handoff"] | None = None
    question: Question | None = None
    by: Literal["assistant", "person"] = "assistant"
    outcome: Literal["open", "answered", "notice", "person", "unknown"] = "open"
    trace_id: str = ""


class Transcript(BaseModel):
    """A conversation. `waiting` are messages that no turn has answered yet, `last_event_id` is where its events stand.

    `before`: give it back as `?before=` for older turns; absent when there are none.
    """

    conversation_id: str
    owner: Literal["bot", "person"]
    created_at: float
    language: str | None
    turns: list[TranscriptTurn]
    waiting: list[str]
    pending: Confirm | None = None
    last_event_id: int
    before: float | None = None


def transcript(lane: Conversation, turns: Sequence[Turn], *, pending: Confirm | None, newest: bool) -> Transcript:
    """One page of turns, oldest first; the newest page also has what only the lane remembers."""
    told = _by_turn(lane)
    entries = [_entry(lane, turn, told.pop(turn.id, None)) for turn in turns]
    if newest:
        entries += [_from_done(lane, id, done) for id, done in told.items() if not _older(done, turns)]
    waiting = (*(lane.active.members if lane.active else ()), *lane.queue, *lane.inbox)
    return Transcript(
        conversation_id=lane.id,
        owner=lane.owner,
        created_at=lane.at,
        language=lane.language,
        turns=[_telling_masked(entry) for entry in sorted(entries, key=lambda entry: entry.at)],
        waiting=[item.id for item in waiting if item.kind == "message"],
        pending=pending,
        last_event_id=lane.delivered,
        before=min(turn.at for turn in turns) if len(turns) == PAGE else None,
    )


def waiting_confirmation(lane: Conversation, key: bytes, now: float) -> Confirm | None:
    """The button that can be pressed now, as its owner is shown it; None when there is none."""
    pending = lane.pending
    if pending is None or pending.expires <= now or lane.owner != "bot" or lane.wanted:
        return None
    proposal = pending.proposal
    token = confirmation_token(key, proposal)
    if token_hash(token) != pending.token_hash:  # issued under a key that has been changed since
        return None
    parts = [part for done in lane.done for part in done.draft.parts if part.type == "confirmation_request"]
    return Confirm(
        turn_id=turn_id(*turn_of_action(proposal.action)),
        token=token,
        title=proposal.title,
        amount=Amount.of(proposal.amount) if proposal.amount else None,
        details=next((part.details for part in reversed(parts) if part.action == proposal.action), ()),
        expires_at=datetime.fromtimestamp(pending.expires, UTC),
    )


def _by_turn(lane: Conversation) -> dict[str, Done]:
    """Deliveries by the id of their turn's document. A person's answers share the epoch that they interrupted."""
    turns = {}
    for done in lane.done:
        id = turn_id(lane.id, done.epoch)
        turns[f"{id}:p{done.seq}" if done.outcome == "person" else id] = done
    return turns


def _telling_masked(entry: TranscriptTurn) -> TranscriptTurn:
    kinds = dict.fromkeys(name.strip("<>").rpartition("_")[0] for name in PLACEHOLDER.findall(entry.said))
    return entry.model_copy(update={"masked": tuple(kinds)}) if kinds else entry


def _older(done: Done, turns: Sequence[Turn]) -> bool:
    """It belongs to an older page."""
    return len(turns) == PAGE and done.at < min(turn.at for turn in turns)


def _entry(lane: Conversation, turn: Turn, done: Done | None) -> TranscriptTurn:
    if done:
        return _from_done(lane, turn.id, done, said=turn.said, at=turn.at)
    entry = TranscriptTurn(turn_id=turn.id, at=turn.at, said=turn.said)
    draft = answer_of(lane, turn)
    if draft is None:
        return entry
    if ":p" in turn.id:
        how = {"outcome": "person", "by": "person"}
    else:
        how = {"outcome": "unknown" if turn.epoch in lane.unknown else delivered_as(draft)}
    return entry.model_copy(update=_answer(lane, draft) | how | {"answers": messages(inputs_of(turn))})


def _from_done(lane: Conversation, id: str, done: Done, *, said: str = "", at: float | None = None) -> TranscriptTurn:
    answer = _answer(lane, done.draft) | {"by": "person" if done.outcome == "person" else "assistant"}
    entry = TranscriptTurn(turn_id=id, at=at if at is not None else done.at, said=said or done.draft.said)
    told = {"answers": messages(done.answers), "outcome": done.outcome, "trace_id": done.trace[3:35]}
    return entry.model_copy(update=answer | told)


def _answer(lane: Conversation, draft: Draft) -> dict[str, Any]:
    answer = {"text": words(draft.parts), "parts": shown(draft.parts), "kind": draft.kind}
    return answer | {"question": _question(lane, draft, draft.proposal)} if draft.proposal else answer


def _question(lane: Conversation, draft: Draft, proposal: Proposal) -> Question:
    details = [part.details for part in draft.parts if part.type == "confirmation_request"]
    return Question(
        title=proposal.title,
        amount=Amount.of(proposal.amount) if proposal.amount else None,
        details=details[0] if details else (),
        state=answer_to(lane, proposal.action),
    )
