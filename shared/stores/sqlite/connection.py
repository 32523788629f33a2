"""Connections to a SQLite file, the gate in front of its writers, and what its errors mean to a caller."""

import contextlib
import fcntl
import os
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from shared.errors import StoreBroken, StoreError, StoreUnavailable

Row = tuple[Any, ...]

PRAGMAS: dict[str, str | int] = {
    "journal_mode": "wal",
    "synchronous": "full",  # NORMAL loses acknowledged commits in a power cut
    "busy_timeout": 5000,  # only a foreign tool can make us wait here; our own processes wait at the gate
    "cache_size": -16384,
    "wal_autocheckpoint": 1000,
    "journal_size_limit": 67108864,  # a WAL that a long reader made big is cut back
    "secure_delete": "on",  # what is deleted was personal, and its bytes must go too
}
READER_PRAGMAS: dict[str, str | int] = {"query_only": 1, "wal_autocheckpoint": 0}  # only whoever holds the gate checkpoints

_BROKEN = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_AWAY = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_NOMEM,
    sqlite3.SQLITE_PERM,
}


@dataclass(frozen=True, slots=True)
class Schema:
    """What a file is for. `statements` may run again and only add, so that the release before can use the result.

    `application` and `generation` are stored in the file (`application_id`, `user_version`): a file of another
    application or generation is refused.
    """

    application: int
    generation: int
    statements: tuple[str, ...]


def translated(error: Exception) -> Exception:
    """The error that a caller is shown: a StoreError for what the store did; anything else is the caller's own mistake."""
    if isinstance(error, StopIteration):  # a future cannot carry it
        return RuntimeError(repr(error))
    if isinstance(error, OSError):
        return StoreUnavailable(str(error))
    if not isinstance(error, sqlite3.Error):
        return error
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
    kind = StoreBroken if code in _BROKEN else StoreUnavailable if code in _AWAY else StoreError
    return kind(f"{getattr(error, 'sqlite_errorname', type(error).__name__)}: {error}")


def connect(path: Path, schema: Schema, *, reader: bool = False) -> sqlite3.Connection:
    """A connection in autocommit mode to a file of this schema. It is created for its owner alone; its WAL inherits that.

    Raises `StoreBroken` for a file of something else, and leaves it as it was.

    Nothing in a serving process may open the file by other means: closing such a descriptor drops the POSIX locks of
    every connection of the process (https://www.sqlite.org/howtocorrupt.html section 2.2).
    """
    fresh = not path.exists()
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False, cached_statements=256)
    try:
        if fresh:
            path.chmod(0o600)
        check(connection, schema)
        for name, value in (PRAGMAS | (READER_PRAGMAS if reader else {})).items():
            connection.execute(f"pragma {name}={value}")
    except BaseException:
        connection.close()
        raise
    return connection


def check(connection: sqlite3.Connection, schema: Schema) -> None:
    """Raises `StoreBroken` unless the file is empty or of this schema. Changes nothing."""
    application = connection.execute("pragma application_id").fetchone()[0]
    generation = connection.execute("pragma user_version").fetchone()[0]
    if (application, generation) == (schema.application, schema.generation):
        return
    if application or generation or connection.execute("select 1 from sqlite_master").fetchone():
        raise StoreBroken(
            f"the file is of application {application:#x}, schema generation {generation}; "
            f"this release needs {schema.application:#x}, {schema.generation}"
        )


def prepare(connection: sqlite3.Connection, schema: Schema) -> None:
    """Create what the file lacks, in one transaction."""
    connection.execute("begin immediate")
    try:
        connection.execute(f"pragma application_id={schema.application}")
        connection.execute(f"pragma user_version={schema.generation}")
        for statement in schema.statements:
            connection.execute(statement)
        connection.execute("commit")
    finally:
        if connection.in_transaction:
            connection.execute("rollback")


class Gate:
    """A lock between processes, beside the file: `<file>-gate`.

    It queues writers fairly, where SQLite's own lock makes them poll, and it keeps a commit of one process from meeting
    the checkpoint of another (WAL-reset corruption up to SQLite 3.51.2). The kernel drops it with its process.
    """

    def __init__(self, path: Path) -> None:
        self._descriptor = os.open(f"{path}-gate", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)

    @contextlib.contextmanager
    def held(self) -> Iterator[None]:
        fcntl.flock(self._descriptor, fcntl.LOCK_EX)
        try:
            yield
        finally:
            fcntl.flock(self._descriptor, fcntl.LOCK_UN)

    def close(self) -> None:
        os.close(self._descriptor)


def truncate_log(path: Path) -> None:
    """Move what the write-ahead log holds into the file and cut the log off: what was deleted is in neither any more.

    While a reader is at work the log stays, and the next checkpoint does it. Does nothing where there is no such file.
    """
    if not path.exists():
        return
    gate = Gate(path)
    try:
        with gate.held(), contextlib.closing(sqlite3.connect(path, timeout=5)) as connection:
            connection.execute("pragma wal_checkpoint(truncate)")
    finally:
        gate.close()
