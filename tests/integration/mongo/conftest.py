"""A database of the test's own, and ways to it that lose answers."""

import contextlib
import uuid
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager

import pytest
from motor.motor_asyncio import AsyncIOMotorClient

from shared.stores.mongo.client import client_of, close, database_of
from shared.stores.mongo.records import MongoRecords
from shared.stores.mongo.schema import apply
from shared.stores.mongo.settings import MongoSettings
from tests.integration.mongo.proxy import Proxy, proxy_before

COLLECTIONS = ("conversations", "effects", "memories")

Open = Callable[..., AbstractAsyncContextManager[MongoRecords]]


@pytest.fixture
async def database(mongo_url: str) -> AsyncIterator[str]:
    """The name of a database with the schema of `COLLECTIONS`; gone after the test."""
    name = f"test_{uuid.uuid4().hex[:12]}"
    client = client_of(mongo_url, MongoSettings())
    await apply(database_of(client, name), COLLECTIONS)
    yield name
    await client.drop_database(name)
    await close(client)


@pytest.fixture
async def proxy(mongo_url: str) -> AsyncIterator[Proxy]:
    async with proxy_before(mongo_url) as running:
        yield running


@pytest.fixture(params=["pymongo", "pymongo without retries", "motor"])
def open_records(request: pytest.FixtureRequest, database: str) -> Open:
    """Opens the database by way of a port."""

    @contextlib.asynccontextmanager
    async def opened(port: int, **options: float) -> AsyncIterator[MongoRecords]:
        url = f"mongodb://127.0.0.1:{port}/?directConnection=true&timeoutMS=2000"
        if "without" in request.param:
            url += "&retryWrites=false&retryReads=false"
        client = AsyncIOMotorClient(url) if request.param == "motor" else client_of(url, MongoSettings())
        records = MongoRecords(client, database, collections=COLLECTIONS, **options)
        try:
            yield records
        finally:
            await records.close()

    return opened


@pytest.fixture
async def records(open_records: Open, proxy: Proxy) -> AsyncIterator[MongoRecords]:
    """By way of the proxy."""
    async with open_records(proxy.port, patience=8) as opened:
        yield opened


@pytest.fixture
async def direct(mongo_url: str, database: str) -> AsyncIterator[MongoRecords]:
    """Another client, whose answers all arrive."""
    opened = MongoRecords(client_of(mongo_url, MongoSettings()), database, collections=COLLECTIONS)
    yield opened
    await opened.close()
