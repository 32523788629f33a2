"""What a scenario is, and what it tells: figures beside their targets, and every promise that was broken."""

import random
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.chaos import shop
from tests.chaos.checker import Violation, violations
from tests.chaos.faults.fault import Weighted
from tests.chaos.history import History
from tests.chaos.system import Store, System

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table. `held` None: it is told, and has no target. `timed`: a busy machine may miss it."""

    name: str
    value: str
    target: str = ""
    held: bool | None = None
    timed: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """Of one scenario."""

    figures: tuple[Figure, ...]
    violations: tuple[Violation, ...]


@dataclass(frozen=True, slots=True)
class Options:
    """How much is done: `scale` 1 is the long version. `folder` keeps logs, stores and the history of what failed, `store` is
    where the records are."""

    seed: int
    scale: float
    folder: Path
    progress: Progress
    store: Store = "sqlite"

    def of(self, whole: int, least: int = 1) -> int:
        """That part of `whole` which this run does."""
        return max(least, round(whole * self.scale))


Scenario = Callable[[Options], Awaitable[Outcome]]


@dataclass
class Storm:
    """Strikes with one fault after the other until it is told to stop: first so many of each kind as are `wanted`, in an
    order drawn by lot, then whichever the lot names."""

    system: System
    history: History
    faults: Sequence[Weighted]
    rng: random.Random
    wanted: Mapping[str, int]
    struck: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self._due = [each for each in self.faults for _ in range(self.wanted.get(type(each.fault).__name__, 0))]
        self.rng.shuffle(self._due)

    async def strike(self) -> str:
        """One fault."""
        if self._due:
            chosen = self._due.pop()
        else:
            [chosen] = self.rng.choices(self.faults, [each.weight for each in self.faults])
        told = await chosen.fault.strike(self.system, self.rng)
        self.struck[type(chosen.fault).__name__] += 1
        self.history.struck.append((time.time(), told))
        return told


async def verdict(system: System, history: History, folder: Path) -> tuple[Violation, ...]:
    """Ask the shop for its books, check everything, and keep the history when something was broken."""
    history.refunded = await shop.ledger(system.address("shop"))
    found = violations(history)
    if found:
        history.write(folder / "history.json", {each.conversation for each in found})
    return tuple(found)


def nothing(name: str, found: Sequence[Violation], *rules: str) -> Figure:
    """A figure that has to be 0: what broke one of `rules`."""
    count = sum(each.rule in rules for each in found)
    return Figure(name, str(count), "0", count == 0)


def promises(found: Sequence[Violation]) -> tuple[Figure, ...]:
    """The figures that every scenario has."""
    return (
        nothing("lost", found, "lost", "not told", "lost refund", "result not told", "forgotten press", "not settled"),
        nothing("answered twice", found, "answered twice", "told twice", "invented", "result twice"),
        nothing("refunds doubled or unconfirmed", found, "doubled refund", "unconfirmed refund", "another amount"),
        nothing("out of order", found, "out of order"),
        nothing("another customer's order shown", found, "another's order"),
    )


def milliseconds(seconds: float) -> str:
    return f"{seconds * 1000:.0f} ms"


def quantile(values: Sequence[float], share: float) -> float:
    """The value below which this share of `values` lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
