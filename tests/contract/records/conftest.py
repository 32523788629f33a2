"""One contract, every store: a further implementation is one more entry of STORES."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from shared.stores.port import Records
from shared.stores.sqlite import SqliteRecords
from shared.stores.sqlite.parsed import Parsed
from tests.contract.records.samples import SAMPLES, OpenStore


async def open_sqlite(folder: Path) -> Records:
    return SqliteRecords(folder / "records.db", collections=SAMPLES, parsed=Parsed(verify=1))


STORES: dict[str, Callable[[Path], Awaitable[Records]]] = {"sqlite": open_sqlite}


@pytest.fixture(params=STORES)
def open_store(request: pytest.FixtureRequest, tmp_path: Path) -> OpenStore:
    @asynccontextmanager
    async def opened() -> AsyncIterator[Records]:
        records = await STORES[request.param](tmp_path)
        try:
            yield records
        finally:
            await records.close()

    return opened


@pytest.fixture
async def records(open_store: OpenStore) -> AsyncIterator[Records]:
    async with open_store() as opened:
        yield opened


@pytest.fixture
async def other(open_store: OpenStore) -> AsyncIterator[Records]:
    """A second client of the same store."""
    async with open_store() as opened:
        yield opened
