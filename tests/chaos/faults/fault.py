"""What a fault is. Each is a small class in a module of its own subject; lots are drawn from the scenario's seed alone."""

import random
from dataclasses import dataclass
from typing import Protocol

from tests.chaos.system import System


class Fault(Protocol):
    """Strikes once, and has healed what only it can heal when it returns."""

    async def strike(self, system: System, rng: random.Random) -> str:
        """The answer tells what was done, for the history."""
        ...


@dataclass(frozen=True, slots=True)
class Weighted:
    """A fault and how often it is chosen, in relation to the others."""

    fault: Fault
    weight: float
