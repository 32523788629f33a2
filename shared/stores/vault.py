"""The vault: what the placeholders of a conversation stand for. The only place that knows, and only sealed."""

import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from shared.contracts.base import Value
from shared.errors import Rejected
from shared.guardrails.normal import PLACEHOLDER
from shared.sealing import Keyring
from shared.stores.keys import CustomerKeys
from shared.stores.port import Document, Records

IRREVERSIBLE = frozenset(
    {"CARD", "CODE", "CREDENTIAL", "CVC", "CVV", "KEY", "OTP", "PASSPHRASE", "PASSWORD", "PIN", "SECRET", "TOKEN"}
)
"""A kind with one of these words in its name is numbered, and its value is not kept: nothing we do ever needs it."""


class VaultEntry(Value):
    """One value. `sealed` is absent for what must not be kept; `fingerprint` tells whether a value is this one."""

    placeholder: str
    kind: str
    sealed: str | None = None
    fingerprint: str


class VaultDocument(Document):
    """All values of one conversation, which belongs to one customer; its id is the conversation's."""

    collection: ClassVar[str] = "vault"

    customer: str
    entries: tuple[VaultEntry, ...] = ()

    @property
    def group(self) -> str:
        return self.customer


@dataclass(frozen=True, slots=True)
class Opened:
    """A text with originals in the place of placeholders, and which those were."""

    text: str
    values: Mapping[str, str]


class Vault:
    """Exchanges personal values for placeholders such as `<EMAIL_1>`, and back for their own customer alone."""

    def __init__(self, records: Records, keys: CustomerKeys, *, now: Callable[[], float] = time.time) -> None:
        self._records, self._keys, self._now = records, keys, now

    async def keep(self, conversation: str, customer: str, values: Sequence[tuple[str, str]]) -> list[str]:
        """The placeholders of `(kind, value)` pairs, in their order; they are durable.

        Numbered per kind in the order of their first appearance; the same value gets the same placeholder for as long as
        the conversation lasts, so redelivery changes nothing. What is spelled in another way is another value, so that each
        comes back as it was written; but a card, which does not come back, is the same in any spelling. Writes only when
        there is something new. Raises `Rejected` when the conversation belongs to another customer.
        """
        if not values:
            return []
        ring = await self._keys.ring(customer)
        wanted = [_entry(ring, conversation, kind, value) for kind, value in values]
        held = await self._records.get(VaultDocument, conversation)
        if held is not None:
            same, placeholders = _kept(held, customer, wanted)
            if same is held:
                return placeholders
        empty = VaultDocument(id=conversation, at=self._now(), customer=customer)
        kept = await self._records.change(
            VaultDocument, conversation, lambda vault: _kept(vault, customer, wanted), absent=empty
        )
        assert kept is not None  # with `absent` there is always a document to start from
        return kept

    async def opened(self, conversation: str, customer: str, text: str, kinds: Collection[str]) -> Opened:
        """`text` with the originals of this customer's placeholders of these kinds in this conversation.

        A placeholder of another kind, conversation or customer, or of what was not kept, stays. Only for a tool or a renderer
        that declares the kinds. Raises `SealBroken` when their key is gone.
        """
        wanted = [name for name in dict.fromkeys(PLACEHOLDER.findall(text)) if _kind(name) in kinds]
        held = await self._records.get(VaultDocument, conversation) if wanted else None
        if held is None or held.customer != customer:
            return Opened(text, {})
        values = await self._values(held, frozenset(wanted))
        return Opened(PLACEHOLDER.sub(lambda found: values.get(found[0], found[0]), text), values)

    async def originals(self, conversation: str) -> dict[str, str]:
        """Placeholder → original of all that is kept: what must not leave unnoticed. Raises `SealBroken` as `opened`."""
        held = await self._records.get(VaultDocument, conversation)
        return await self._values(held) if held else {}

    async def _values(self, held: VaultDocument, wanted: Collection[str] | None = None) -> dict[str, str]:
        return {
            entry.placeholder: await self._keys.open(held.customer, entry.sealed, bound_to=_place(held.id))
            for entry in held.entries
            if entry.sealed is not None and (wanted is None or entry.placeholder in wanted)
        }


def _entry(ring: Keyring, conversation: str, kind: str, value: str) -> tuple[VaultEntry, tuple[str, ...]]:
    """An entry that has no number yet, and all fingerprints that an older entry of the same value may have."""
    kind = kind.upper()
    words = frozenset(kind.split("_"))
    prints = ring.fingerprints(f"{kind}:{_plain(words, value)}", bound_to=_place(conversation))
    sealed = None if words & IRREVERSIBLE else ring.seal(value, bound_to=_place(conversation))
    return VaultEntry(placeholder="", kind=kind, sealed=sealed, fingerprint=prints[0]), prints


def _kept(
    vault: VaultDocument, customer: str, wanted: Sequence[tuple[VaultEntry, tuple[str, ...]]]
) -> tuple[VaultDocument, list[str]]:
    if vault.customer != customer:
        raise Rejected("the values of this conversation belong to another customer")
    known = {entry.fingerprint: entry.placeholder for entry in vault.entries}
    entries, placeholders = list(vault.entries), []
    for entry, prints in wanted:
        placeholder = next((known[print] for print in prints if print in known), None)
        if placeholder is None:
            number = 1 + sum(1 for other in entries if other.kind == entry.kind)
            placeholder = f"<{entry.kind}_{number}>"
            entries.append(entry.model_copy(update={"placeholder": placeholder}))
            known |= dict.fromkeys(prints, placeholder)
        placeholders.append(placeholder)
    if len(entries) == len(vault.entries):
        return vault, placeholders
    return vault.model_copy(update={"entries": tuple(entries)}), placeholders


def _plain(words: frozenset[str], value: str) -> str:
    """What tells whether two values are the same: all that was written, and of a card its digits."""
    return "".join(filter(str.isdecimal, value)) if "CARD" in words else value


def _kind(placeholder: str) -> str:
    return placeholder.strip("<>").rpartition("_")[0]


def _place(conversation: str) -> str:
    return f"vault/{conversation}"
