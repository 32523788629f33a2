"""The agent's two handlers. Deciding is in `domain.py`; here is what has to be waited for: the record, the model."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from services.agent.domain import Act, Ask, Policy, Publish, decide, decided, given_up, is_answered_by_last, next_move, wanted
from services.agent.models.port import Models, ModelUnavailable, Request
from services.agent.progress import DeltaStream, Progress
from services.agent.prompt import functions, messages
from services.agent.replies import Outputs, Texts, outputs
from shared.contracts import (
    ActionCompleted,
    EffectRequested,
    LookupRequested,
    ReplyDrafted,
    ToolSpec,
    TurnAssembled,
    WebhookRequested,
    turn_of_action,
)
from shared.errors import GuardFailed, Rejected
from shared.lane.documents import Conversation, Step, Turn, turn_of
from shared.lane.turns import store_result, store_step
from shared.stores.port import Records
from shared.telemetry.guards import guarding


class Catalogue(Protocol):
    """The tools of the moment. Raises `Retryable` while nobody has announced any."""

    async def tools(self) -> tuple[ToolSpec, ...]: ...


@dataclass(frozen=True, slots=True)
class Agent:
    """Answers a turn, step by step: every answer of the model is stored before anything of it is published.

    A redelivery publishes what is stored. A turn that no model answers for `patience` seconds ends in a notice.
    """

    records: Records
    models: Models
    catalogue: Catalogue
    progress: Progress
    texts: Texts
    policy: Policy
    patience: float
    now: Callable[[], float]

    async def begin(self, event: TurnAssembled) -> list[LookupRequested | EffectRequested | WebhookRequested | ReplyDrafted]:
        """A turn has its context: ask the model, or publish the last step that is stored."""
        turn = await self.records.get(Turn, event.turn)
        if turn is None:
            turn = turn_of(event.conversation, event.epoch, self.now())
        if turn.assembled is None:
            turn = turn.model_copy(update={"said": event.text, "assembled": event})
        return await self._go_on(turn, next_move(turn))

    async def resume(self, event: ActionCompleted) -> list[LookupRequested | EffectRequested | WebhookRequested | ReplyDrafted]:
        """A tool has answered: join the results of its step; with the last one, ask the model again.

        Again for a step that has been answered: the stored answer is published, unless the turn has gone further.
        """
        turn = await self.records.get(Turn, event.turn)
        number, slot = _place(event)
        if turn is None or turn.assembled is None or len(turn.steps) <= number:
            raise Rejected(f"no step {number} of turn {event.turn} asked for this")
        decision = decided(turn.steps[number])
        calls = {call.slot: call for call in decision.calls} if isinstance(decision, Act) else {}
        if not isinstance(decision, Act) or slot not in calls:
            raise Rejected(f"step {number} of turn {event.turn} has no call {slot}")
        if len(turn.steps) > number + 1:
            return await self._go_on(turn, next_move(turn)) if is_answered_by_last(turn, number) else []
        results = await self._join(turn, number, calls[slot].id, {"ok": event.ok} | event.result, decision)
        return await self._go_on(turn, Ask(number + 1, results)) if results is not None else []

    async def _join(
        self, turn: Turn, number: int, call: str, value: dict[str, Any], decision: Act
    ) -> dict[str, dict[str, Any]] | None:
        joined = await self.records.change(
            Turn, turn.id, lambda current: store_result(current, number, call, value, wanted(decision))
        )
        return None if joined is None else decision.results | joined

    async def _go_on(self, turn: Turn, move: Ask | Publish) -> Outputs:
        """Ask until there is something to publish. Bounded: the last step's decision never asks again."""
        while isinstance(move, Ask):
            turn = await self._store(turn, move.number, await self._ask(turn, move))
            move = next_move(turn)
        return outputs(turn, move, self.texts)

    async def _ask(self, turn: Turn, ask: Ask) -> Step:
        tools = await self.catalogue.tools()
        try:
            with guarding("agent"):
                shown = messages(turn, ask.results)
        except GuardFailed:
            return given_up("guard").model_copy(update={"results": ask.results})
        preview = DeltaStream(self.progress, turn.conversation, turn.epoch, ask.number)
        request = Request(shown, functions(tools), turn.conversation, turn.id, ask.number)
        try:
            answer = await self.models.ask(request, preview)
        except ModelUnavailable as error:
            preview.restart()
            if await self._patient(turn, error.after):
                raise
            return given_up("unavailable").model_copy(update={"results": ask.results})
        await preview.close()
        decision = decide(answer.message, answer.finish, {tool.name: tool for tool in tools}, turn, self.policy)
        return Step(
            results=ask.results,
            answer=answer.message,
            decision=decision.model_dump(mode="json"),
            deltas=preview.count,
            model=answer.model,
            usage=answer.usage,
        )

    async def _store(self, turn: Turn, number: int, step: Step) -> Turn:
        """Store step `number`, or learn which answer stands; returns the turn as it stands."""
        if number == 0:
            first, _ = store_step(turn, 0, step)
            if await self.records.insert(first):
                return first

        def stored(current: Turn) -> tuple[Turn, Turn]:
            if current.assembled is None:
                current = current.model_copy(update={"said": turn.said, "assembled": turn.assembled})
            after, _ = store_step(current, number, step)
            return after, after

        standing = await self.records.change(Turn, turn.id, stored)
        if standing is None:
            raise Rejected(f"turn {turn.id} is gone from the records")
        return standing

    async def _patient(self, turn: Turn, after: float) -> bool:
        """Whether the customer will not have waited long `after` seconds from now, so that trying again then is better than
        giving up."""
        lane = await self.records.get(Conversation, turn.conversation)
        active = lane.active if lane else None
        return active is not None and active.epoch == turn.epoch and self.now() + after - active.since < self.patience


def _place(event: ActionCompleted) -> tuple[int, int]:
    """Step and slot of the call. Raises `Rejected` for an action of another turn."""
    try:
        place, (_, step, slot) = turn_of_action(event.action), event.action.rsplit(":", 2)
        number, found = int(step), int(slot)
    except ValueError as error:
        raise Rejected("not an action's id") from error
    if place != (event.conversation, event.epoch) or number < 0:
        raise Rejected("an action of another turn")
    return number, found
