"""The check of what leaves, which closes when it cannot be made."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import structlog
from opentelemetry import trace

from services.egress.domain import Checked, Words, checked, is_complete, withheld
from services.egress.guard.text import Guard
from shared.contracts import Draft
from shared.errors import GuardFailed, Rejected
from shared.sealing import SealBroken
from shared.telemetry import names
from shared.telemetry.guards import guarding
from shared.telemetry.metrics import replies_rewritten

log = structlog.get_logger(__name__)

Guards = Callable[[str, str | None], Awaitable[Guard]]
"""The guard of a conversation, whose words are in a language; it knows what the vault keeps of it."""

_STAGE = "egress"


@dataclass(frozen=True, slots=True)
class Checking:
    """Takes out of drafts what may not leave. Where the guard fails, or cannot learn what the vault keeps, nothing of the
    draft passes, and the customer is told so."""

    guards: Guards
    words: Words

    async def draft(self, conversation: str, draft: Draft) -> Checked:
        """What may leave of a draft. Raises `Rejected` for a `confirm` draft without its proposal."""
        if not is_complete(draft):
            raise Rejected("a confirm draft has no proposal")
        result = self.checked(await self.guard(conversation, draft.language), draft)
        if result.found:
            for each in result.found:
                replies_rewritten.labels(each).inc()
            trace.get_current_span().set_attribute(names.FINDINGS, sorted(result.found))
            log.warning("draft rewritten", conversation=conversation, found=sorted(result.found))
        return result

    async def guard(self, conversation: str, language: str | None) -> Guard | None:
        """The guard of a conversation; None: it cannot be had, so nothing may be shown."""
        try:
            with guarding(_STAGE):
                return await self.guards(conversation, language)
        except (GuardFailed, SealBroken):
            return None

    def checked(self, guard: Guard | None, draft: Draft) -> Checked:
        """What a guard lets through of a draft."""
        try:
            with guarding(_STAGE):
                if guard is not None:
                    return checked(draft, guard, self.words)
        except GuardFailed:
            pass
        return withheld(draft, self.words, "gave_up_guard", {"guard-failed"})
