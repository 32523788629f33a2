"""Crash points under load: every service always runs towards one, dies there, and is started again towards the next."""

import asyncio
import random
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from services.names import STAGES
from tests.chaos import shop
from tests.chaos.customers import Customers
from tests.chaos.history import History
from tests.chaos.scenarios.scenario import Figure, Options, Outcome, promises, verdict
from tests.chaos.system import System, running
from tests.integration.crash.listed import points

_LOOK = 300  # turns without a death, in which it is noted which points this talk leads to
_OFTEN = 3  # times in them; what is reached more seldom cannot be waited for
_PATIENCE = 4.0  # seconds until a service that did not get to its point runs towards another one
_LOG = "FRONTDESK_CRASH_LOG"


@dataclass
class Agenda:
    """Which of `points` a service dies at next: the one that was tried least, until it was hit `wanted` times."""

    points: tuple[str, ...]
    wanted: int
    rng: random.Random
    deaths: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)

    def left(self, stage: str = "") -> list[str]:
        """The points of a service, or of all, that are still to be hit. One that is missed again and again is given up."""
        return [each for each in self.points if each.startswith(stage) and self._is_open(each)]

    def _is_open(self, point: str) -> bool:
        return self.deaths[point] < self.wanted and self.missed[point] <= self.deaths[point] + 12

    def next(self, stage: str) -> str | None:
        """None: all are done."""
        tried = {each: self.deaths[each] + self.missed[each] for each in self.left(f"{stage}.")}
        return self.rng.choice([each for each in tried if tried[each] == min(tried.values())]) if tried else None


async def crash_points(options: Options) -> Outcome:
    """Each crash point that customers' talk leads to is hit fifty times."""
    wanted, history, folder = options.of(50), History(), options.folder
    folder.mkdir(parents=True, exist_ok=True)
    shop.seed(folder / "shop.db", shop.MOST)
    log = folder / "reached"
    async with running(folder, store=options.store, **{_LOG: str(log)}) as system:
        load = Customers(system, history, options.seed, share=0.6)
        agenda = Agenda((), wanted, random.Random(options.seed))
        crashing = asyncio.create_task(_all_crashed(system, agenda, history, options, log))
        await load.run(crashing.done)
        await crashing
        found = await verdict(system, history, folder)
    least = min(agenda.deaths[each] for each in agenda.points)
    figures = (
        Figure("turns", str(history.turns)),
        Figure(
            "points that the talk leads to, of all",
            f"{len(agenda.points)} of {len(points())}",
            "≥ 80",
            len(agenda.points) >= 80,
        ),
        Figure("deaths at each of them, at least", str(least), f"≥ {wanted}", least >= wanted),
        Figure("points hit less often", str(len([each for each in agenda.points if agenda.deaths[each] < wanted]))),
        Figure("deaths", str(agenda.deaths.total())),
    )
    return Outcome((*figures, *promises(found)), found)


async def _all_crashed(system: System, agenda: Agenda, history: History, options: Options, log: Path) -> None:
    while history.turns < _LOOK:
        options.progress(f"{history.turns} turns, looking which points there are")
        await asyncio.sleep(0.5)
    del system.settings[_LOG]
    reached = Counter(log.read_text().splitlines())
    agenda.points = tuple(sorted(each for each, times in reached.items() if times >= _OFTEN))
    await asyncio.gather(*(_crashed(system, stage, agenda, history, options) for stage in STAGES))


async def _crashed(system: System, stage: str, agenda: Agenda, history: History, options: Options) -> None:
    point = agenda.next(stage)
    while point:
        system.crash_at[stage] = f"{point}@{agenda.rng.randint(1, 1 if agenda.missed[point] else 3)}"
        await system.stop(stage)
        if await system.died(stage, _PATIENCE):
            agenda.deaths[point] += 1
            history.struck.append((time.time(), f"crash at {point}"))
        else:
            agenda.missed[point] += 1
        point = agenda.next(stage)
        options.progress(f"{history.turns} turns, {agenda.deaths.total()} deaths, {len(agenda.left())} points left")
    system.crash_at.pop(stage, None)
    await system.stop(stage)
