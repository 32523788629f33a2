"""Crash points under load: every service always runs towards one, dies there, and is started again towards the next."""

import asyncio
import random
import time
from collections import Counter
from dataclasses import dataclass, field

from services.names import STAGES
from tests.chaos import shop
from tests.chaos.customers import Customers
from tests.chaos.history import History
from tests.chaos.scenarios.scenario import Figure, Options, Outcome, promises, verdict
from tests.chaos.system import System, running
from tests.integration.crash.listed import points

_PATIENCE = 4.0  # seconds until a point that is not reached is put off
_TRIES = 2  # after which it is not tried any more


@dataclass
class Agenda:
    """Which point a service dies at next: the one with the fewest deaths of those that are ever reached."""

    wanted: int
    rng: random.Random
    deaths: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)

    def open(self, stage: str) -> list[str]:
        """The points of a service that are still to be hit."""
        return [each for each in points() if each.startswith(f"{stage}.") and self._is_open(each)]

    def _is_open(self, point: str) -> bool:
        return self.deaths[point] < self.wanted and (self.deaths[point] > 0 or self.missed[point] < _TRIES)

    def next(self, stage: str) -> str | None:
        """None: all are done."""
        left = self.open(stage)
        least = min((self.missed[each], self.deaths[each]) for each in left) if left else None
        chosen = [each for each in left if (self.missed[each], self.deaths[each]) == least]
        return self.rng.choice(chosen) if chosen else None


async def crash_points(options: Options) -> Outcome:
    """Each crash point that customers' talk leads to is hit fifty times."""
    wanted, history, folder = options.of(50), History(), options.folder
    folder.mkdir(parents=True, exist_ok=True)
    shop.seed(folder / "shop.db", shop.MOST)
    agenda = Agenda(wanted, random.Random(options.seed))
    async with running(folder) as system:
        working = [asyncio.create_task(_crashed(system, stage, agenda, history, options)) for stage in STAGES]
        load = Customers(system, history, options.seed, share=0.6)
        await load.run(lambda: all(task.done() for task in working))
        await asyncio.gather(*working)
        found = await verdict(system, history, folder)
    hit = [each for each in points() if agenda.deaths[each]]
    least = min((agenda.deaths[each] for each in hit), default=0)
    figures = (
        Figure("turns", str(history.turns)),
        Figure("points hit, of all that there are", f"{len(hit)} of {len(points())}", "≥ 1", bool(hit)),
        Figure("deaths at each of them, at least", str(least), f"≥ {wanted}", least >= wanted),
        Figure("deaths", str(agenda.deaths.total())),
    )
    return Outcome((*figures, *promises(found)), found)


async def _crashed(system: System, stage: str, agenda: Agenda, history: History, options: Options) -> None:
    point = agenda.next(stage)
    while point:
        system.crash_at[stage] = f"{point}@{agenda.rng.randint(1, 3)}"
        await system.stop(stage)
        if await system.died(stage, _PATIENCE):
            agenda.deaths[point] += 1
            history.struck.append((time.time(), f"crash at {point}"))
        else:
            agenda.missed[point] += 1
        point = agenda.next(stage)
        left = sum(len(agenda.open(each)) for each in STAGES)
        options.progress(f"{history.turns} turns, {agenda.deaths.total()} deaths, {left} points open")
    system.crash_at.pop(stage, None)
    await system.stop(stage)
