"""What a change of a record costs: the lane's writes through the port, against the bare statements in one transaction."""

import asyncio
import sqlite3
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial
from pathlib import Path

from bench.benchmark import Benchmark, Cell, Progress
from bench.mongo import mongo_cells, mongo_figures
from bench.statistics import Figure, Round, Sample, Spread, ratios, series
from shared.contracts import Customer, Draft, Text
from shared.lane.admission import admit
from shared.lane.delivery import claim, deliver, settle
from shared.lane.documents import Conversation, Item, Step, Turn, opened, turn_of
from shared.lane.turns import store_step
from shared.stores.customers import Memory
from shared.stores.port import Records
from shared.stores.sqlite import SqliteRecords
from shared.stores.sqlite.connection import connect
from shared.stores.sqlite.records import schema
from shared.stores.sqlite.tables import Table

_LANES = 64  # conversations at a time
_WARM = 20  # turns of each until its document has its usual size
_TURNS = 10  # of each, a round
_BARE = 10_000
_FEW, _MANY = 1_000, 1_000_000  # turns in the store

WORDS = "The order is on its way and should be with you within the next two working days. "
DRAFT = Draft(kind="reply", parts=(Text(text=WORDS * 3),), language="en", said=WORDS)
CUSTOMER = Customer(id="customer-1", assurance="verified")
STEP = Step(answer={"role": "assistant", "content": WORDS * 3}, model="understudy", usage={"total_tokens": 900})


async def web_turn(records: Records, id: str) -> int:
    """Three writes: admit, the turn with its step, deliver."""
    return await lane_turn(records, id, keeps=True)


async def lane_turn(records: Records, id: str, *, keeps: bool = False) -> int:
    """Two writes, of one document: admit and deliver. With `keeps` the turn between them is inserted."""
    now = time.time()
    item = Item(id=f"m{now}", at=now, customer=CUSTOMER, sealed="x" * 400)
    admitted = await records.change(Conversation, id, lambda lane: admit(lane, item, now), absent=opened(id, "c", "web", now))
    assert admitted is not None
    assert admitted.active is not None
    epoch = admitted.active.epoch
    if keeps:
        await records.insert(turn_of(id, epoch, now, said=WORDS, steps=(STEP,)))
    settled = await records.change(Conversation, id, lambda lane: deliver(lane, epoch, DRAFT, "answered", now=now))
    assert settled is not None
    assert settled.settled
    return 3 if keeps else 2


async def channel_turn(records: Records, id: str) -> int:
    """Six writes and three reads: a look-up (two steps), then claim and settle apart."""
    now = time.time()
    item = Item(id=f"m{now}", at=now, customer=CUSTOMER, sealed="x" * 400)
    admitted = await records.change(Conversation, id, lambda lane: admit(lane, item, now), absent=opened(id, "c", "sms", now))
    assert admitted is not None
    assert admitted.active is not None
    epoch = admitted.active.epoch
    turn = turn_of(id, epoch, now, said=WORDS)
    await records.insert(turn)
    for number in range(2):
        await records.get(Turn, turn.id)
        await records.change(Turn, turn.id, partial(store_step, number=number, step=STEP))
    await records.get(Conversation, id)
    held = await records.change(Conversation, id, lambda lane: claim(lane, epoch, DRAFT, attempt="a", now=now))
    assert held is not None
    assert held.state == "mine"
    done = await records.change(Conversation, id, lambda lane: settle(lane, epoch, "a", "answered", now=now))
    assert done is not None
    assert done.settled
    return 6


async def small_turn(records: Records, id: str) -> int:
    """Seven writes and ten reads of documents of 1.3 KB: the turn that research measured its prototype with."""
    fresh = f"{id}:{time.perf_counter_ns()}"
    memory = Memory(id=fresh, at=time.time(), customer=id, text="x" * 1200)
    for number in range(3):
        await records.insert(memory.model_copy(update={"id": f"{fresh}:{number}"}))
        for _ in range(3):
            await records.get(Memory, f"{fresh}:{number}")
    await records.find(Memory, id, limit=20)
    for number in range(4):
        turn = f"turn-{number}"
        await records.change(Memory, f"{fresh}:{number % 3}", partial(_renamed, turn=turn))
    return 7


def _renamed(memory: Memory, turn: str) -> tuple[Memory, str]:
    return memory.model_copy(update={"turn": turn}), turn


