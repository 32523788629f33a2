"""The vault: what the placeholders of a conversation stand for. The only place that knows, and only sealed."""

import time
from collections.abc import Callable, Sequence
from typing import ClassVar

from shared.contracts.base import Value
from shared.errors import Rejected
from shared.sealing import Keyring
from shared.stores.port import Document, Records

IRREVERSIBLE = frozenset(
    {"CARD", "CODE", "CREDENTIAL", "CVC", "CVV", "KEY", "OTP", "PASSPHRASE", "PASSWORD", "PIN", "SECRET", "TOKEN"}
)
"""A kind with one of these words in its name is numbered, and its value is not kept: nothing we do ever needs it."""

_SPELLED_FREELY = frozenset({"CARD", "IBAN", "PHONE"})


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


class Vault:
    """Exchanges personal values for placeholders such as `<EMAIL_1>`, and back for their own customer alone."""

    def __init__(self, records: Records, keyring: Keyring, *, now: Callable[[], float] = time.time) -> None:
        self._records = records
        self._keyring = keyring
        self._now = now

    async def keep(self, conversation: str, customer: str, values: Sequence[tuple[str, str]]) -> list[str]:
        """The placeholders of `(kind, value)` pairs, in their order; they are durable.

        Numbered per kind in the order of their first appearance; the same value gets the same placeholder for as long as
        the conversation lasts, so redelivery changes nothing. Writes only when there is something new. Raises `Rejected`
        when the conversation belongs to another customer.
        """
        if not values:
            return []
        wanted = [self._entry(conversation, kind, value) for kind, value in values]
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

    async def reveal(self, conversation: str, customer: str, placeholder: str) -> str | None:
        """The original, or None: unknown, not kept, or another customer's. Raises `SealBroken` when its key is gone."""
        held = await self._records.get(VaultDocument, conversation)
        if held is None or held.customer != customer:
            return None
        for entry in held.entries:
            if entry.placeholder == placeholder and entry.sealed is not None:
                return self._opened(conversation, entry.sealed)
        return None

    async def originals(self, conversation: str) -> dict[str, str]:
        """Placeholder → original of all that is kept: what must not leave unnoticed. Raises `SealBroken` as `reveal`."""
        held = await self._records.get(VaultDocument, conversation)
        entries = held.entries if held else ()
        return {entry.placeholder: self._opened(conversation, entry.sealed) for entry in entries if entry.sealed is not None}

    def _entry(self, conversation: str, kind: str, value: str) -> tuple[VaultEntry, tuple[str, ...]]:
        """An entry that has no number yet, and all fingerprints that an older entry of the same value may have."""
        kind = kind.upper()
        words = frozenset(kind.split("_"))
        prints = self._keyring.fingerprints(f"{kind}:{_plain(words, value)}", bound_to=_place(conversation))
        sealed = None if words & IRREVERSIBLE else self._keyring.seal(value, bound_to=_place(conversation))
        return VaultEntry(placeholder="", kind=kind, sealed=sealed, fingerprint=prints[0]), prints

    def _opened(self, conversation: str, sealed: str) -> str:
        return self._keyring.open(sealed, bound_to=_place(conversation))


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
    """One spelling for what people spell in several ways: `+49 170 1` is `+491701`, `Ann@Example.com` is `ann@example.com`."""
    if words & _SPELLED_FREELY:
        return "".join(char for char in value if char.isalnum() or char == "+").upper()
    return value.strip().casefold() if "EMAIL" in words else value


def _place(conversation: str) -> str:
    return f"vault/{conversation}"
