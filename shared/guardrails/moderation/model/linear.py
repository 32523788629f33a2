"""Scores a text by the weights that `training/moderation` made: logistic regression over `features`, one head for each kind.

`weights.json` holds, for each head, a bias, a scale and whole numbers from -127 to 127 by feature; `provenance.json` beside
it says which rows they came from, under which licences, and what cross-validation measured.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import repeat
from math import exp, sqrt
from pathlib import Path

from shared.guardrails.moderation.model.features import features

WEIGHTS = Path(__file__).with_name("weights.json")
WINDOW = 2_000
"""Characters that are scored at once: an attack in a long text is not diluted by it."""
_STEP = 1_500
_FARTHEST = 60.0


@dataclass(frozen=True, slots=True)
class Head:
    """One kind of text. `scale` turns the whole numbers back into weights."""

    bias: float
    scale: float
    weights: dict[str, int]


@cache
def heads(path: Path = WEIGHTS) -> dict[str, Head]:
    """The heads by name. Raises `OSError` where the file is missing, `ValueError` where it is broken: a guard fails closed."""
    read = json.loads(path.read_text(encoding="utf-8"))
    try:
        return {name: Head(float(head["bias"]), float(head["scale"]), head["weights"]) for name, head in read.items()}
    except (AttributeError, KeyError, TypeError) as error:
        raise ValueError(f"{path.name} is no file of weights: {error}") from None


def scores(plain: str) -> dict[str, float]:
    """How sure each head is, from 0 to 1, of text that `plain.plain` made: the surest window decides.

    0.5 is where cross-validation found at most one honest customer in a thousand.
    """
    best = dict.fromkeys(heads(), -_FARTHEST)
    for window in _windows(plain):
        found = features(window)
        size = sqrt(len(found)) or 1.0
        for name, head in heads().items():
            margin = head.bias + head.scale * sum(map(head.weights.get, found, repeat(0))) / size
            best[name] = max(best[name], margin)
    return {name: 1.0 / (1.0 + exp(-max(-_FARTHEST, min(margin, _FARTHEST)))) for name, margin in best.items()}


def _windows(plain: str) -> Iterator[str]:
    if len(plain) <= WINDOW:
        yield plain
        return
    for start in range(0, len(plain) - WINDOW + _STEP, _STEP):
        yield plain[start : start + WINDOW]
