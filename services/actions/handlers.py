"""The three kinds of work: look-ups at once; effects, and on workers of their own webhooks, through the ledger."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from opentelemetry import trace

from services.actions.domain import entitled, is_open, state_of
from services.actions.ledger import Ledger
from services.actions.opening import Placeholders, arguments_for
from services.actions.shop import ShopRefused
from services.actions.texts import Texts
from services.actions.tool import Call, Effectful, Lookup, Proposed, Result, Tool, no
from shared.contracts import (
    ActionCompleted,
    ActionRequested,
    ConfirmationRequest,
    Draft,
    EffectCompleted,
    EffectRequested,
    LookupRequested,
    Proposal,
    ReplyDrafted,
    WebhookRequested,
)
from shared.errors import Rejected, Retryable
from shared.guardrails.foreign import without_personal
from shared.lane.confirmation import allowed
from shared.lane.documents import Conversation, Turn
from shared.resilience.breaker import BreakerOpen
from shared.stores.port import Records
from shared.telemetry import names
from shared.telemetry.guards import guarding

R = TypeVar("R")
Outcome = ActionCompleted | ReplyDrafted | EffectCompleted | None

_tracer = trace.get_tracer("frontdesk.actions")


@dataclass(frozen=True, slots=True)
class Actions:
    """Runs tools for the customer of the session, under the policy of each tool."""

    records: Records
    tools: Mapping[str, Tool]
    ledger: Ledger
    texts: Texts
    patience: float
    now: Callable[[], float]
    vault: Placeholders
    hidden: Callable[[Any], Any] = without_personal
    """JSON without the personal data that others wrote into it."""

    async def look_up(self, event: LookupRequested) -> ActionCompleted:
        """Run a look-up. A business "no" is a result; a backend that is away is tried again."""
        tool = self.tools.get(event.tool)
        if not isinstance(tool, Lookup):
            return self._completed(event, no("There is no such tool."))
        with _span(event):
            if not entitled(event.customer, tool.needs):
                return self._completed(event, self._log_in(event))
            given = await arguments_for(tool, event, self.vault)
            arguments = tool.parse(given.written)
            if isinstance(arguments, Result):
                return self._completed(event, arguments)
            result = await self._patiently(event, tool.run(_call(event), arguments))
            return self._completed(event, given.masked(result))

    async def perform(self, event: EffectRequested) -> ActionCompleted | ReplyDrafted | EffectCompleted | None:
        """Propose an effect, or, once its button was pressed, carry it out; again: the same outcome."""
        return await self._through_ledger(event, "effect")

    async def call_webhook(self, event: WebhookRequested) -> ActionCompleted | ReplyDrafted | EffectCompleted | None:
        """The same for a webhook; one that needs no button is sent at once, and its turn goes on."""
        return await self._through_ledger(event, "webhook")

    async def _through_ledger(self, event: ActionRequested, kind: str) -> Outcome:
        tool = self.tools.get(event.tool)
        lane = await self.records.get(Conversation, event.conversation)
        if proposal := allowed(lane, event.action):
            if not isinstance(tool, Effectful):
                raise Rejected(f"{event.tool} was confirmed, and is no tool of this release")
            with _span(event):
                return await self._carried_out(event, proposal, tool)
        if not is_open(lane, event.epoch):
            return None  # answered, or taken over: what is proposed now would reach nobody
        if not isinstance(tool, Effectful) or tool.kind != kind:
            return self._completed(event, no("There is no such tool."))
        with _span(event):
            return await self._proposed(event, tool)

    async def _proposed(self, event: ActionRequested, tool: Effectful[Any]) -> Outcome:
        if not entitled(event.customer, tool.needs):
            return self._completed(event, self._log_in(event))
        arguments = tool.parse(event.arguments)
        if isinstance(arguments, Result):
            return self._completed(event, arguments)
        found = await self._patiently(event, tool.propose(_call(event), arguments))
        if isinstance(found, Result):
            return self._completed(event, found)
        proposal = _proposal(event, tool, found)
        if tool.confirmed:
            return await self._prompt(event, proposal, found)
        effect = await self.ledger.carry_out(event.conversation, proposal, tool)
        return self._completed(event, Result(effect.state == "succeeded", {"status": effect.state, "text": effect.text}))

    async def _prompt(self, event: ActionRequested, proposal: Proposal, found: Proposed) -> ReplyDrafted:
        turn = await self.records.get(Turn, event.turn)
        part = ConfirmationRequest(action=event.action, title=found.title, amount=found.amount, details=found.details)
        draft = Draft(
            kind="confirm",
            parts=(part,),
            language=event.language,
            proposal=proposal,
            said=turn.said if turn else "",
            state=state_of(turn, event.tool, event.arguments),
        )
        assumed = event.language_assumed
        return ReplyDrafted(conversation=event.conversation, epoch=event.epoch, draft=draft, language_assumed=assumed)

    async def _carried_out(self, event: ActionRequested, proposal: Proposal, tool: Effectful[Any]) -> EffectCompleted:
        effect = await self.ledger.carry_out(event.conversation, proposal, tool)
        if effect.state == "started":
            raise Rejected("the ledger returned an effect that is not settled")
        return EffectCompleted(
            conversation=event.conversation,
            epoch=event.epoch,
            action=event.action,
            tool=event.tool,
            status=effect.state,
            text=effect.text,
        )

    async def _patiently(self, event: ActionRequested, asked: Awaitable[R]) -> R | Result:
        """What a backend says. One that is away is tried again (`Retryable`) as long as the customer will not have waited
        long by then; one that is known to be down, as its breaker is open, is not waited for."""
        try:
            return await asked
        except ShopRefused:
            return self._told("system_refused", event, "refused")
        except BreakerOpen:
            return self._told("system_away", event, "unavailable")
        except Retryable as error:
            lane = await self.records.get(Conversation, event.conversation)
            active = lane.active if lane else None
            if active and active.epoch == event.epoch and self.now() + error.after - active.since < self.patience:
                raise
            return self._told("system_away", event, "unavailable")

    def _completed(self, event: ActionRequested, result: Result) -> ActionCompleted:
        """Raises `GuardFailed` where nobody can tell what others wrote into a result."""
        with guarding("actions"):
            shown = self.hidden(result.data)
        return ActionCompleted(
            conversation=event.conversation,
            epoch=event.epoch,
            action=event.action,
            tool=event.tool,
            ok=result.ok,
            result=shown,
        )

    def _log_in(self, event: ActionRequested) -> Result:
        return self._told("log_in_first", event, "log-in-first")

    def _told(self, key: str, event: ActionRequested, code: str) -> Result:
        return no(self.texts.text(key, event.language), code=code)


def _proposal(event: ActionRequested, tool: Effectful[Any], found: Proposed) -> Proposal:
    return Proposal(
        action=event.action,
        tool=event.tool,
        kind="webhook" if tool.kind == "webhook" else "effect",
        arguments=found.parameters,
        customer=event.customer,
        title=found.title,
        amount=found.amount,
        language=event.language,
    )


def _call(event: ActionRequested) -> Call:
    return Call(event.action, event.customer, event.language)


def _span(event: ActionRequested) -> Any:
    attributes = {
        names.GENAI_OPERATION: names.EXECUTE_TOOL,
        names.GENAI_TOOL_NAME: event.tool,
        names.ACTION: event.action,
        names.TURN: event.turn,
    }
    return _tracer.start_as_current_span(f"{names.EXECUTE_TOOL} {event.tool}", attributes=attributes)
