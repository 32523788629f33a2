"""One figure of an evaluation: a share with its confidence interval, what it has to reach, and the worst misses."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from pathlib import Path
from typing import Any

_Z = 1.959964  # 95 %
_SHOWN = 8


@dataclass(frozen=True, slots=True)
class Row:
    """`hits` of `total`. `low` and `high` bound the share with 95 % confidence (Wilson, 1927); `bar` and `aim` are goals.

    `better` tells in which direction: a share of false alarms is better when it is lower. `worst` shows what was missed,
    or alarmed about, in a few words each.
    """

    name: str
    hits: int
    total: int
    bar: float | None = None
    aim: float | None = None
    better: str = "higher"
    worst: tuple[str, ...] = ()

    @property
    def value(self) -> float:
        """The share; 0 of none."""
        return self.hits / self.total if self.total else 0.0

    @property
    def low(self) -> float:
        return wilson(self.hits, self.total)[0]

    @property
    def high(self) -> float:
        return wilson(self.hits, self.total)[1]

    @property
    def met(self) -> bool | None:
        """Whether the bar is reached; None without one."""
        if self.bar is None:
            return None
        return self.value >= self.bar if self.better == "higher" else self.value < self.bar

    def record(self) -> dict[str, Any]:
        """As programs read it."""
        shares = {"value": self.value, "low": self.low, "high": self.high}
        return {
            "name": self.name,
            **{key: round(share, 4) for key, share in shares.items()},
            "rows": self.total,
            "bar": self.bar,
            "aim": self.aim,
            "better": self.better,
            "met": self.met,
            "worst": list(self.worst[:_SHOWN]),
        }


def wilson(hits: int, total: int) -> tuple[float, float]:
    """The score interval of a share at 95 % confidence; all is possible where nothing was tried."""
    if total == 0:
        return 0.0, 1.0
    share, squared = hits / total, _Z * _Z
    middle = (share + squared / (2 * total)) / (1 + squared / total)
    half = _Z * sqrt(share * (1 - share) / total + squared / (4 * total * total)) / (1 + squared / total)
    return max(0.0, middle - half), min(1.0, middle + half)


def tried(
    name: str,
    outcomes: Sequence[tuple[bool, str]],
    *,
    bar: float | None = None,
    aim: float | None = None,
    better: str = "higher",
) -> Row:
    """A row over `(hit, shown)` pairs; shown are the misses, or, where lower is better, the hits."""
    bad = better == "lower"
    worst = tuple(shown for hit, shown in outcomes if hit is bad)
    return Row(name, sum(hit for hit, _ in outcomes), len(outcomes), bar, aim, better, worst)


def read(file: Path) -> list[dict[str, Any]]:
    """The objects of a file of JSON lines."""
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
