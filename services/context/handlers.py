"""The context stage: all that the agent may know of a turn, gathered at once, within budget and time."""

import asyncio
import re
from collections.abc import Awaitable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import structlog
from opentelemetry import trace

from services.context import domain
from services.context.budget import fit_window
from services.context.topics import about_orders, order_ids
from shared.assistant import Assistant
from shared.contracts import Assurance, ContextPart, TurnAssembled, TurnBlocked, TurnScreened
from shared.errors import GuardFailed, StageError, StoreError
from shared.guardrails.normal import PLACEHOLDER
from shared.instructions import system_prompt
from shared.lane.documents import Conversation, opened, window
from shared.stores.knowledge import Passage
from shared.stores.port import Records
from shared.telemetry import names
from shared.telemetry.guards import guarding

log = structlog.get_logger(__name__)
_tracer = trace.get_tracer("frontdesk.context")

_LEVELS: tuple[Assurance, ...] = ("anonymous", "claimed", "verified", "stepped-up")
_SHORT_QUESTION = 40


class Search(Protocol):
    async def search(self, query: str, *, limit: int = 5) -> list[Passage]: ...


class Backend(Protocol):
    async def customer(self, customer: str) -> Mapping[str, Any] | None: ...
    async def orders(self, customer: str) -> list[Mapping[str, Any]]: ...


@dataclass(frozen=True, slots=True)
class Bounds:
    """`timeout` seconds for each source; at most so many passages and orders; who is shown their profile and orders."""

    timeout: float = 1.5
    passages: int = 5
    orders: int = 10
    assurance: Assurance = "claimed"


@dataclass(frozen=True, slots=True)
class Context:
    """Assembles. Reads only, so a redelivery does the same again; `shop` is None where there is none."""

    records: Records
    assistant: Assistant
    knowledge: Search
    shop: Backend | None
    order_pattern: re.Pattern[str]
    bounds: Bounds = Bounds()
    canary: str = ""  # in the instructions, which never leave

    async def assemble(self, event: TurnScreened) -> TurnAssembled | TurnBlocked:
        """Gather what the topic asks for. A source that is down or late is reported as missing, never waited for longer; the
        turn is blocked when the guard over what others wrote fails."""
        with _tracer.start_as_current_span(names.ASSEMBLE) as span:
            try:
                return await self._assembled(event, span)
            except GuardFailed:
                return domain.closed(event)

    async def _assembled(self, event: TurnScreened, span: trace.Span) -> TurnAssembled:
        lane = await self.records.get(Conversation, event.conversation)
        lane = lane or opened(event.conversation, event.customer.id, event.channel, 0.0)
        state = domain.state_of(lane)
        about = self._asked("knowledge", "knowledge", self._passages(event, lane))
        if self.shop and self._known(event):
            profile, knowledge, orders = await asyncio.gather(
                self._asked("profile", "shop", self._profile(self.shop, event)),
                about,
                self._asked("orders", "shop", self._orders(self.shop, event, lane, state)),
            )
        else:
            profile, knowledge, orders = [], await about, []
        variant = self.assistant.variant(event.conversation)
        own = domain.own_parts(system_prompt(self.assistant, variant, self.canary), state, lane)
        parts = domain.within(self.assistant.budgets, (*own, *profile, *knowledge, *orders))
        said = fit_window(window(lane), self.assistant.budgets.window)
        span.set_attribute(names.PARTS, sum(part.tokens for part in parts))
        return domain.assembled(event, variant.name, parts, said, state)

    async def _asked(self, kind: domain.Kind, source: str, asked: Awaitable[list[ContextPart]]) -> list[ContextPart]:
        try:
            async with asyncio.timeout(self.bounds.timeout):
                return await asked
        except GuardFailed:
            raise
        except TimeoutError:
            reason = "timed out"
        except (StageError, StoreError) as error:
            reason = "unavailable"
            log.info("source unavailable", kind=kind, source=source, error=type(error).__name__)
        return [domain.part(kind, "", source, missing=reason)]

    async def _profile(self, shop: Backend, event: TurnScreened) -> list[ContextPart]:
        profile = await shop.customer(event.customer.id)
        with guarding("context"):
            text = domain.profile_text(profile) if profile else ""
        return [domain.part("profile", text, "shop")] if text else []

    async def _passages(self, event: TurnScreened, lane: Conversation) -> list[ContextPart]:
        query = event.text
        if len(query) < _SHORT_QUESTION and lane.done:
            query = f"{query}\n{lane.done[-1].draft.said}"  # "and for shoes?" means nothing without what it follows
        found = await self.knowledge.search(PLACEHOLDER.sub(" ", query), limit=self.bounds.passages)
        with guarding("context"):
            return domain.knowledge_parts(found)

    async def _orders(
        self, shop: Backend, event: TurnScreened, lane: Conversation, state: Mapping[str, Any]
    ) -> list[ContextPart]:
        recent = [side.text for side in window(lane, turns=2)[-2:]]
        if not about_orders(event.text, state, self.order_pattern, recent):
            return []
        asked = order_ids("\n".join((event.text, str(state.get("order_id", "")))), self.order_pattern)
        orders = await shop.orders(event.customer.id)
        with guarding("context"):
            return [domain.part("orders", text, "shop") for text in domain.orders_texts(orders, asked, self.bounds.orders)]

    def _known(self, event: TurnScreened) -> bool:
        return _LEVELS.index(event.customer.assurance) >= _LEVELS.index(self.bounds.assurance)
