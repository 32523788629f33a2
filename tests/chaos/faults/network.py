"""A network between services and broker that breaks, crawls, or swallows. Needs a system behind a proxy."""

import asyncio
import random
from dataclasses import dataclass

from tests.chaos.system import System


@dataclass(frozen=True, slots=True)
class Cut:
    """Every connection is reset."""

    async def strike(self, system: System, _: random.Random) -> str:
        assert system.nats, "this system has no proxy before its broker"
        return f"cut {system.nats.cut() // 2} connections"


@dataclass(frozen=True, slots=True)
class Delay:
    """Everything takes longer for a while."""

    async def strike(self, system: System, rng: random.Random) -> str:
        assert system.nats, "this system has no proxy before its broker"
        system.nats.delay = rng.uniform(0.02, 0.2)
        await asyncio.sleep(rng.uniform(1, 3))
        told, system.nats.delay = f"delay {system.nats.delay * 1000:.0f} ms", 0.0
        return told


@dataclass(frozen=True, slots=True)
class Silence:
    """Connections stand and nothing passes: nobody is told."""

    async def strike(self, system: System, rng: random.Random) -> str:
        assert system.nats, "this system has no proxy before its broker"
        seconds = rng.uniform(1, 4)
        system.nats.stop()
        await asyncio.sleep(seconds)
        system.nats.go()
        return f"silence {seconds:.1f} s"
