"""Egress ends turns: with the agent's draft, with a refusal, with a notice, with the result of an effect."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from opentelemetry import trace

from services.egress import domain
from services.egress.checking import Checking
from services.egress.delivery import Delivery
from services.egress.domain import Words
from shared.contracts import (
    Draft,
    EffectCompleted,
    Event,
    HandedOver,
    MessageReceived,
    NoticeDue,
    ReplyDrafted,
    TurnBlocked,
    turn_id,
)
from shared.lane.confirmation import result_item
from shared.lane.documents import Conversation, Turn
from shared.stores.port import Records
from shared.telemetry import names

tracer = trace.get_tracer("frontdesk.egress")


@dataclass(frozen=True, slots=True)
class Egress:
    """What leaves is checked first, leaves once, and its turn's end begins the next one, whose first event is returned.

    An event that comes again finds its turn ended: nothing leaves, and the same events are returned under the same ids.
    """

    records: Records
    words: Words
    checking: Checking
    delivery: Delivery
    now: Callable[[], float]

    async def deliver(self, event: ReplyDrafted) -> list[MessageReceived | NoticeDue | HandedOver]:
        """Deliver the answer of a turn. Raises `Rejected` for a draft that asks to confirm nothing."""
        with _span(event):
            return await self._deliver(event, event.draft, assumed=event.language_assumed)

    async def refuse(self, event: TurnBlocked) -> list[MessageReceived | NoticeDue | HandedOver]:
        """End a blocked turn with a refusal, what is possible instead, and help for who may harm themselves."""
        with _span(event):
            lane = await self.records.get(Conversation, event.conversation)
            language = event.language or (lane.answer_language if lane else None)
            return await self._deliver(event, domain.refusal(event, language, self.words), assumed=event.language is None)

    async def notice(self, event: NoticeDue) -> list[MessageReceived | NoticeDue | HandedOver]:
        """End a turn that needs no model, or that is given up, with words from the record."""
        with _span(event):
            lane = await self.records.get(Conversation, event.conversation)
            if lane is None:
                return []
            if lane.active is None or lane.active.epoch != event.epoch:
                return await self.delivery.over(lane, event.epoch)
            turn = await self.records.get(Turn, turn_id(lane.id, event.epoch))
            draft = domain.notice(event.reason, lane.active, lane, self.words, turn.said if turn else "")
            return await self._deliver(event, draft, assumed=True)

    async def result(self, event: EffectCompleted) -> list[MessageReceived | NoticeDue | HandedOver]:
        """Tell what became of a confirmed action: now if nothing runs, else as a turn of its own."""
        with _span(event) as span:
            span.set_attribute(names.ACTION, event.action)
            lane = await self.records.get(Conversation, event.conversation)
            if lane is None:
                return []
            confirmed = lane.confirmed.get(event.action)
            if confirmed is None:
                return await self.delivery.told(lane, event.action)
            proposal = confirmed.proposal
            item = result_item(event.action, event.status, event.text, proposal.customer, self.now(), confirmed.trace)
            draft = domain.result(item, proposal.language or lane.answer_language, self.words)
            ready = await self.checking.draft(lane.id, draft)
            return await self.delivery.result(lane.id, event.action, item, ready.draft)

    async def _deliver(self, event: Event, draft: Draft, *, assumed: bool) -> list[domain.FollowUp]:
        ready = await self.checking.draft(event.conversation, draft)
        rewritten = bool(ready.found)
        return await self.delivery.deliver(
            event.conversation, event.epoch, ready.draft, rewritten=rewritten, language_assumed=assumed
        )


@contextmanager
def _span(event: Event) -> Iterator[trace.Span]:
    with tracer.start_as_current_span(names.DELIVER) as span:
        span.set_attributes({names.CONVERSATION: event.conversation, names.TURN: event.turn})
        yield span
