"""A key for each customer: all that is sealed of theirs is sealed under it, so that deleting one document shreds it all.

Envelope encryption: the customer's key is random, and kept sealed by the deployment's keyring, in a store of its own beside
the records (`shared.stores.open.keys_url`). A backup of the records therefore holds nothing that opens what it holds
(docs/adr/0010-a-key-for-each-customer.md).
"""

import secrets
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import ClassVar

from shared.sealing import Keyring, SealBroken
from shared.stores.port import Document, Records

_HELD = 4096  # customers whose key is kept open in memory


class CustomerKey(Document):
    """The key of one customer, whose id is the document's. `sealed` is the key, by the deployment's keyring; `name` is what
    texts sealed with it say, and is random, so that a key that comes after it is another one."""

    collection: ClassVar[str] = "keys"

    name: str
    sealed: str


class CustomerKeys:
    """Seals and opens for customers. Every process may make one over the same store."""

    def __init__(self, records: Records, keyring: Keyring, *, now: Callable[[], float] = time.time) -> None:
        self._records, self._keyring, self._now = records, keyring, now
        self._rings: OrderedDict[str, tuple[str, Keyring]] = OrderedDict()  # by customer: the sealed key and what it opens

    async def ring(self, customer: str) -> Keyring:
        """The customer's own keyring, which stands in the store now; made when there is none.

        It is read each time: what is sealed under a key that was shredded meanwhile could never be opened again.
        """
        found = await self._records.get(CustomerKey, customer)
        while found is None:
            made = self._made(customer)
            found = made if await self._records.insert(made) else await self._records.get(CustomerKey, customer)
        return self._opened(found)

    async def seal(self, customer: str, text: str, *, bound_to: str) -> str:
        """As `Keyring.seal`, under the customer's key."""
        return (await self.ring(customer)).seal(text, bound_to=bound_to)

    async def open(self, customer: str, sealed: str, *, bound_to: str) -> str:
        """As `Keyring.open`. Raises `SealBroken` also when the customer's key was shredded."""
        held = self._rings.get(customer)
        if held is None or not held[1].knows(sealed):
            found = await self._records.get(CustomerKey, customer)
            if found is None:
                raise SealBroken("the seal is broken: its customer has no key")
            held = found.sealed, self._opened(found)
        return held[1].open(sealed, bound_to=bound_to)

    async def shred(self, customer: str) -> bool:
        """Delete the key for good. False: there was none."""
        self._rings.pop(customer, None)
        return await self._records.delete(CustomerKey, customer)

    async def rotate(self, *, page: int = 500) -> int:
        """Seal every key that an older key of the keyring seals with its first one; tells how many. Nothing else has to be
        sealed again, and once it answers 0 the older keys can be destroyed. Safe to repeat, and while customers write."""
        count, after = 0, None
        while found := await self._records.older(CustomerKey, float("inf"), limit=page, after=after):
            for key in found:
                if not self._keyring.seals_as(key.sealed):
                    count += bool(await self._records.change(CustomerKey, key.id, self._again))
            after = found[-1]
        return count

    def _made(self, customer: str) -> CustomerKey:
        sealed = self._keyring.seal(secrets.token_hex(32), bound_to=_place(customer))
        return CustomerKey(id=customer, at=self._now(), name=f"c{secrets.token_hex(8)}", sealed=sealed)

    def _again(self, key: CustomerKey) -> tuple[CustomerKey, bool]:
        if self._keyring.seals_as(key.sealed):
            return key, False
        opened = self._keyring.open(key.sealed, bound_to=_place(key.id))
        return key.model_copy(update={"sealed": self._keyring.seal(opened, bound_to=_place(key.id))}), True

    def _opened(self, key: CustomerKey) -> Keyring:
        held = self._rings.get(key.id)
        if held is None or held[0] != key.sealed:
            raw = bytes.fromhex(self._keyring.open(key.sealed, bound_to=_place(key.id)))
            held = self._rings[key.id] = key.sealed, Keyring({key.name: raw})
            if len(self._rings) > _HELD:
                self._rings.popitem(last=False)
        self._rings.move_to_end(key.id)
        return held[1]


def _place(customer: str) -> str:
    return f"keys/{customer}"
