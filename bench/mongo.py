"""What a change of a record costs on MongoDB: the lane's operations, against the bare `findAndModify` that they need.

The server is that of FRONTDESK_TEST_MONGODB_URL, else the stand-in of the tests where `make mongo` has installed it; with
neither, these figures are left out, and that is said.
"""

import asyncio
import hashlib
import os
import sys
import time
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

from pymongo import ASCENDING

from bench.benchmark import Cell, Progress
from bench.processes import children
from bench.statistics import Figure, Round, Sample, Spread, ratios
from services.dev.environment import free_port
from shared.lane.documents import Conversation, Turn
from shared.stores.collections import COLLECTIONS
from shared.stores.mongo.client import Client, client_of, close, database_of
from shared.stores.mongo.envelope import NOTHING, row
from shared.stores.mongo.known import Known
from shared.stores.mongo.records import MongoRecords
from shared.stores.mongo.schema import apply
from shared.stores.mongo.settings import MongoSettings
from shared.stores.port import Records

LanesTurn = Callable[[Records, str], Awaitable[int]]

_LANES = 8  # conversations at a time
_WARM = 20  # turns of each until its document has its usual size
_TURNS = 20  # of each, a round
_FEW, _MANY = 1_000, 10_000  # turns in the store; the stand-in takes its time to fill
_BATCH = 500


async def _on_lanes(run: Callable[[str], Awaitable[object]], times: int) -> float:
    """Seconds for so many runs on every lane, all lanes at a time."""

    async def often(id: str) -> None:
        for _ in range(times):
            await run(id)

    began = time.perf_counter()
    await asyncio.gather(*(often(f"lane-{number}") for number in range(_LANES)))
    return time.perf_counter() - began


def _cell(run: Callable[[str], Awaitable[object]]) -> Cell:
    async def measure() -> Sample:
        seconds = await _on_lanes(run, _TURNS)
        return {"rate": _LANES * _TURNS / seconds, "time": seconds / (_LANES * _TURNS)}

    return measure


@asynccontextmanager
async def mongo_cells(
    folder: Path, progress: Progress, lane_turn: LanesTurn, whole_turn: LanesTurn, turn: Turn
) -> AsyncIterator[Mapping[str, Cell]]:
    """Cells of one server, each in a database of its own that is dropped at the end; none without a server.

    `lane_turn` is admit and deliver, two changes of one document; `whole_turn` also inserts its turn, such as `turn`.
    """
    async with AsyncExitStack() as stack:
        url = await _server(folder, stack)
        if not url:
            print(
                "records: left out on MongoDB: set FRONTDESK_TEST_MONGODB_URL, or install the stand-in by `make mongo`",
                file=sys.stderr,
            )
            yield {}
            return
        own = client_of(url, MongoSettings(timeout=60.0))  # filling and dropping take their time
        stack.push_async_callback(close, own)
        cells: dict[str, Cell] = {}
        size = 0
        for name, run, known, turns in (
            ("mongo", lane_turn, None, 0),
            ("mongo_read", lane_turn, Known(most=0), 0),
            ("mongo_few", whole_turn, None, _FEW),
            ("mongo_many", whole_turn, None, _MANY),
        ):
            progress(f"documents of their usual size on MongoDB: {name}")
            database = await _database(own, stack)
            await _fill(own, database, turns, turn)
            records = MongoRecords(client_of(url, MongoSettings()), database, known=known)
            stack.push_async_callback(records.close)
            await _on_lanes(_bound(run, records), _WARM)
            lane = await records.get(Conversation, "lane-0")
            assert lane
            size = size or len(lane.model_dump_json())
            cells[name] = _cell(_bound(run, records))
        cells["mongo_bare"] = _cell(await _bare(own, await _database(own, stack), size))
        yield cells


def mongo_figures(rounds: Sequence[Round]) -> list[Figure]:
    """Rates and times against each other within a round; nothing where no server was measured."""

    def figure(name: str, about: str, spread: list[float], aim: float, *, higher: bool) -> list[Figure]:
        if not spread:
            return []
        return [Figure(f"records.{name}", about, "×", Spread.of(spread), "higher" if higher else "lower", aim=aim)]

    return [
        *figure(
            "mongo",
            "lane operations a second on MongoDB by the bare findAndModify of the size, one process",
            ratios(rounds, "mongo", "mongo_bare", "rate"),
            0.7,
            higher=True,
        ),
        *figure(
            "mongo_read",
            "the same where every change reads first, as when processes write the same lanes",
            ratios(rounds, "mongo_read", "mongo_bare", "rate"),
            0.7,
            higher=True,
        ),
        *figure(
            "mongo_filled",
            f"time of a turn's three writes on MongoDB with {_MANY:,} turns in the store, by with {_FEW:,}",
            ratios(rounds, "mongo_many", "mongo_few", "time"),
            1.1,
            higher=False,
        ),
    ]


def _bound(run: LanesTurn, records: MongoRecords) -> Callable[[str], Awaitable[object]]:
    return lambda lane: run(records, lane)


async def _server(folder: Path, stack: AsyncExitStack) -> str | None:
    """The URL of a server, which may have been started in `folder`."""
    if url := os.environ.get("FRONTDESK_TEST_MONGODB_URL"):
        return url
    listed = Path(__file__).parents[1] / "tests" / "mongo.txt"
    if not listed.exists():
        return None
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    version = hashlib.sha256(listed.read_bytes()).hexdigest()[:16]  # as tests/mongo.sh names the place
    executable = cache / "frontdesk" / f"mongo-{version}" / "bin" / "secantusd-py"
    if not executable.exists():
        return None
    port, data = free_port(), folder / "mongo"
    data.mkdir()
    started = await stack.enter_async_context(children(folder))
    options = ["--host", "127.0.0.1", "--port", str(port), "--storage-path", str(data), "--sync-on-commit"]
    await started.start("mongo-server", [executable, *options, "--log-level", "INFO"], said="listening")
    return f"mongodb://127.0.0.1:{port}"


async def _database(client: Client, stack: AsyncExitStack) -> str:
    name = f"bench_{uuid.uuid4().hex[:12]}"
    if "FRONTDESK_TEST_MONGODB_URL" in os.environ:  # the stand-in's databases go with its folder
        stack.push_async_callback(client.drop_database, name)
    await apply(database_of(client, name), COLLECTIONS)
    return name


async def _fill(client: Client, database: str, turns: int, turn: Turn) -> None:
    collection = client[database]["turns"]
    made: dict[str, Any] = row(turn, NOTHING.next())
    for first in range(0, turns, _BATCH):
        some = range(first, min(first + _BATCH, turns))
        await collection.insert_many(
            [{**made, "_id": f"past-{number % 500}:{number}", "group": f"past-{number % 500}"} for number in some],
            ordered=False,
        )


async def _bare(client: Client, database: str, size: int) -> Callable[[str], Awaitable[object]]:
    """Two `findAndModify` a turn that replace a document of this size, durable as ours are: no fewer can admit and deliver."""
    collection = database_of(client, database)["bare"]
    await collection.create_index([("due", ASCENDING)], sparse=True)
    for number in range(_LANES):
        await collection.insert_one({"_id": f"lane-{number}", "rev": 0})

    async def run(id: str) -> None:
        for _ in range(2):
            body = {"rev": time.time_ns(), "group": "c", "at": 1.0, "due": time.time(), "body": "x" * size}
            await collection.find_one_and_replace({"_id": id}, body, projection={"rev": 1})

    return run
