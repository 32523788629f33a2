"""A records store that makes everybody wait, or dies."""

import asyncio
import random
import sqlite3
from contextlib import closing
from dataclasses import dataclass

from tests.chaos.system import System


@dataclass(frozen=True, slots=True)
class LockRecords:
    """Another program holds SQLite's write lock: nothing is written meanwhile. `longest` in seconds."""

    longest: float = 4.0

    async def strike(self, system: System, rng: random.Random) -> str:
        seconds = rng.uniform(0.5, self.longest)
        with closing(_another(system)) as other:
            await asyncio.to_thread(other.execute, "begin immediate")
            await asyncio.sleep(seconds)
            other.execute("rollback")
        return f"lock records {seconds:.1f} s"


@dataclass(frozen=True, slots=True)
class SlowRecords:
    """The write lock is taken again and again for a moment, as by a backup or a migration: every write waits for it."""

    async def strike(self, system: System, rng: random.Random) -> str:
        times = rng.randint(10, 40)
        with closing(_another(system)) as other:
            for _ in range(times):
                await asyncio.to_thread(other.execute, "begin immediate")
                await asyncio.sleep(0.08)
                other.execute("rollback")
                await asyncio.sleep(0.02)
        return f"slow records, {times} times 80 ms"


@dataclass(frozen=True, slots=True)
class KillRecords:
    """SIGKILL of the records' server, which comes back with what it had acknowledged."""

    async def strike(self, system: System, _: random.Random) -> str:
        await system.kill_records()
        return "kill records"


def _another(system: System) -> sqlite3.Connection:
    return sqlite3.connect(system.records_file, isolation_level=None, timeout=30, check_same_thread=False)
