"""What a company owes its customers: erase, export, retention; and new keys for old ones."""

import asyncio
import json
import sys
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from services.cli.console import terminal
from services.cli.dlq import adopt
from services.compose import open_stores
from services.settings import ProcessSettings, read
from shared.messaging.connection import connected
from shared.messaging.erasing import StreamErasing
from shared.messaging.settings import BusSettings
from shared.privacy.erasure import Erasing, Messages, NoMessages
from shared.privacy.export import Export
from shared.privacy.retention import Retention
from shared.privacy.settings import RetentionSettings
from shared.sealing import Keyring
from shared.stores.keys import CustomerKeys
from shared.stores.open import scrub
from shared.stores.port import Records

_KINDS = {
    "keys": "what is sealed of theirs can be opened no more, in a backup of the records either",
    "profiles": "name, addresses",
    "memories": "what was remembered over conversations",
    "conversations": "their number stays, so that nothing under way begins it again",
    "values": "vaults: the originals of what was masked",
    "turns": "what was said and answered",
    "feedback": "ratings and comments",
    "effects": "what was done: amount and state stay for your books, without person and words",
    "messages": "events and dead letters on their way",
    "under way": "actions that must end first",
}
"""What is removed, in the order in which it is told, and what it is."""


@dataclass(frozen=True, slots=True)
class Stores:
    records: Records
    key_records: Records
    keys: CustomerKeys
    keep: RetentionSettings

    def erasing(self, messages: Messages) -> Erasing:
        kept = self.keep.keep_erasures_days * 86400.0
        return Erasing(self.records, self.key_records, self.keys, messages, time.time, kept)


def erase(customer: str, data: Path, *, as_json: bool) -> None:
    """Print what was removed, by kind."""
    removed = asyncio.run(erased(customer, data))
    _print(removed, as_json, title=f"erased of {customer}:", nothing=f"nothing is kept of {customer}")
    if removed.get("under way") and not as_json:
        terminal().print("[yellow]an action is under way: it is erased by the next run, or run this again[/]")


def export(customer: str, data: Path) -> None:
    """Print one JSON object; to people beside it, when nothing is kept of such a customer."""
    told = asyncio.run(_exported(customer, data))
    print(json.dumps(told, ensure_ascii=False, indent=2))
    if not any(told[kind] for kind in ("profile", "conversations", "memories")):
        print(f"nothing is kept of {customer}", file=sys.stderr)


def retention(data: Path, *, as_json: bool) -> None:
    """Print what was removed, by kind."""
    removed = asyncio.run(_kept(data))
    _print(removed, as_json, title="kept for its time, and removed:", nothing="nothing has been kept for longer than its time")


def rotate(data: Path) -> None:
    """Print how many keys were sealed again."""
    count = asyncio.run(_rotated(data))
    if count:
        told = f"{count} keys of customers sealed again with the first of FRONTDESK_SEAL_KEYS; run this once more before you"
        terminal().print(f"{told} destroy an older one", soft_wrap=True)
    else:
        told = "every customer's key is sealed with the first of FRONTDESK_SEAL_KEYS; older ones can be destroyed"
        terminal().print(told, soft_wrap=True)


async def erased(customer: str, data: Path) -> Mapping[str, int]:
    """Erase a customer; what was removed, by kind."""
    async with stores_of(data) as stores, connected(read(BusSettings), "erase") as client:
        removed = await stores.erasing(StreamErasing(client)).erase(customer)
    settings = read(ProcessSettings)
    await scrub(settings.records.get_secret_value(), settings.keys.get_secret_value())
    return removed


async def _exported(customer: str, data: Path) -> dict[str, Any]:
    async with stores_of(data) as stores:
        return await Export(stores.records, stores.keys, time.time).of(customer)


async def _kept(data: Path) -> Mapping[str, int]:
    async with stores_of(data) as stores:
        erasing = stores.erasing(NoMessages())
        return await Retention(stores.records, stores.key_records, erasing, stores.keep, time.time).run()


async def _rotated(data: Path) -> int:
    async with stores_of(data) as stores:
        return await stores.keys.rotate()


@asynccontextmanager
async def stores_of(data: Path) -> AsyncIterator[Stores]:
    """Those of the settings in the environment, else of the development environment in `data`."""
    adopt(data)
    settings = read(ProcessSettings)
    keyring = Keyring.parse(settings.seal_keys.get_secret_value())
    async with open_stores(settings) as (records, keys):
        yield Stores(records, keys, CustomerKeys(keys, keyring), read(RetentionSettings))


def _print(removed: Mapping[str, int], as_json: bool, *, title: str, nothing: str) -> None:
    """The kinds by name; `title` over them, or `nothing`. As JSON always every kind."""
    counted = {kind: removed.get(kind, 0) for kind in (*_KINDS, *(kind for kind in removed if kind not in _KINDS))}
    if as_json:
        print(json.dumps(counted))
        return
    console = terminal()
    console.print(title if any(counted.values()) else nothing, highlight=False, markup=False, soft_wrap=True)
    for kind, count in counted.items():
        if count:
            console.print(f"  {kind:<14}{count:>6}  [dim]{_KINDS.get(kind, '')}[/]", highlight=False, soft_wrap=True)
