"""One contract, every store: a further implementation is one more entry of STORES."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pymongo
import pytest
from motor.motor_asyncio import AsyncIOMotorClient

from shared.stores.mongo.client import client_of, database_of
from shared.stores.mongo.records import MongoRecords
from shared.stores.mongo.schema import apply
from shared.stores.mongo.settings import MongoSettings
from shared.stores.parsed import Parsed
from shared.stores.port import Records
from shared.stores.sqlite import SqliteRecords
from tests.contract.records.samples import SAMPLES, OpenStore

DATABASE = "contract"


async def open_sqlite(folder: Path, mongo: Callable[[], str]) -> Records:
    return SqliteRecords(folder / "records.db", collections=SAMPLES, parsed=Parsed(verify=1))


async def open_pymongo(folder: Path, mongo: Callable[[], str]) -> Records:
    return await prepared(client_of(mongo(), MongoSettings()))


async def open_motor(folder: Path, mongo: Callable[[], str]) -> Records:
    return await prepared(AsyncIOMotorClient(mongo()))


async def prepared(client) -> Records:
    await apply(database_of(client, DATABASE), SAMPLES)
    return MongoRecords(client, DATABASE, collections=SAMPLES, parsed=Parsed(verify=1))


STORES: dict[str, Callable[[Path, Callable[[], str]], Awaitable[Records]]] = {
    "sqlite": open_sqlite,
    "pymongo": open_pymongo,
    "motor": open_motor,
}


@pytest.fixture(params=STORES)
def open_store(request: pytest.FixtureRequest, tmp_path: Path) -> OpenStore:
    def mongo() -> str:
        url: str = request.getfixturevalue("mongo_url")
        return url

    if request.param != "sqlite":
        with pymongo.MongoClient(mongo()) as client:
            for name in SAMPLES:
                client[DATABASE][name].delete_many({})

    @asynccontextmanager
    async def opened() -> AsyncIterator[Records]:
        records = await STORES[request.param](tmp_path, mongo)
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
