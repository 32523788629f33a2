"""How long each kind of record is kept, and the job that ends it. In pages, so that no run holds up the store."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from random import SystemRandom

import structlog

from shared.lane.documents import Conversation, Effect, Turn, last_activity
from shared.privacy.erasure import Erasing, Erasure
from shared.privacy.settings import RetentionSettings
from shared.stores.customers import CustomerProfile, Feedback, Memory
from shared.stores.keys import CustomerKey
from shared.stores.port import D, Records
from shared.stores.vault import VaultDocument

log = structlog.get_logger(__name__)

_PAGE = 500
_DAY = 86400.0


@dataclass(frozen=True, slots=True)
class Retention:
    """Any number may run at a time: each deletion is one condition on one document."""

    records: Records
    key_records: Records
    erasing: Erasing
    keep: RetentionSettings
    now: Callable[[], float]

    async def run(self) -> Counter[str]:
        """Delete what has been kept for its time, and repeat the erasures; tells how many records of each kind."""
        removed = await self.erasing.again()
        removed += await self._conversations()
        for kind, of, days in (
            ("turns", Turn, self.keep.keep_turns_days),
            ("feedback", Feedback, self.keep.keep_feedback_days),
            ("memories", Memory, self.keep.keep_memories_days),
        ):
            removed[kind] += await self._deleted(of, self._before(days), lambda _: True)
        settled = self._before(self.keep.keep_effects_days)
        removed["effects"] += await self._deleted(Effect, settled, lambda effect: effect.state != "started")
        removed["values"] += await self._values()
        removed["keys"] += await self._customers()
        for store, expiring in ((self.records, Memory), (self.key_records, Erasure)):
            while count := await store.expire(expiring, self.now()):
                removed[expiring.collection] += count
        return +removed

    async def keep_running(self, every: float) -> None:
        """Run about every `every` seconds, until cancelled. An error ends this run, not the job."""
        while True:
            await asyncio.sleep(every * SystemRandom().uniform(0.5, 1.5))
            try:
                if removed := await self.run():
                    log.info("retention", **removed)
            except Exception as error:
                log.warning("retention broken off", error=type(error).__name__)

    def _before(self, days: float) -> float:
        return self.now() - days * _DAY

    async def _conversations(self) -> Counter[str]:
        before, removed = self._before(self.keep.keep_conversations_days), Counter[str]()
        async for lane in self._older(self.records, Conversation, before):
            if await self.records.remove(Conversation, lane.id, lambda lane: is_quiet(lane, before)):
                removed["conversations"] += 1
                removed += await self.erasing.conversation(lane.id)
        return removed

    async def _values(self) -> int:
        """Of conversations that have been quiet for that long, or are gone."""
        before, count = self._before(self.keep.keep_values_days), 0
        async for vault in self._older(self.records, VaultDocument, before):
            lane = await self.records.get(Conversation, vault.id)
            if lane is None or is_quiet(lane, before):
                count += await self.records.delete(VaultDocument, vault.id)
        return count

    async def _customers(self) -> int:
        """Key and profile of whoever has no conversation left."""
        before, count = self._before(self.keep.keep_customers_days), 0
        async for key in self._older(self.key_records, CustomerKey, before):
            if not await self.records.find(Conversation, key.id, limit=1):
                await self.records.delete(CustomerProfile, key.id)
                count += await self.key_records.delete(CustomerKey, key.id)
        return count

    async def _deleted(self, of: type[D], before: float, condition: Callable[[D], bool]) -> int:
        count = 0
        async for each in self._older(self.records, of, before):
            count += await self.records.remove(of, each.id, condition)
        return count

    async def _older(self, store: Records, of: type[D], before: float) -> AsyncIterator[D]:
        after: D | None = None
        while page := await store.older(of, before, limit=_PAGE, after=after):
            for each in page:
                yield each
            after = page[-1]


def is_quiet(lane: Conversation, before: float) -> bool:
    """Whether nothing has happened in a conversation since `before`, and nothing is to happen."""
    waits = lane.active or lane.queue or lane.inbox or lane.confirmed or lane.lease
    return not waits and last_activity(lane) < before
