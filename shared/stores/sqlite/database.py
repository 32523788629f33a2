"""A SQLite file in use: one thread writes in groups, the loop's thread reads.

A group is one transaction and one fsync for all that queued up; then every caller is answered.
"""

import asyncio
import contextlib
import sqlite3
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue
from typing import Any, TypeVar

from shared.errors import StoreUnavailable
from shared.stores.sqlite.connection import Gate, Row, Schema, connect, prepare, translated

T = TypeVar("T")

GROUP = 256  # writes in one transaction
WAITING = 20_000  # writes that may wait
PATIENCE = 10.0  # seconds without any answer of the thread, after which callers are told that the store is away


@dataclass(slots=True)
class _Write:
    work: Callable[[sqlite3.Connection], Any]
    answer: asyncio.Future[Any]
    result: Any = None
    error: Exception | None = None


class Database:
    """An open file. Belongs to the loop it is made in.

    Raises `StoreUnavailable` when the file cannot be opened, `StoreBroken` when it is no database or not of `schema`.
    A piece of work must leave nothing behind when it raises: at most one statement of it changes anything, or it uses a
    savepoint. It then fails alone; the group goes on.
    """

    def __init__(self, path: Path, schema: Schema, *, patience: float = PATIENCE) -> None:
        self._loop = asyncio.get_running_loop()
        self._fresh: list[_Write] = []  # of this tick of the loop
        self._queue: SimpleQueue[list[_Write]] = SimpleQueue()  # an empty list closes
        self._waiting: set[asyncio.Future[Any]] = set()
        self._accepted = 0  # writes that the thread has not answered, whether or not somebody still waits for them
        self._answered = 0  # groups
        self._patience = patience
        self._watch: asyncio.TimerHandle | None = None
        self._closing = False
        try:
            self._open(path, schema)
        except (sqlite3.Error, OSError) as error:
            raise translated(error) from error
        self._thread = threading.Thread(target=self._run, name=f"writer of {path.name}", daemon=True)
        self._thread.start()

    def read(self, sql: str, parameters: Sequence[Any] = ()) -> list[Row]:
        """The rows that are committed, and so durable. Runs at once, on the caller's thread."""
        if self._closing:
            raise StoreUnavailable("the store is closed")
        try:
            return self._reader.execute(sql, parameters).fetchall()
        except sqlite3.Error as error:
            raise translated(error) from error

    async def do(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """What `work` answered or raised, once the group's commit is durable.

        Raises `StoreUnavailable` when the group failed, when too many wait, or when the thread stands still. Work whose
        caller has gone before its turn came is not done; later than that it is.
        """
        if self._closing or self._accepted >= WAITING:
            raise StoreUnavailable("the store is closed" if self._closing else "too many writes are waiting")
        if not self._fresh:  # waking the thread once a tick, not once a write, makes groups larger
            self._loop.call_soon(self._hand_over)
        answer: asyncio.Future[T] = self._loop.create_future()
        self._accepted += 1
        self._waiting.add(answer)
        self._fresh.append(_Write(work, answer))
        return await answer

    async def close(self) -> None:
        """Do what was accepted, then release the file. Raises `StoreUnavailable` when the thread stands still."""
        if not self._closing:
            self._closing = True
            self._reader.close()
            self._loop.call_soon(self._queue.put, [])  # after what was written in this tick
        await asyncio.to_thread(self._thread.join, self._patience)
        if self._thread.is_alive():
            raise StoreUnavailable(f"the writer did not finish within {self._patience:g} s")

    def _open(self, path: Path, schema: Schema) -> None:
        with contextlib.ExitStack() as undo:
            self._gate = Gate(path)
            undo.callback(self._gate.close)
            with self._gate.held():
                self._connection = connect(path, schema)
                undo.callback(self._connection.close)
                prepare(self._connection, schema)
                self._reader = connect(path, schema, reader=True)
            undo.pop_all()

    # --- on the loop ---
    def _hand_over(self) -> None:
        fresh, self._fresh = self._fresh, []
        self._queue.put(fresh)
        if self._watch is None:
            self._watch = self._loop.call_later(self._patience / 2, self._look, self._answered)

    def _look(self, answered: int, still: bool = False) -> None:
        """A stopped process may hold the gate for as long as it likes; our callers have deadlines.

        Looks twice, as it may be this very process that was stopped and has just come back.
        """
        self._watch = None
        stands = answered == self._answered
        if stands and still:
            for answer in self._waiting:
                if not answer.done():
                    answer.set_exception(StoreUnavailable(f"no write was acknowledged for {self._patience:g} s"))
            self._waiting.clear()
        elif self._waiting:
            self._watch = self._loop.call_later(self._patience / 2, self._look, self._answered, stands)

    def _settle(self, group: list[_Write]) -> None:
        self._answered += 1
        self._accepted -= len(group)
        for write in group:
            self._waiting.discard(write.answer)
            if write.answer.done():  # its caller was cancelled, or has lost patience
                continue
            if write.error is None:
                write.answer.set_result(write.result)
            else:
                write.answer.set_exception(write.error)

    # --- in the thread ---
    def _run(self) -> None:
        while group := self._queue.get():
            try:
                with self._gate.held():
                    self._commit(group)
            except Exception as error:  # anything that escaped here would end the thread, and every write with it
                for write in group:
                    write.error = translated(error)
            with contextlib.suppress(RuntimeError):  # the loop is gone, and with it the callers
                self._loop.call_soon_threadsafe(self._settle, group)
        with contextlib.suppress(OSError), self._gate.held():  # the last connection of all checkpoints
            self._connection.close()
        self._gate.close()

    def _commit(self, group: list[_Write]) -> None:
        """One transaction for all that queued up, also for what came while we waited at the gate."""
        while len(group) < GROUP and not self._queue.empty():  # this thread alone takes from it
            if not (more := self._queue.get()):
                self._queue.put(more)  # closing: this group is the last
                break
            group += more
        connection = self._connection
        connection.execute("begin immediate")
        try:
            for write in group:
                if write.answer.done():  # nobody waits for it any more
                    continue
                try:
                    write.result = write.work(connection)
                except Exception as error:  # also what a transition raises, or a value that SQLite cannot hold
                    write.error = translated(error)
                    if not connection.in_transaction:  # disk full, I/O error: SQLite undid the whole group
                        raise
            connection.execute("commit")
        finally:
            if connection.in_transaction:
                connection.execute("rollback")
