"""The safety stage: the only place behind the door where a customer's raw words are read."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import structlog
from opentelemetry import trace

from services.safety.domain import Policy, conclude, examine
from shared.contracts import MessageReceived, TurnBlocked, TurnScreened
from shared.lane.documents import Conversation
from shared.stores.port import Records
from shared.telemetry import names

log = structlog.get_logger(__name__)
_tracer = trace.get_tracer("frontdesk.safety")


class Sealed(Protocol):
    def open(self, sealed: str, *, bound_to: str) -> str:
        """The text. Raises `SealBroken` (a `Rejected`) for what was not sealed by us, or not for this place."""
        ...


class Keeper(Protocol):
    async def keep(self, conversation: str, customer: str, values: Sequence[tuple[str, str]]) -> list[str]:
        """Placeholders of `(kind, value)` pairs, in their order; the same value has the same one."""
        ...


@dataclass(frozen=True, slots=True)
class Safety:
    """Decides whether a turn may go on, and masks what nothing behind it may see.

    Redelivered, a message gives the same answer: placeholders are numbered once per conversation and value. Whatever
    fails here fails the turn; nothing passes unscreened.
    """

    records: Records
    seals: Sealed
    vault: Keeper
    policy: Policy

    async def screen(self, event: MessageReceived) -> TurnScreened | TurnBlocked:
        """Open, screen and mask a turn. Nothing is written when no personal data was found."""
        with _tracer.start_as_current_span(names.SCREEN) as span:
            place = event.conversation
            texts = [self.seals.open(each.sealed, bound_to=f"{place}/{each.id}") for each in event.inputs]
            lane = await self.records.get(Conversation, place)
            examined = examine(texts, lane.language if lane else None, self.policy)
            placeholders = await self.vault.keep(place, event.customer.id, examined.values) if examined.values else []
            decided = conclude(event, examined, placeholders)
            span.set_attribute(names.FINDINGS, examined.result.found)
            if isinstance(decided, TurnBlocked):
                span.set_attribute(names.OUTCOME, f"blocked:{decided.category}")
                log.info("turn blocked", conversation=place, category=decided.category, rule=decided.rule)
            return decided
