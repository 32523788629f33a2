"""The safety stage: the only place behind the door where a customer's raw words are read."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

import structlog
from opentelemetry import trace

from services.safety.domain import (
    PERSISTENT,
    Policy,
    closed,
    conclude,
    examine,
    harassing,
    second_opinion_on,
    with_opinion,
)
from shared.contracts import MessageReceived, TurnBlocked, TurnScreened
from shared.errors import GuardFailed
from shared.guardrails.moderation import Judgement
from shared.guardrails.pii import goes_on
from shared.lane.documents import Conversation
from shared.stores.port import Records
from shared.stores.unfinished import KEPT, Piece, Unfinished
from shared.telemetry import names
from shared.telemetry.guards import guarding
from shared.telemetry.metrics import turns_screened

log = structlog.get_logger(__name__)
_tracer = trace.get_tracer("frontdesk.safety")


class Sealed(Protocol):
    async def open(self, customer: str, sealed: str, *, bound_to: str) -> str:
        """The text. Raises `SealBroken` (a `Rejected`) for what was not sealed for this customer and place."""
        ...

    async def seal(self, customer: str, text: str, *, bound_to: str) -> str:
        """The text, so that only `open` with the same customer and place reads it."""
        ...


class Keeper(Protocol):
    async def keep(self, conversation: str, customer: str, values: Sequence[tuple[str, str]]) -> list[str]:
        """Placeholders of `(kind, value)` pairs, in their order; the same value has the same one."""
        ...


class Opinion(Protocol):
    async def judge(self, masked: str) -> Judgement:
        """What somebody else says of a text without personal data; no finding where they do not answer."""
        ...


@dataclass(frozen=True, slots=True)
class Safety:
    """Decides whether a turn may go on, and masks what nothing behind it may see.

    Redelivered, a message gives the same answer, as far as `opinion` does: placeholders are numbered once per conversation
    and value. Nothing passes unscreened: a guard that fails blocks the turn, and the customer is told so; a store that is
    away is tried again.
    """

    records: Records
    seals: Sealed
    vault: Keeper
    policy: Policy
    opinion: Opinion | None = None
    now: Callable[[], float] = time.time

    async def screen(self, event: MessageReceived) -> TurnScreened | TurnBlocked:
        """Open, screen and mask a turn. Written is personal data, sealed, and a number that may go on in the next message."""
        with _tracer.start_as_current_span(names.SCREEN) as span:
            try:
                with guarding("safety"):
                    decided = await self._decided(event, span)
            except GuardFailed:
                decided = closed(event, event.language)
            self._tell(decided, span)
            return decided

    async def _decided(self, event: MessageReceived, span: trace.Span) -> TurnScreened | TurnBlocked:
        place, customer = event.conversation, event.customer.id
        texts = [await self.seals.open(customer, each.sealed, bound_to=f"{place}/{each.id}") for each in event.inputs]
        before = await self._before(event) if goes_on(texts[0]) else ""
        examined = examine(texts, event.language, self.policy, before, event.preferred_language)
        if self.opinion and (shown := second_opinion_on(examined)):
            examined = with_opinion(examined, await self.opinion.judge(shown))
        if examined.unfinished:
            await self._leave(event, examined.unfinished)
        placeholders = await self.vault.keep(place, customer, examined.values) if examined.values else []
        earlier = await self._earlier(place) if harassing(examined.result.judgement) else []
        span.set_attribute(names.FINDINGS, examined.result.found)
        return conclude(event, examined, placeholders, earlier)

    async def _earlier(self, place: str) -> list[str]:
        """What the customer said in the turns before, masked."""
        lane = await self.records.get(Conversation, place)
        return [done.draft.said for done in lane.done if done.draft.said] if lane else []

    @staticmethod
    def _tell(decided: TurnScreened | TurnBlocked, span: trace.Span) -> None:
        if isinstance(decided, TurnScreened):
            turns_screened.labels("passed").inc()
            return
        turns_screened.labels(decided.category).inc()
        span.set_attribute(names.OUTCOME, f"blocked:{decided.category}")
        log.info("turn blocked", conversation=decided.conversation, category=decided.category, rule=decided.rule)
        if decided.rule == PERSISTENT:
            log.warning("harassment goes on, to be reviewed", conversation=decided.conversation)

    async def _before(self, event: MessageReceived) -> str:
        """The number that the turns before left unfinished; "" for none, or one of long ago."""
        place = event.conversation
        kept = await self.records.get(Unfinished, place)
        sealed = kept.before(event.epoch) if kept and kept.at + KEPT > self.now() else None
        return await self.seals.open(event.customer.id, sealed, bound_to=f"unfinished/{place}") if sealed else ""

    async def _leave(self, event: MessageReceived, number: str) -> None:
        place, now = event.conversation, self.now()
        sealed = await self.seals.seal(event.customer.id, number, bound_to=f"unfinished/{place}")
        piece = Piece(epoch=event.epoch, sealed=sealed)
        empty = Unfinished(id=place, at=now, customer=event.customer.id)
        await self.records.change(Unfinished, place, lambda kept: (kept.with_piece(piece, now), None), absent=empty)
