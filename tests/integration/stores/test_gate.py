"""The gate in front of the writers: fair, bounded waiting, and no commit or checkpoint beside it."""

import asyncio
import fcntl
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from shared.errors import StoreUnavailable
from shared.lane.documents import Turn
from shared.stores.sqlite import SqliteRecords, database
from tests.integration.stores.conftest import Spawn

HOLD = "import fcntl, sys; f = open(sys.argv[1]); fcntl.flock(f, fcntl.LOCK_EX); print('held', flush=True); sys.stdin.read()"


def turn(id: str) -> Turn:
    return Turn(id=id, at=0.0, conversation="c", epoch=1)


@pytest.fixture
def gate(records: SqliteRecords, file: Path) -> Iterator[int]:
    """A descriptor of the gate, as another process would have it. `records` is open."""
    descriptor = os.open(f"{file}-gate", os.O_RDWR)
    yield descriptor
    os.close(descriptor)


async def test_nothing_is_written_while_another_holds_the_gate(records: SqliteRecords, file: Path, gate: int) -> None:
    fcntl.flock(gate, fcntl.LOCK_EX)
    wal = Path(f"{file}-wal")
    before = wal.read_bytes()
    write = asyncio.create_task(records.insert(turn("a")))
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(asyncio.shield(write), 0.1)
    assert await records.get(Turn, "a") is None, "reading needs no gate"
    assert wal.read_bytes() == before
    fcntl.flock(gate, fcntl.LOCK_UN)
    assert await write


async def test_closing_waits_for_the_gate_because_it_checkpoints(file: Path) -> None:
    records = SqliteRecords(file)
    await records.insert(turn("a"))
    descriptor = os.open(f"{file}-gate", os.O_RDWR)
    fcntl.flock(descriptor, fcntl.LOCK_EX)
    closing = asyncio.create_task(records.close())
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(asyncio.shield(closing), 0.1)
    assert Path(f"{file}-wal").stat().st_size > 0
    os.close(descriptor)
    await closing
    assert not Path(f"{file}-wal").exists()


async def test_a_killed_holder_frees_the_gate(records: SqliteRecords, spawn: Spawn, file: Path) -> None:
    holder = spawn("-c", HOLD, f"{file}-gate")
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    write = asyncio.create_task(records.insert(turn("a")))
    await asyncio.sleep(0.05)
    assert not write.done()
    holder.kill()
    assert await asyncio.wait_for(write, 5)


async def test_a_stopped_holder_makes_the_store_away_not_silent(spawn: Spawn, file: Path) -> None:
    records = SqliteRecords(file, patience=0.2)
    holder = spawn("-c", HOLD, f"{file}-gate")
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    holder.send_signal(signal.SIGSTOP)
    with pytest.raises(StoreUnavailable, match="acknowledged"):
        await records.insert(turn("a"))
    with pytest.raises(StoreUnavailable, match="acknowledged"):
        await records.ping()
    with pytest.raises(StoreUnavailable, match="did not finish"):
        await records.close()
    holder.send_signal(signal.SIGCONT)
    holder.communicate("")
    await records.close()
    again = SqliteRecords(file)
    assert await again.get(Turn, "a") is None, "nobody waited for it when its turn came"
    assert await again.insert(turn("a"))
    await again.close()


async def test_a_caller_that_left_before_its_turn_has_written_nothing(records: SqliteRecords, gate: int) -> None:
    fcntl.flock(gate, fcntl.LOCK_EX)
    left, stays = asyncio.create_task(records.insert(turn("left"))), asyncio.create_task(records.insert(turn("stays")))
    await asyncio.sleep(0.02)
    left.cancel()
    await asyncio.sleep(0)
    fcntl.flock(gate, fcntl.LOCK_UN)
    assert await stays
    assert await records.get(Turn, "left") is None


async def test_patience_is_with_the_thread_not_with_each_write(file: Path) -> None:
    records = SqliteRecords(file, patience=0.15)
    for number in range(60):  # takes longer than the patience, and is answered all the while
        assert await records.insert(turn(f"a{number}"))
        await asyncio.sleep(0.005)
    await records.close()


async def test_more_than_the_bound_may_not_wait(records: SqliteRecords, gate: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "WAITING", 10)
    fcntl.flock(gate, fcntl.LOCK_EX)
    writes = [asyncio.create_task(records.insert(turn(f"a{n}"))) for n in range(10)]
    await asyncio.sleep(0)
    with pytest.raises(StoreUnavailable, match="too many"):
        await records.insert(turn("b"))
    writes.pop().cancel()
    with pytest.raises(StoreUnavailable, match="too many"):  # the queue still holds it
        await records.insert(turn("b"))
    fcntl.flock(gate, fcntl.LOCK_UN)
    assert all(await asyncio.gather(*writes))
    assert await records.insert(turn("b"))


async def test_writes_of_one_tick_share_a_commit(records: SqliteRecords, file: Path) -> None:
    await records.ping()
    before = Path(f"{file}-wal").stat().st_size
    await asyncio.gather(*(records.ping() for _ in range(100)))
    assert Path(f"{file}-wal").stat().st_size - before < 100 * 4096
