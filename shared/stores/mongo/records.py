"""The records on MongoDB: `shared.stores.port.Records`, one document a record, one command an operation where one can do.

A change reads, applies, and replaces what still has the revision that was read. Reads see only what a majority has in its
journal, writes are answered only then; both go to the primary.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Iterable
from typing import Any

from bson.errors import InvalidDocument
from pymongo.errors import PyMongoError

from shared.errors import ConfigurationError, StoreUnavailable
from shared.stores.collections import COLLECTIONS
from shared.stores.mongo import client as clients
from shared.stores.mongo.change import Change, Collection, insert
from shared.stores.mongo.envelope import moment, new_writer
from shared.stores.mongo.errors import translated
from shared.stores.mongo.known import Known
from shared.stores.mongo.schema import OWN
from shared.stores.mongo.settings import MongoSettings
from shared.stores.mongo.turns import Turns
from shared.stores.parsed import Parsed, parse, readable
from shared.stores.port import D, Document, R, Transition

PATIENCE = 10.0  # seconds of an operation with all its attempts


class MongoRecords:
    """Records in one database. Belongs to the running loop, as its client does.

    `client` is a `pymongo.AsyncMongoClient` or a `motor.motor_asyncio.AsyncIOMotorClient`; `close` closes it. Whoever needs
    more than `patience` seconds gets `StoreUnavailable`.
    """

    def __init__(
        self,
        client: Any,
        database: str = clients.DATABASE,
        *,
        collections: Iterable[str] = COLLECTIONS,
        patience: float = PATIENCE,
        parsed: Parsed | None = None,
        known: Known | None = None,
    ) -> None:
        self._client = client
        self._database = clients.database_of(client, database)
        self._collections: dict[str, Collection] = {name: self._database.get_collection(name) for name in collections}
        self._patience = patience
        self._parsed, self._known = parsed or Parsed(), known or Known()
        self._turns, self._writer = Turns(), new_writer()
        self._running = 0
        self._idle: asyncio.Event | None = None  # set when closing and nothing runs any more

    @classmethod
    async def open(
        cls,
        url: str,
        settings: MongoSettings | None = None,
        *,
        database: str = "",
        collections: Iterable[str] = COLLECTIONS,
    ) -> "MongoRecords":
        """The records of `url`, in its database or in `database`, proven to be there and as this release needs them.

        Raises `ConfigurationError` for a wrong URL or when we are refused, `StoreUnavailable` when nobody answers,
        `StoreBroken` when `frontdesk migrate apply` has to run first.
        """
        client = clients.client_of(url, settings or MongoSettings())
        records = cls(client, database or clients.named_database(url), collections=collections)
        try:
            await records.ready()
        except BaseException:
            await records.close()
            raise
        return records

    async def ready(self) -> None:
        """Raises as `open` does unless the database is as this release needs it."""
        await clients.ready(self._database, self._collections)

    async def get(self, of: type[D], id: str) -> D | None:
        collection = self._collection(of)
        async with self._accepted():
            found = await collection.find_one({"_id": id}, {"_id": 0, "body": 1})
        return self._parsed.read(of, id, found["body"]) if found else None

    async def insert(self, document: D) -> bool:
        collection = self._collection(type(document))
        async with self._accepted(), self._turns.of((document.collection, document.id)):
            return await insert(collection, document, self._writer)

    async def change(self, of: type[D], id: str, transition: Transition[D, R], *, absent: D | None = None) -> R | None:
        collection = self._collection(of)
        async with self._accepted(), self._turns.of((of.collection, id)):
            change = Change(collection, of, id, _carried(transition), absent, self._parsed, self._known, self._writer)
            return await change.run()

    async def find(self, of: type[D], group: str, *, limit: int = 50, before: float | None = None) -> list[D]:
        query: dict[str, Any] = {"group": group}
        if before is not None:
            query["at"] = {"$lt": before}
        return [parse(of, body) for body in await self._page(of, query, [("at", -1), ("_id", -1)], limit)]

    async def due(self, of: type[D], now: float, *, limit: int = 500, after: D | None = None) -> list[D]:
        query: dict[str, Any] = {"due": {"$lte": now}}
        if after is not None:
            behind = [{"due": {"$gt": after.due, "$lte": now}}, {"due": after.due, "_id": {"$gt": after.id}}]
            query = {"$or": behind}
        return readable(of, await self._page(of, query, [("due", 1), ("_id", 1)], limit))

    async def older(self, of: type[D], before: float, *, limit: int = 500, after: D | None = None) -> list[D]:
        query: dict[str, Any] = {"at": {"$lt": before}}
        if after is not None:
            behind = [{"at": {"$gt": after.at, "$lt": before}}, {"at": after.at, "_id": {"$gt": after.id}}]
            query = {"$or": behind}
        return readable(of, await self._page(of, query, [("at", 1), ("_id", 1)], limit))

    async def remove(self, of: type[D], id: str, condition: Callable[[D], bool]) -> bool:
        """After `StoreUnavailable` it may be gone or not: remove again."""
        collection = self._collection(of)
        async with self._accepted(), self._turns.of((of.collection, id)):
            self._known.forget(of, id)
            while True:
                found = await collection.find_one({"_id": id})
                if found is None or not condition(self._parsed.read(of, id, found["body"])):
                    return False
                standing = {"_id": id, "rev": found["rev"], "by": found["by"]}
                if (await collection.delete_one(standing)).deleted_count:
                    return True  # else somebody wrote meanwhile

    async def expire(self, of: type[D], now: float, *, limit: int = 500) -> int:
        """MongoDB's own TTL deletes too, by its own clock; whoever calls this waits for neither."""
        collection = self._collection(of)
        over = {"expires": {"$lte": moment(now)}}
        async with self._accepted():
            while True:
                found = await collection.find(over, {"_id": 1}).sort("expires", 1).limit(limit).to_list(None)
                if not found:
                    return 0
                some = {"_id": {"$in": [each["_id"] for each in found]}}
                if deleted := (await collection.delete_many(some | over)).deleted_count:
                    return deleted  # none: somebody else deleted them all, and there may be more

    async def delete(self, of: type[D], id: str) -> bool:
        """After `StoreUnavailable` it may be gone or not: delete again."""
        collection = self._collection(of)
        self._known.forget(of, id)
        async with self._accepted():
            return (await collection.delete_one({"_id": id})).deleted_count == 1

    async def ping(self) -> None:
        """Writes, and waits for a majority: nothing less finds a full disk or a primary that has no majority."""
        async with self._accepted():
            own: Collection = self._database.get_collection(OWN)
            await own.update_one({"_id": "ping"}, {"$inc": {"count": 1}}, upsert=True)

    async def close(self) -> None:
        if self._idle is None:
            self._idle = asyncio.Event()
            if not self._running:
                self._idle.set()
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._idle.wait(), self._patience)
        await clients.close(self._client)

    async def _page(
        self, of: type[Document], query: dict[str, Any], order: list[tuple[str, int]], limit: int
    ) -> list[bytes | str]:
        collection = self._collection(of)
        async with self._accepted():
            cursor = collection.find(query, {"_id": 0, "body": 1}).sort(order).limit(limit)
            found = await cursor.to_list(None)
        return [each["body"] for each in found]

    def _collection(self, of: type[Document]) -> Collection:
        collection = self._collections.get(of.collection)
        if collection is None:
            raise ConfigurationError(f"{of.__name__}: no collection {of.collection!r}; name it in shared/stores/collections.py")
        return collection

    @contextlib.asynccontextmanager
    async def _accepted(self) -> AsyncIterator[None]:
        """An operation, bounded in time, which `close` waits for."""
        if self._idle is not None:
            raise StoreUnavailable("the store is closed")
        self._running += 1
        try:
            async with asyncio.timeout(self._patience):
                yield
        except (PyMongoError, TimeoutError, InvalidDocument) as error:
            raise translated(error) from error
        finally:
            self._running -= 1
            if self._idle is not None and not self._running:
                self._idle.set()


def _carried(transition: Transition[D, R]) -> Transition[D, R]:
    """A coroutine cannot raise StopIteration: its caller sees a RuntimeError, as with every store."""

    def apply(found: D) -> tuple[D, R]:
        try:
            return transition(found)
        except StopIteration as error:
            raise RuntimeError(repr(error)) from error

    return apply
