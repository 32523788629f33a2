"""A row of an evaluation: one figure with its confidence interval, the bar that it must pass and the worst misses. Pure."""

import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from math import sqrt
from typing import Any, Literal, TypeVar

Item = TypeVar("Item")
Better = Literal["higher", "lower"]

_Z = 1.96  # 95 %
_DRAWS = 400
_WORST = 5
_SHOWN = 100


@dataclass(frozen=True, slots=True)
class Row:
    """`low` and `high` bound the 95 % confidence interval. `bar` is what others reach, `aim` what we are after, if anything."""

    name: str
    value: float
    low: float
    high: float
    bar: float | None = None
    aim: float | None = None
    better: Better = "higher"
    misses: tuple[str, ...] = ()

    @property
    def standing(self) -> Literal["aim", "bar", "missed", ""]:
        """The hardest goal that the value meets; "missed" where there are goals and it meets none."""
        if self.bar is None and self.aim is None:
            return ""
        if self._meets(self.aim):
            return "aim"
        return "bar" if self._meets(self.bar) else "missed"

    def record(self) -> dict[str, Any]:
        """As programs read it."""
        shares = {key: round(getattr(self, key), 4) for key in ("value", "low", "high")}
        goals = {"bar": self.bar, "aim": self.aim, "better": self.better, "standing": self.standing}
        return {"name": self.name, **shares, **goals, "misses": list(self.misses)}

    def _meets(self, goal: float | None) -> bool:
        if goal is None:
            return False
        return self.value >= goal if self.better == "higher" else self.value <= goal


def tried(
    name: str,
    outcomes: Sequence[tuple[bool, str]],
    *,
    bar: float | None = None,
    aim: float | None = None,
    better: Better = "higher",
) -> Row:
    """The share of `(hit, shown)` pairs that are hits, with its Wilson interval (E. B. Wilson, 1927).

    Shown are the misses or, where lower is better, the hits. Raises `ValueError` for none: nothing was measured.
    """
    if not outcomes:
        raise ValueError(f"{name}: a share of nothing")
    total, bad = len(outcomes), better == "lower"
    rate = sum(hit for hit, _ in outcomes) / total
    middle = (rate + _Z**2 / (2 * total)) / (1 + _Z**2 / total)
    around = _Z * sqrt(rate * (1 - rate) / total + _Z**2 / (4 * total**2)) / (1 + _Z**2 / total)
    low, high = max(0.0, min(middle - around, rate)), min(1.0, max(middle + around, rate))
    return Row(name, rate, low, high, bar, aim, better, _worst(shown for hit, shown in outcomes if hit is bad))


def bootstrapped(
    name: str,
    items: Sequence[Item],
    figure: Callable[[Sequence[Item]], float],
    *,
    bar: float | None = None,
    aim: float | None = None,
    misses: Iterable[str] = (),
    seed: int = 1,
) -> Row:
    """A figure of all `items` with its percentile bootstrap interval (B. Efron, 1979): the same for the same seed."""
    chance = random.Random(seed)
    drawn = sorted(figure(chance.choices(items, k=len(items))) for _ in range(_DRAWS))
    low, high = drawn[int(0.025 * _DRAWS)], drawn[int(0.975 * _DRAWS) - 1]
    return Row(name, figure(items), low, high, bar, aim, "higher", _worst(misses))


def _worst(misses: Iterable[str]) -> tuple[str, ...]:
    return tuple(" ".join(miss.split())[:_SHOWN] for miss in islice(misses, _WORST))


def macro_f1(pairs: Sequence[tuple[bool, bool]]) -> float:
    """The mean of the F1 of both classes over `(gold, found)`; a class that is neither there nor found counts 0."""
    scores = []
    for kind in (True, False):
        right = sum(gold == found == kind for gold, found in pairs)
        wrong = sum((gold == kind) != (found == kind) for gold, found in pairs)
        scores.append(2 * right / (2 * right + wrong) if right or wrong else 0.0)
    return sum(scores) / 2
