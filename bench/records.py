"""What a change of a record costs: the lane's writes through the port, against the bare statements in one transaction.

`python -m bench.records [--turns 2000] [--flight 64]` prints operations a second and CPU (all threads) per operation.
"""

import argparse
import asyncio
import sqlite3
import tempfile
import time
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path

from shared.contracts import Customer, Draft, Text
from shared.lane.admission import admit
from shared.lane.delivery import claim, deliver, settle
from shared.lane.documents import Conversation, Item, Step, Turn, opened, turn_of
from shared.lane.turns import store_step
from shared.stores.customers import Memory
from shared.stores.sqlite import SqliteRecords
from shared.stores.sqlite.connection import connect
from shared.stores.sqlite.records import schema
from shared.stores.sqlite.tables import Table

WORDS = "The order is on its way and should be with you within the next two working days. "
DRAFT = Draft(kind="reply", parts=(Text(text=WORDS * 3),), language="en", said=WORDS)
CUSTOMER = Customer(id="customer-1", assurance="verified")
STEP = Step(answer={"role": "assistant", "content": WORDS * 3}, model="understudy", usage={"total_tokens": 900})


async def web_turn(records: SqliteRecords, id: str) -> int:
    """Three writes: admit, the turn with its step, deliver."""
    now = time.time()
    item = Item(id=f"m{now}", at=now, customer=CUSTOMER, sealed="x" * 400)
    admitted = await records.change(Conversation, id, lambda lane: admit(lane, item, now), absent=opened(id, "c", "web", now))
    assert admitted is not None
    assert admitted.active is not None
    epoch = admitted.active.epoch
    await records.insert(turn_of(id, epoch, now, said=WORDS, steps=(STEP,)))
    settled = await records.change(Conversation, id, lambda lane: deliver(lane, epoch, DRAFT, "answered", now=now))
    assert settled is not None
    assert settled.settled
    return 3


async def channel_turn(records: SqliteRecords, id: str) -> int:
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


async def small_turn(records: SqliteRecords, id: str) -> int:
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


async def measure(name: str, turn: Callable[[SqliteRecords, str], Awaitable[int]], turns: int, flight: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        records = SqliteRecords(Path(folder) / "records.db")
        lanes = [f"lane-{number}" for number in range(flight)]
        for _ in range(20):  # until the documents have their usual size: 20 remembered turns
            await asyncio.gather(*(turn(records, id) for id in lanes))
        writes, wall, cpu = 0, time.perf_counter(), time.process_time()

        async def run(id: str) -> int:
            return sum([await turn(records, id) for _ in range(turns // flight)])

        writes = sum(await asyncio.gather(*(run(id) for id in lanes)))
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
        rounds = turns // flight * flight
        lane = await records.get(Conversation, lanes[0])
        size = f"  (document {len(lane.model_dump_json())} B)" if lane else ""
        await records.close()
    print(
        f"{name:<36}{rounds / wall:8.0f} turns/s {writes / wall:8.0f} writes/s "
        f"{1e3 * cpu / rounds:7.3f} ms CPU/turn {1e6 * cpu / writes:6.0f} us CPU/write{size}"
    )


def bare(body: bytes, writes: int) -> None:
    """Read and update of one row of this size in one transaction: what no port can go below."""
    with tempfile.TemporaryDirectory() as folder:
        connection = connect(Path(folder) / "bare.db", schema())
        table = Table.of("conversations")
        for statement in schema().statements:
            connection.execute(statement)
        for number in range(64):
            connection.execute(table.insert, (f"lane-{number}", "c", None, 1.0, None, None, body))
        cpu = time.process_time()
        connection.execute("begin immediate")
        for number in range(writes):
            row = connection.execute(table.read, (f"lane-{number % 64}",)).fetchone()
            connection.execute(table.update, (f"lane-{number % 64}", "c", None, 1.0, float(number), None, body, row[0]))
        connection.execute("commit")
        cpu = time.process_time() - cpu
        connection.close()
    name = f"bare read and update, {len(body)} B"
    print(f"{name:<36}{1e6 * cpu / writes:74.1f} us CPU/write  (SQLite {sqlite3.sqlite_version})")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--turns", type=int, default=2000)
    options.add_argument("--flight", type=int, default=64)
    chosen = options.parse_args()
    bare(b"x" * 1250, 20_000)
    bare(b"x" * 10_000, 20_000)
    asyncio.run(measure("small documents: 7 writes, 10 reads", small_turn, chosen.turns, chosen.flight))
    asyncio.run(measure("web turn: 3 writes", web_turn, chosen.turns, chosen.flight))
    asyncio.run(measure("channel turn: 6 writes, 3 reads", channel_turn, chosen.turns, chosen.flight))


if __name__ == "__main__":
    main()
