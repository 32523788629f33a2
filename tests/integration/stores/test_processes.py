"""Several processes on one file: killed in the middle of writes, started all at once."""

import sqlite3
import subprocess
from pathlib import Path

from shared.lane.documents import Conversation, Turn
from shared.stores.sqlite import SqliteRecords
from tests.integration.stores.conftest import Spawn

PROCESSES = 6
WRITING = "tests.integration.stores.writing"


def started(spawn: Spawn, file: Path) -> list["subprocess.Popen[str]"]:
    processes = [spawn("-m", WRITING, str(file), f"p{n}") for n in range(PROCESSES)]
    for process in processes:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    return processes


def told(process: "subprocess.Popen[str]", number: int) -> None:
    assert process.stdin is not None
    process.stdin.write(f"{number}\n")
    process.stdin.flush()


def integrity(file: Path) -> str:
    """Asked after every connection of this process is closed, as nothing may open the file besides them."""
    connection = sqlite3.connect(file)
    answer = connection.execute("pragma integrity_check").fetchone()[0]
    connection.close()
    return str(answer)


async def test_what_was_acknowledged_before_kill_9_is_there(spawn: Spawn, file: Path) -> None:
    processes = started(spawn, file)
    for process in processes:
        told(process, 0)
    acknowledged: list[str] = []
    for number, process in enumerate(processes):  # the first dies after a few writes, the others write on meanwhile
        assert process.stdout is not None
        acknowledged += [process.stdout.readline() for _ in range(10 * (number + 1))]
        process.kill()
    for process in processes:
        assert process.stdout is not None
        acknowledged += process.stdout.readlines()
    complete = [line.split() for line in acknowledged if line.endswith("\n")]
    assert len(complete) >= 10 * sum(range(1, PROCESSES + 1))

    records = SqliteRecords(file)
    for turn, _ in complete:
        assert await records.get(Turn, turn) is not None
    lane = await records.get(Conversation, "shared")
    counts = [int(count) for _, count in complete]
    await records.close()
    assert len(set(counts)) == len(counts), "two changes saw the same document"
    assert lane is not None
    assert lane.delivered >= max(counts)
    assert integrity(file) == "ok"


async def test_six_first_openings_at_once_and_nobody_loses_a_write(spawn: Spawn, file: Path) -> None:
    processes = [spawn("-m", WRITING, str(file), f"p{n}") for n in range(PROCESSES)]
    for process in processes:
        told(process, 20)
    outputs = [process.communicate()[0].splitlines() for process in processes]
    assert [process.returncode for process in processes] == [0] * PROCESSES
    assert [len(lines) for lines in outputs] == [21] * PROCESSES  # ready, and 20 writes

    records = SqliteRecords(file)
    lane = await records.get(Conversation, "shared")
    await records.close()
    assert lane is not None
    assert lane.delivered == 20 * PROCESSES
    assert integrity(file) == "ok"


async def test_two_openings_of_one_process_do_not_drop_its_locks(records: SqliteRecords, spawn: Spawn, file: Path) -> None:
    """Closing a descriptor of the file drops all POSIX locks of the process on it, and with them other writes."""
    second = SqliteRecords(file)
    await second.insert(Turn(id="before:1", at=0.0, conversation="before", epoch=1))
    await second.close()
    process = spawn("-m", WRITING, str(file), "p0")
    told(process, 50)
    mine = [await records.insert(Turn(id=f"mine:{n}", at=0.0, conversation="mine", epoch=n)) for n in range(50)]
    process.communicate()
    assert process.returncode == 0
    assert all(mine)
    assert len(await records.find(Turn, "mine", limit=100)) == 50
    assert len(await records.find(Turn, "p0", limit=100)) == 50


def test_nothing_but_sqlite_opens_the_file(spawn: Spawn, file: Path) -> None:
    code = """
import asyncio, os, sys
from shared.lane.documents import Turn
opened = []
def note(event, args):
    if event == "open" and isinstance(args[0], (str, bytes, os.PathLike)):
        opened.append(os.fsdecode(args[0]))
sys.addaudithook(note)
async def main(path):
    from shared.stores.open import open_records
    records = await open_records("sqlite:///" + path)
    await records.insert(Turn(id="a:1", at=0.0, conversation="a", epoch=1))
    await records.find(Turn, "a")
    await records.ping()
    await records.close()
asyncio.run(main(sys.argv[1]))
print(*(path for path in opened if path.startswith(sys.argv[1])))
"""
    process = spawn("-c", code, str(file))
    assert process.communicate()[0].split() == [f"{file}-gate"]
    assert process.returncode == 0