class Lanes:
    """Conversations in a file of their own, and how one of their turns writes."""

    def __init__(self, path: Path, turn: Callable[[Records, str], Awaitable[int]]) -> None:
        self._records, self._turn = SqliteRecords(path), turn
        self._names = [f"lane-{number}" for number in range(_LANES)]

    async def close(self) -> None:
        await self._records.close()

    async def run(self, turns: int) -> int:
        """So many turns of every conversation, all conversations at a time; returns the writes."""

        async def run(id: str) -> int:
            return sum([await self._turn(self._records, id) for _ in range(turns)])

        return sum(await asyncio.gather(*map(run, self._names)))

    async def measure(self) -> Sample:
        """CPU time is that of this process with all its threads: the store's work is done here."""
        wall, cpu = time.perf_counter(), time.process_time()
        writes = await self.run(_TURNS)
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
        turns = _LANES * _TURNS
        return {"rate": turns / wall, "turn": cpu / turns, "write": cpu / writes}

    async def size(self) -> int:
        """Bytes of a conversation's document."""
        lane = await self._records.get(Conversation, self._names[0])
        assert lane
        return len(lane.model_dump_json())


def bare(connection: sqlite3.Connection, size: int) -> Callable[[], Awaitable[Sample]]:
    """Read and update of one row of this size, all in one transaction: what no port can go below."""
    table = Table.of("conversations")
    for statement in schema().statements:
        connection.execute(statement)
    body = b"x" * size
    for number in range(_LANES):
        connection.execute(table.insert, (f"lane-{number}", "c", None, 1.0, None, None, body))

    async def measure() -> Sample:
        cpu = time.process_time()
        connection.execute("begin immediate")
        for number in range(_BARE):
            row = connection.execute(table.read, (f"lane-{number % _LANES}",)).fetchone()
            connection.execute(table.update, (f"lane-{number % _LANES}", "c", None, 1.0, float(number), None, body, row[0]))
        connection.execute("commit")
        cpu = time.process_time() - cpu
        return {"write": cpu / _BARE}

    return measure


def fill(path: Path, turns: int) -> None:
    """Put so many turns of 2,000 conversations into a file that the records have made."""
    past = turn_of("past", 1, 1.0, said=WORDS, steps=(STEP,))
    body = past.model_dump_json().encode()
    connection = connect(path, schema())
    try:
        connection.execute("pragma synchronous=off")  # this connection alone, and nothing is measured yet
        connection.execute("begin immediate")
        rows = ((f"past-{n % 2000}:{n}", f"past-{n % 2000}", None, float(n), None, None, body) for n in range(turns))
        connection.executemany(Table.of("turns").insert, rows)
        connection.execute("commit")
        connection.execute("pragma wal_checkpoint(truncate)")
    finally:
        connection.close()


@asynccontextmanager
async def records_opened(folder: Path, progress: Progress) -> AsyncIterator[Mapping[str, Cell]]:
    """One file for each kind of turn, its documents grown to the size that they keep."""
    turns = {"web": web_turn, "channel": channel_turn, "small": small_turn, "few": web_turn, "many": web_turn}
    past = {"few": _FEW, "many": _MANY}
    async with AsyncExitStack() as stack:
        cells: dict[str, Cell] = {}
        size = 0
        for name, turn in turns.items():
            progress(f"documents of their usual size: {name}")
            lanes = Lanes(folder / f"{name}.db", turn)
            stack.push_async_callback(lanes.close)
            if name in past:
                fill(folder / f"{name}.db", past[name])
            await lanes.run(_WARM)
            size = size or await lanes.size()
            cells[name] = lanes.measure
        connection = connect(folder / "bare.db", schema())
        stack.callback(connection.close)
        cells["bare"] = bare(connection, size)
        past_turn = turn_of("past", 1, 1.0, said=WORDS, steps=(STEP,))
        mongo = await stack.enter_async_context(mongo_cells(folder, progress, lane_turn, web_turn, past_turn))
        yield {**cells, **mongo}


def figures(rounds: Sequence[Round]) -> list[Figure]:
    """CPU of turns, and of a write against the bare statements."""

    def of(cell: str, metric: str, scale: float = 1.0) -> Spread:
        return Spread.of([scale * value for value in series(rounds, cell, metric)])

    return [
        Figure("records.web_turn", "CPU of a web turn's 3 writes", "ms", of("web", "turn", 1000), "lower"),
        Figure("records.channel_turn", "CPU of a turn of 6 writes and 3 reads", "ms", of("channel", "turn", 1000), "lower"),
        Figure("records.small_turn", "CPU of 7 writes and 10 reads of 1.3 KB", "ms", of("small", "turn", 1000), "lower"),
        Figure("records.web_rate", "web turns a second, 64 at a time, every commit synced", "/s", of("web", "rate"), "higher"),
        Figure(
            "records.write",
            "CPU of a web turn's write by the bare read and update of a row of the size",
            "×",
            Spread.of(ratios(rounds, "web", "bare", "write")),
            "lower",
        ),
        Figure(
            "records.filled",
            f"CPU of a web turn's writes with {_MANY:,} turns in the store, by with {_FEW:,}",
            "×",
            Spread.of(ratios(rounds, "many", "few", "turn")),
            "lower",
            aim=1.1,
        ),
        *mongo_figures(rounds),
    ]


RECORDS = Benchmark("records", "the lane's writes through the port of records", records_opened, figures)
