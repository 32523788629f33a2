"""Whether a turn stays as cheap in its thousandth hour as in its first: old conversations, and a store full of others.

The whole system, from HTTP in to SSE out. A visit opens the event stream of a conversation and has four turns in it.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from bench.benchmark import Benchmark, Cell, Progress
from bench.lanes import grown, turns_of
from bench.processes import Children, children, cpu_seconds, text
from bench.statistics import Figure, Round, Sample, Spread, ratios, series
from bench.turns.peers import Conversation
from bench.turns.system import Running, start
from shared.contracts import Customer
from shared.identity.sessions import Sessions, guest
from shared.lane.documents import turn_of
from shared.stores.sqlite import SqliteRecords
from shared.stores.sqlite.connection import connect
from shared.stores.sqlite.records import schema
from shared.stores.sqlite.tables import Table

_VISITED = 32  # conversations of each age
_AT_A_TIME = 16
_VISIT = 4  # turns
_OLD, _WINDOW = 999, 20  # turns before the first visit
_FEW, _MANY = 100, 100_000  # conversations in the store
_PAST = 3  # turns of each that nobody visits


@dataclass(slots=True)
class Visits:
    """Visits to conversations that exist (`ages`) or begin with the visit."""

    running: Running
    ages: Mapping[str, Customer] = field(default_factory=dict)
    begun: int = 0

    async def measure(self) -> Sample:
        """CPU time of all services and the broker."""
        sessions = Sessions(self.running.session_key.encode())
        waiting = list(self.ages.items()) or [(f"new-{self.begun + number}", guest()) for number in range(_VISITED)]
        self.begun += _VISITED
        pids = tuple(self.running.pids.values())
        visits = [Conversation(id, sessions.issue(customer)) for id, customer in waiting]
        used = cpu_seconds(pids)

        async def visit() -> None:
            while visits:
                conversation = visits.pop()
                await conversation.open(self.running.ingress, self.running.egress)
                for _ in range(_VISIT - 1):
                    await conversation.turn()
                conversation.close()

        await asyncio.gather(*(visit() for _ in range(_AT_A_TIME)))
        return {"cpu": (cpu_seconds(pids) - used) / (len(waiting) * _VISIT)}


async def _aged(file: Path, prefix: str, turns: int) -> Mapping[str, Customer]:
    """Conversations of this age, with the records of all their turns."""
    records, made = SqliteRecords(file), {f"{prefix}-{number}": guest() for number in range(_VISITED)}
    try:
        for id, customer in made.items():
            lane = grown(id, customer, turns, time.time() - 60)
            await asyncio.gather(records.insert(lane), *map(records.insert, turns_of(lane)))
    finally:
        await records.close()
    return made


def fill(file: Path, conversations: int) -> None:
    """Put so many conversations with a turn each into a file that the records have made."""
    customer, at = Customer(id="past-customer", assurance="anonymous"), time.time() - 3600
    lane = grown("past-0", customer, _PAST, at).model_dump_json().encode()
    turn = turn_of("past-0", _PAST, at, said="x" * 600).model_dump_json().encode()
    connection = connect(file, schema())
    try:
        connection.execute("pragma synchronous=off")  # this connection alone, and nothing is measured yet
        connection.execute("begin immediate")
        for table, end, body in (("conversations", "", lane), ("turns", f":{_PAST}", turn)):
            rows = ((f"past-{n}", body.replace(b"past-0", b"past-%d" % n)) for n in range(conversations))
            statement = Table.of(table).insert
            connection.executemany(statement, ((f"{id}{end}", id, None, at, None, None, body) for id, body in rows))
        connection.execute("commit")
        connection.execute("pragma wal_checkpoint(truncate)")
    finally:
        connection.close()


@asynccontextmanager
async def opened(folder: Path, progress: Progress) -> AsyncIterator[Mapping[str, Cell]]:
    """Two systems: one with old and new conversations in a store of few, one with those of usual size in a full store."""
    async with children(folder) as started:
        await started.python("model", "bench.turns.model", "0")
        model = f"http://127.0.0.1:{text(folder / 'model.log').split()[0]}"
        cells: dict[str, Cell] = {}
        for name, conversations in (("few", _FEW), ("many", _MANY)):
            progress(f"{conversations:,} conversations")
            place = folder / name
            place.mkdir()
            visited = await _aged(place / "records.db", "usual", _WINDOW)
            old = await _aged(place / "records.db", "old", _OLD) if name == "few" else {}
            await asyncio.to_thread(fill, place / "records.db", conversations - len(visited) - len(old))
            running = await start(Children(place, started.stack), model, progress)
            cells[name] = Visits(running, visited).measure
            if name == "few":
                cells |= {"old": Visits(running, old).measure, "new": Visits(running).measure}
        progress("warming up")
        for cell in cells.values():
            await cell()
        yield cells


def figures(rounds: Sequence[Round]) -> list[Figure]:
    """Costs of a turn by the cost of another."""

    def ratio(cell: str, base: str) -> Spread:
        return Spread.of(ratios(rounds, cell, base, "cpu"))

    first, last = f"turns {_OLD + 1:,} to {_OLD + _VISIT:,} of a conversation", f"{_WINDOW + 1} to {_WINDOW + _VISIT}"
    new = Spread.of([1000 * value for value in series(rounds, "new", "cpu")])
    return [
        Figure("growth.old", f"CPU of {first}, by turns 1 to {_VISIT}", "×", ratio("old", "new"), "lower", 1.2, 1.05),
        Figure("growth.old_by_usual", f"the same by turns {last}", "×", ratio("old", "few"), "lower", 1.2, 1.05),
        Figure(
            "growth.full_store",
            f"CPU of a turn with {_MANY:,} conversations in the store, by with {_FEW}",
            "×",
            ratio("many", "few"),
            "lower",
            1.2,
            1.05,
        ),
        Figure("growth.new", f"CPU of turns 1 to {_VISIT}, with opening the stream", "ms", new, "lower"),
    ]


GROWTH = Benchmark("growth", "old conversations, full stores", opened, figures)
