"""Model and shop that fail, say nonsense, come late, or say nothing."""

import asyncio
import random
from dataclasses import dataclass

from tests.chaos.system import System


@dataclass(frozen=True, slots=True)
class ModelFails:
    """The next answers of the model are 429, 500, garbage, or never end."""

    async def strike(self, system: System, rng: random.Random) -> str:
        kinds = ({"status": 429, "retry_after": 0.2}, {"status": 500}, {"garbage": True}, {"never": True})
        kind, times = rng.choice(kinds), rng.randint(1, 5)
        await system.model_faults(times=times, **kind)
        return f"model: {times} times {kind}"


@dataclass(frozen=True, slots=True)
class ShopFails:
    """The shop answers 503 before it does anything, or answers refunds only after its caller has given up."""

    async def strike(self, system: System, rng: random.Random) -> str:
        if rng.random() < 0.5:
            times = rng.randint(1, 8)
            await system.shop_faults(fail_next=times)
            return f"shop: {times} times 503"
        await system.shop_faults(answer_late_ms=6000)
        await asyncio.sleep(2.0)
        await system.shop_faults()
        return "shop: refunds answered late for 2 s"
