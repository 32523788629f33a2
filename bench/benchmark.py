"""What a benchmark is: cells that are measured in turn, round after round, and the figures that follow from the rounds."""

import random
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from pathlib import Path

from bench.statistics import Figure, Round, Sample

Cell = Callable[[], Awaitable[Sample]]
"""Measures once, for a bounded time. What it measures runs already, beside the other cells, and idles between."""

Progress = Callable[[str], None]
"""Told what happens now."""


@dataclass(frozen=True, slots=True)
class Benchmark:
    """`opened(folder, progress)` starts everything, yields the cells, and ends everything that it started."""

    name: str
    about: str
    opened: Callable[[Path, Progress], AbstractAsyncContextManager[Mapping[str, Cell]]]
    figures: Callable[[Sequence[Round]], list[Figure]]


async def interleaved(cells: Mapping[str, Cell], rounds: int, progress: Progress, *, seed: int = 1) -> list[Round]:
    """Measure every cell once a round, each round in another order, so that no cell always follows the same other."""
    order, chance = list(cells), random.Random(seed)
    measured: list[Round] = []
    for number in range(1, rounds + 1):
        chance.shuffle(order)
        samples: dict[str, Sample] = {}
        for name in order:
            progress(f"round {number} of {rounds}: {name}")
            samples[name] = await cells[name]()
        measured.append(samples)
    return measured
