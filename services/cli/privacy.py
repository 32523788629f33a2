"""What a company owes its customers: erase, export, retention; and new keys for old ones."""

import asyncio
import json
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
    _print(asyncio.run(_erased(customer, data)), as_json)


def export(customer: str, data: Path) -> None:
    """Print one JSON object."""
    print(json.dumps(asyncio.run(_exported(customer, data)), ensure_ascii=False, indent=2))


def retention(data: Path, *, as_json: bool) -> None:
    """Print what was removed, by kind."""
    _print(asyncio.run(_kept(data)), as_json)


def rotate(data: Path) -> None:
    """Print how many keys were sealed again."""
    count = asyncio.run(_rotated(data))
    terminal().print(f"{count} keys sealed again with the first key; older keys can be destroyed once this says 0")


async def _erased(customer: str, data: Path) -> Mapping[str, int]:
    async with _stores(data) as stores, connected(read(BusSettings), "erase") as client:
        removed = await stores.erasing(StreamErasing(client)).erase(customer)
    settings = read(ProcessSettings)
    await scrub(settings.records.get_secret_value(), settings.keys.get_secret_value())
    return removed


async def _exported(customer: str, data: Path) -> dict[str, Any]:
    async with _stores(data) as stores:
        return await Export(stores.records, stores.keys, time.time).of(customer)


async def _kept(data: Path) -> Mapping[str, int]:
    async with _stores(data) as stores:
        erasing = stores.erasing(NoMessages())
        return await Retention(stores.records, stores.key_records, erasing, stores.keep, time.time).run()


async def _rotated(data: Path) -> int:
    async with _stores(data) as stores:
        return await stores.keys.rotate()


@asynccontextmanager
async def _stores(data: Path) -> AsyncIterator[Stores]:
    adopt(data)
    settings = read(ProcessSettings)
    keyring = Keyring.parse(settings.seal_keys.get_secret_value())
    async with open_stores(settings) as (records, keys):
        yield Stores(records, keys, CustomerKeys(keys, keyring), read(RetentionSettings))


def _print(removed: Mapping[str, int], as_json: bool) -> None:
    if as_json:
        print(json.dumps(dict(removed)))
        return
    for kind, count in removed.items():
        if count:
            terminal().print(f"{kind:<14}{count}", highlight=False)
    if not any(removed.values()):
        terminal().print("nothing to remove")
    if removed.get("under way"):
        terminal().print("[yellow]an action is under way: it is erased by the next run, or run this again[/]")
