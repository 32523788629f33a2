"""The effects ledger at work: an effect is written before it is called, called inside its claim, and settled by its holder.

Whatever dies in between, a redelivery finds the document and goes on from there. Nothing here is done twice unless the
provider has said that it was not done, or knows the key.
"""

import asyncio
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from services.actions.domain import course
from services.actions.texts import Texts
from services.actions.tool import Call, Declined, Effectful, Succeeded
from shared.contracts import Proposal
from shared.errors import Retryable
from shared.lane.delivery import CALL_TIMEOUT, may_call
from shared.lane.documents import Effect
from shared.lane.effects import reclaim, record, refused, start
from shared.lane.reconcile import Remedy
from shared.stores.port import Records


@dataclass(frozen=True, slots=True)
class Ledger:
    """Carries out one effect once. Raises `Retryable` while the outcome is open; the message then comes again."""

    records: Records
    texts: Texts
    now: Callable[[], float]

    async def carry_out(self, conversation: str, proposal: Proposal, tool: Effectful[Any]) -> Effect:
        """The effect, settled. `proposal` holds the parameters that were shown."""
        effect = start(conversation, proposal, attempt=_fresh(), now=self.now(), target=tool.target(proposal.arguments))
        if await self.records.insert(effect):
            return await self._call(effect, tool)
        stands = await self.records.get(Effect, proposal.action)
        if stands is None:
            return await self._taken(effect)
        match course(stands, tool.guarantee, tool.asks, self.now()):
            case "settled":
                return stands
            case "wait":
                raise Retryable("another holds the claim on this effect", after=stands.until - self.now() + 0.1)
            case remedy:
                return await self._reconcile(stands, tool, remedy)

    async def _taken(self, effect: Effect) -> Effect:
        """Another effect that has not failed is on the same target: this one fails, in writing, so that it stays failed."""
        text = self.texts.text("effect_duplicate", effect.proposal.language)
        failed = refused(effect, text)
        if await self.records.insert(failed):
            return failed
        stands = await self.records.get(Effect, effect.id)
        if stands is None or stands.state == "started":
            raise Retryable("another worker is at this effect")
        return stands

    async def _call(self, effect: Effect, tool: Effectful[Any]) -> Effect:
        if not may_call(effect.until, self.now()):
            raise Retryable("the claim on this effect is too old to call", after=effect.until - self.now() + 0.1)
        try:
            async with asyncio.timeout(CALL_TIMEOUT):
                outcome = await tool.perform(_call_of(effect), effect.proposal.arguments)
        except (TimeoutError, Retryable) as error:
            raise Retryable("the outcome of this effect is not known yet", after=effect.until - self.now() + 0.1) from error
        return await self._record(effect, outcome)

    async def _reconcile(self, stands: Effect, tool: Effectful[Any], remedy: Remedy) -> Effect:
        """Nobody is in the call any more. Ask the provider first, then take over by the attempt that was read.

        What is older than `tool.give_up` is still asked for, and never called again.
        """
        found = await tool.look_up(_call_of(stands), stands.proposal.arguments) if remedy == "ask" else None

        def taken_over(current: Effect) -> tuple[Effect, tuple[Effect, bool]]:
            after, mine = reclaim(current, stands.attempt, new_attempt=attempt, now=self.now())
            return after, (after, mine)

        attempt = _fresh()
        held = await self.records.change(Effect, stands.id, taken_over)
        if held is None or not held[1]:
            raise Retryable("another worker took this effect over")
        effect = held[0]
        if found is not None:
            return await self._record(effect, found)
        if remedy != "unknown" and self.now() - effect.at <= tool.give_up:
            return await self._call(effect, tool)
        return await self._record(effect, None)

    async def _record(self, effect: Effect, outcome: Succeeded | Declined | None) -> Effect:
        """Write the outcome, if the claim is still ours. None: it stays unknown, and a person has to look."""
        match outcome:
            case Succeeded(text, provider_id):
                written: dict[str, Any] = {"state": "succeeded", "text": text, "provider_id": provider_id}
            case Declined(text):
                written = {"state": "failed", "text": text}
            case None:
                written = {"state": "unknown", "text": self.texts.text("effect_unknown", effect.proposal.language)}

        def settled(current: Effect) -> tuple[Effect, tuple[Effect, bool]]:
            after, mine = record(current, effect.attempt, **written)
            return after, (after, mine)

        stands = await self.records.change(Effect, effect.id, settled)
        if stands is None or (not stands[1] and stands[0].state == "started"):
            raise Retryable("another worker settles this effect")
        return stands[0]


def _fresh() -> str:
    return secrets.token_hex(8)


def _call_of(effect: Effect) -> Call:
    return Call(effect.id, effect.proposal.customer, effect.proposal.language)
