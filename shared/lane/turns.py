"""The steps ledger: one step is one call of the model, stored before anything is published."""

from typing import Any

from shared.contracts import Draft, Text
from shared.lane.documents import Conversation, Step, Turn


def store_step(turn: Turn, number: int, step: Step) -> tuple[Turn, Step]:
    """Store step `number` unless somebody did; the step that stands is the one to publish, whoever asked the model."""
    if len(turn.steps) > number:
        return turn, turn.steps[number]
    if len(turn.steps) < number:
        raise ValueError(f"step {number} of {turn.id} cannot follow {len(turn.steps)} steps")
    return turn.model_copy(update={"steps": (*turn.steps, step), "waiting": {}}), step


def store_result(
    turn: Turn, number: int, call: str, value: dict[str, Any], wanted: frozenset[str]
) -> tuple[Turn, dict[str, dict[str, Any]] | None]:
    """Join the results of the parallel calls of step `number`: all of them once the last is here, else None.

    The last result is not written: it travels in the step that it causes, and comes again if that is never stored.
    Once that step is stored, a result that comes again is told the results that stand in it: `store_step` then answers
    with the step that stands, whose event may never have been published.
    """
    if len(turn.steps) > number + 1:
        return turn, turn.steps[number + 1].results
    if len(turn.steps) != number + 1:
        return turn, None
    results = turn.waiting | {call: value}
    if wanted <= results.keys():
        return turn, results
    return turn.model_copy(update={"waiting": results}), None


def inputs_of(turn: Turn) -> tuple[str, ...]:
    """Ids of the inputs that the turn's answer is to."""
    return turn.answers or (turn.assembled.inputs if turn.assembled else ())


def forgotten(lane: Conversation, turn: Turn) -> bool:
    """Whether a delivery of this turn, if there was one, is older than all that the lane remembers.

    A person who took over speaks in the epoch that they interrupted, after all that the assistant said in it.
    """
    oldest = lane.done[0] if lane.done else None
    if oldest is None or turn.epoch != oldest.epoch:
        return oldest is not None and turn.epoch < oldest.epoch
    _, _, seq = turn.id.partition(":p")
    return int(seq) < oldest.seq if seq else oldest.outcome == "person"


def answer_of(lane: Conversation, turn: Turn) -> Draft | None:
    """What a turn was answered with, of which the lane has no delivery (any more).

    None: nothing left. Its delivery would be remembered, or it was taken over before, whatever its steps say.
    """
    if turn.reply:
        return turn.reply
    if not forgotten(lane, turn) or turn.epoch in lane.abandoned:
        return None
    content = turn.steps[-1].answer.get("content") if turn.steps else None
    return Draft(kind="reply", parts=(Text(text=content),)) if isinstance(content, str) and content.strip() else None
