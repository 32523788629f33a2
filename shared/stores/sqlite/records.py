"""The records on SQLite: `shared.stores.port.Records` over one table a collection.

An operation is one statement on one document, as it is in MongoDB. Reads run on the loop's thread: a point read costs
less than handing it to a thread.
"""

import math
import os
import sqlite3
from collections.abc import Callable, Iterable
from pathlib import Path

from shared.errors import ConfigurationError
from shared.stores.collections import COLLECTIONS
from shared.stores.parsed import Parsed, parse, readable
from shared.stores.port import D, Document, R, Transition, UniqueKeyTaken
from shared.stores.sqlite.connection import Row, Schema
from shared.stores.sqlite.database import PATIENCE, Database
from shared.stores.sqlite.tables import Table

_PING = (
    "create table if not exists ping(id integer primary key check (id = 1), count integer not null) strict",
    "insert into ping values(1, 0) on conflict do nothing",
)


def schema(collections: Iterable[str] = COLLECTIONS) -> Schema:
    """Generation 1 of the records' file."""
    tables = tuple(statement for name in collections for statement in Table.of(name).create)
    return Schema(application=0x46644B31, generation=1, statements=_PING + tables)


_BEFORE_ALL = -math.inf


class SqliteRecords:
    """Records in one file. Made inside a running loop, to which it belongs.

    Raises `StoreUnavailable` when the file cannot be opened, `StoreBroken` when it is no database or of another
    generation. Callers whose write is not acknowledged for `patience` seconds get `StoreUnavailable`.
    """

    def __init__(
        self,
        path: str | os.PathLike[str],
        *,
        collections: Iterable[str] = COLLECTIONS,
        patience: float = PATIENCE,
        parsed: Parsed | None = None,
    ) -> None:
        self._tables = {name: Table.of(name) for name in collections}
        self._parsed = parsed or Parsed()
        self._database = Database(Path(path), schema(self._tables), patience=patience)

    async def get(self, of: type[D], id: str) -> D | None:
        rows = self._database.read(self._table(of).get, (id,))
        return self._parsed.read(of, id, rows[0][0]) if rows else None

    async def insert(self, document: D) -> bool:
        sql, row = self._table(type(document)).insert_unless_taken, _row(document)
        return await self._database.do(lambda connection: connection.execute(sql, row).rowcount == 1)

    async def change(self, of: type[D], id: str, transition: Transition[D, R], *, absent: D | None = None) -> R | None:
        table = self._table(of)
        return await self._database.do(lambda connection: self._change(connection, table, of, id, transition, absent))

    async def find(self, of: type[D], group: str, *, limit: int = 50, before: float | None = None) -> list[D]:
        rows = self._database.read(self._table(of).find, (group, float("inf") if before is None else before, limit))
        return [parse(of, body) for (body,) in rows]

    async def due(self, of: type[D], now: float, *, limit: int = 500, after: D | None = None) -> list[D]:
        place = (after.due, after.id) if after else (_BEFORE_ALL, "")
        rows = self._database.read(self._table(of).due, (now, *place, limit))
        return readable(of, (body for (body,) in rows))

    async def older(self, of: type[D], before: float, *, limit: int = 500, after: D | None = None) -> list[D]:
        place = (after.at, after.id) if after else (_BEFORE_ALL, "")
        rows = self._database.read(self._table(of).older, (before, *place, limit))
        return readable(of, (body for (body,) in rows))

    async def remove(self, of: type[D], id: str, condition: Callable[[D], bool]) -> bool:
        table = self._table(of)

        def work(connection: sqlite3.Connection) -> bool:
            found = connection.execute(table.read, (id,)).fetchone()
            if found is None or not condition(self._parsed.read(of, id, found[1])):
                return False
            return connection.execute(table.delete, (id,)).rowcount == 1

        return await self._database.do(work)

    async def expire(self, of: type[D], now: float, *, limit: int = 500) -> int:
        sql = self._table(of).expire
        return await self._database.do(lambda connection: connection.execute(sql, (now, limit)).rowcount)

    async def delete(self, of: type[D], id: str) -> bool:
        sql = self._table(of).delete
        return await self._database.do(lambda connection: connection.execute(sql, (id,)).rowcount == 1)

    async def ping(self) -> None:
        """Writes: nothing less finds a full disk."""
        await self._database.do(lambda connection: connection.execute("update ping set count=count+1").rowcount)

    async def close(self) -> None:
        await self._database.close()

    def _table(self, of: type[Document]) -> Table:
        table = self._tables.get(of.collection)
        if table is None:
            raise ConfigurationError(f"{of.__name__}: no collection {of.collection!r}; name it in shared/stores/collections.py")
        return table

    def _change(
        self,
        connection: sqlite3.Connection,
        table: Table,
        of: type[D],
        id: str,
        transition: Transition[D, R],
        absent: D | None,
    ) -> R | None:
        """In the writer's thread and its transaction, so nobody can come between the reading and the writing."""
        found = connection.execute(table.read, (id,)).fetchone()
        old = self._parsed.read(of, id, found[1]) if found else absent
        if old is None:
            return None
        new, told = transition(old)
        if new is old:
            return told
        if new.id != id:
            raise ValueError(f"a transition of {table.name} {id!r} gave back {new.id!r}")
        row = _row(new)
        _, group, unique, at, due, expires, body = row
        try:
            if not found:
                connection.execute(table.insert, row)
            elif found[2:] == (group, unique, at, expires):
                connection.execute(table.update, (due, body, found[0]))
            else:
                connection.execute(table.update_all, (group, unique, at, expires, due, body, found[0]))
        except sqlite3.IntegrityError as error:
            if error.sqlite_errorcode == sqlite3.SQLITE_CONSTRAINT_UNIQUE:
                raise UniqueKeyTaken(f"{table.name}: {new.unique}") from error
            raise
        self._parsed.keep(new, body)
        return told


def _row(document: Document) -> Row:
    body = document.model_dump_json().encode()
    return (document.id, document.group, document.unique, document.at, document.due, document.expires, body)
