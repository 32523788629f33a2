"""Erasing a customer: their key first, so that nothing sealed can be read any more, wherever a copy of it lies; then all that
Frontdesk keeps of them.

What stays for the books is an effect that was settled: its id, state, target and amount, without customer and words. What
stays of a conversation is its number, so that what is under way dies at the fence and the number is never begun again.
"""

from collections import Counter
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from math import inf, nextafter
from typing import ClassVar, Protocol

import structlog

from shared.contracts import Customer
from shared.lane.documents import Conversation, Effect, Turn, last_activity
from shared.lane.erasing import blanked
from shared.stores.customers import CustomerProfile, Feedback, Memory
from shared.stores.keys import CustomerKey, CustomerKeys
from shared.stores.port import D, Document, Records
from shared.stores.unfinished import Unfinished
from shared.stores.vault import VaultDocument

log = structlog.get_logger(__name__)

ERASED = Customer(id="erased")
_PAGE = 500


class Erasure(Document):
    """That a customer was erased, and from which conversations; the id is the customer's. As long as it stands it is done
    again, for what was under way then, and for a backup of the records that was played back since."""

    collection: ClassVar[str] = "erasures"

    conversations: tuple[str, ...] = ()
    until: float

    @property
    def due(self) -> float | None:
        return self.at

    @property
    def expires(self) -> float | None:
        return self.until


class Messages(Protocol):
    """What streams hold."""

    async def of_conversation(self, conversation: str) -> int:
        """Delete the events and dead letters of a conversation; tells how many."""
        ...

    async def of_customer(self, customer: str) -> int:
        """Delete the backends' events for a customer; tells how many."""
        ...


class NoMessages:
    """For whoever may not delete in streams: their own age ends what is in them."""

    async def of_conversation(self, conversation: str) -> int:
        """Deletes nothing."""
        return 0

    async def of_customer(self, customer: str) -> int:
        """Deletes nothing."""
        return 0


@dataclass(frozen=True, slots=True)
class Erasing:
    """`kept`: seconds for which an erasure is remembered; at least as long as backups of the records are."""

    records: Records
    key_records: Records
    keys: CustomerKeys
    messages: Messages
    now: Callable[[], float]
    kept: float

    async def erase(self, customer: str) -> Counter[str]:
        """Erase a customer; tells how many records of each kind. Safe to repeat, and while the customer writes: what they
        write afterwards is theirs again, under a new key. `under way` are actions that must be finished first; they are
        erased by whoever runs `again` after that."""
        now = self.now()
        ids = [lane.id async for lane in self._all(Conversation, customer)]
        first = Erasure(id=customer, at=now, until=now + self.kept)

        def noted(standing: Erasure) -> tuple[Erasure, tuple[str, ...]]:
            every = tuple(dict.fromkeys((*standing.conversations, *ids)))
            return first.model_copy(update={"conversations": every}), every

        every = await self.key_records.change(Erasure, customer, noted, absent=first)
        removed = Counter(keys=int(await self.keys.shred(customer)))
        removed += await self._content(customer, every or (), now)
        removed["messages"] += await self.messages.of_customer(customer)
        return removed

    async def again(self) -> Counter[str]:
        """Every erasure that is remembered, once more."""
        removed, after = Counter[str](), None
        while page := await self.key_records.due(Erasure, self.now(), limit=_PAGE, after=after):
            for each in page:
                restored = [lane.id async for lane in self._all(Conversation, each.id) if last_activity(lane) <= each.at]
                ids = tuple(dict.fromkeys((*each.conversations, *restored)))
                old = await self.key_records.remove(CustomerKey, each.id, lambda key, at=each.at: key.at <= at)  # type: ignore[misc]
                removed += Counter(keys=int(old)) + await self._content(each.id, ids, each.at)
            after = page[-1]
        return removed

    async def conversation(self, id: str) -> Counter[str]:
        """Delete what hangs on a conversation, and take persons and words out of its effects."""
        return Counter(
            values=int(await self.records.delete(VaultDocument, id)) + int(await self.records.delete(Unfinished, id)),
            turns=await self._deleted(Turn, id),
            feedback=await self._deleted(Feedback, id),
            effects=await self._blanked_effects(id),
            messages=await self.messages.of_conversation(id),
        )

    async def _content(self, customer: str, ids: tuple[str, ...], before: float) -> Counter[str]:
        removed = Counter[str]()
        for id in ids:
            blank = await self.records.change(Conversation, id, blanked)
            removed["conversations"] += blank == "blanked"
            removed["under way"] += blank == "under way"
            removed += await self.conversation(id)
        removed["memories"] += await self._deleted(Memory, customer, before)
        removed["profiles"] += await self.records.remove(CustomerProfile, customer, lambda profile: profile.at <= before)
        return removed

    async def _deleted(self, of: type[D], group: str, before: float | None = None) -> int:
        count = 0
        async for each in self._all(of, group):
            if before is None or each.at <= before:
                count += await self.records.delete(of, each.id)
        return count

    async def _blanked_effects(self, conversation: str) -> int:
        count = 0
        async for effect in self._all(Effect, conversation):
            count += bool(await self.records.change(Effect, effect.id, without_person))
        return count

    async def _all(self, of: type[D], group: str) -> AsyncIterator[D]:
        """All of a group, the newest first; of several made in one instant also those that a page ends within."""
        before, seen = inf, set[str]()
        while True:
            page = [each for each in await self.records.find(of, group, limit=_PAGE, before=before) if each.id not in seen]
            for each in page:
                yield each
            if not page:
                return
            seen, before = {each.id for each in page}, nextafter(page[-1].at, inf)


def without_person(effect: Effect) -> tuple[Effect, bool]:
    """A settled effect as the books need it: once, and one that is under way is left as it is."""
    if effect.state == "started" or effect.proposal.customer == ERASED:
        return effect, False
    update = {"customer": ERASED, "arguments": {}, "title": ""}
    return effect.model_copy(update={"proposal": effect.proposal.model_copy(update=update), "text": ""}), True
