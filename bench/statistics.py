"""What rounds of measurements say: medians, spreads, ratios within a round, and how they stand to a goal. Pure.

The machine is shared and its speed drifts, so cells are compared only within a round, where they were measured seconds
apart; the spread over rounds says how far to trust the result.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

Sample = Mapping[str, float]
"""What one cell measured in one round, by metric."""
Round = Mapping[str, Sample]
"""The samples of one round, by cell."""

_QUARTILES_FROM = 4


def quantile(values: Iterable[float], share: float) -> float:
    """The value below which `share` (0 to 1) of `values` lie, interpolated linearly (Hyndman and Fan's definition 7).

    Raises `ValueError` for no values or a share out of range.
    """
    ordered = sorted(values)
    if not ordered or not 0.0 <= share <= 1.0:
        raise ValueError("a quantile needs values, and a share between 0 and 1")
    place = share * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    if ordered[below] == ordered[above]:  # also two infinities, whose difference is no number
        return ordered[below]
    return ordered[below] + (place - below) * (ordered[above] - ordered[below])


def median(values: Iterable[float]) -> float:
    """The middle of `values`. Raises `ValueError` for none."""
    return quantile(values, 0.5)


@dataclass(frozen=True, slots=True)
class Spread:
    """A median, and how far rounds lie around it: quartiles from four values on, smallest and largest of fewer."""

    value: float
    low: float
    high: float
    values: tuple[float, ...] = field(default=(), compare=False)
    """Those of the rounds, in their order."""

    @classmethod
    def of(cls, values: Sequence[float]) -> "Spread":
        """Raises `ValueError` for no values."""
        around = (0.25, 0.75) if len(values) >= _QUARTILES_FROM else (0.0, 1.0)
        low, high = (quantile(values, share) for share in around)
        return cls(median(values), low, high, tuple(values))


def series(rounds: Iterable[Round], cell: str, metric: str) -> list[float]:
    """A metric of a cell, round by round. Rounds without it are left out."""
    return [samples[cell][metric] for samples in rounds if metric in samples.get(cell, {})]


def ratios(rounds: Iterable[Round], cell: str, base: str, metric: str) -> list[float]:
    """`cell` by `base`, each within its round. Rounds in which one of them is missing, or the base is 0, are left out."""
    pairs = [(samples.get(cell, {}).get(metric), samples.get(base, {}).get(metric)) for samples in rounds]
    return [value / reference for value, reference in pairs if value is not None and reference]


@dataclass(frozen=True, slots=True)
class Figure:
    """One result. `must` is the limit that this release has to keep, `aim` the one it is after; None: no goal is set."""

    name: str
    about: str
    unit: str
    spread: Spread
    better: Literal["lower", "higher"]
    must: float | None = None
    aim: float | None = None

    @property
    def standing(self) -> Literal["", "aim", "must", "missed"]:
        """The hardest goal that is met; "missed" where there are goals and none is; "" where there are none."""
        if self.must is None and self.aim is None:
            return ""
        if self._meets(self.aim):
            return "aim"
        return "must" if self._meets(self.must) else "missed"

    def _meets(self, goal: float | None) -> bool:
        if goal is None:
            return False
        return self.spread.value <= goal if self.better == "lower" else self.spread.value >= goal

    def record(self) -> dict[str, Any]:
        """As `--json` prints it."""
        spread = {key: round(getattr(self.spread, key), 4) for key in ("value", "low", "high")}
        return {"name": self.name, **spread, "better": self.better, "must": self.must, "aim": self.aim}

    def drawn(self) -> dict[str, Any]:
        """As a plot needs it: also what it is, its standing, and the value of each round."""
        more = {"about": self.about, "unit": self.unit, "standing": self.standing, "values": list(self.spread.values)}
        return self.record() | more
