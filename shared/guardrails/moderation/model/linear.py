"""Scores a text by the weights that `training/moderation` made: logistic regression over `features`, one head for each kind.

`weights.json` holds, for each head, a bias, a scale and whole numbers from -127 to 127 by feature; `provenance.json` beside
it says which rows they came from, under which licences, and what cross-validation measured.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import repeat
from math import exp, sqrt
from pathlib import Path

from shared.guardrails.moderation.model.features import features

WEIGHTS = Path(__file__).with_name("weights.json")
WINDOW = 400
"""Words and marks that are scored at once: an attack in a long text is not diluted by it."""
FEWEST = 24
"""Features that a text is taken to have at least: a few words are little evidence."""
_STEP = 300
_FARTHEST = 60.0
_BITS = 24
_HALF = 1 << (_BITS - 1)


@dataclass(frozen=True, slots=True)
class Head:
    """One kind of text. `scale` turns the whole numbers back into weights."""

    name: str
    bias: float
    scale: float


@dataclass(frozen=True, slots=True)
class Model:
    """The heads, and the weights of each feature for all heads as one whole number, `_BITS` bits a head: summed at once."""

    heads: tuple[Head, ...]
    packed: dict[str, int]


@cache
def model(path: Path = WEIGHTS) -> Model:
    """The model. Raises `OSError` where the file is missing, `ValueError` where it is broken: a guard fails closed."""
    read = json.loads(path.read_text(encoding="utf-8"))
    packed: dict[str, int] = {}
    try:
        heads = tuple(Head(name, float(head["bias"]), float(head["scale"])) for name, head in read.items())
        for place, head in enumerate(read.values()):
            for feature, weight in head["weights"].items():
                packed[feature] = packed.get(feature, 0) + (int(weight) << (_BITS * place))
    except (AttributeError, KeyError, TypeError) as error:
        raise ValueError(f"{path.name} is no file of weights: {error}") from None
    return Model(heads, packed)


def scores(words: Sequence[str]) -> dict[str, float]:
    """How sure each head is, from 0 to 1, of the words of plain text: the surest window decides.

    0.5 is where cross-validation found as few honest customers as `training.moderation.fit` allows.
    """
    best = _margins(words[:WINDOW])
    for start in range(_STEP, len(words) - WINDOW + _STEP, _STEP):
        best = list(map(max, best, _margins(words[start : start + WINDOW])))
    return {
        head.name: 1.0 / (1.0 + exp(-max(-_FARTHEST, min(margin, _FARTHEST))))
        for head, margin in zip(model().heads, best, strict=True)
    }


def _margins(words: Sequence[str]) -> list[float]:
    found = features(words)
    size = sqrt(max(len(found), FEWEST))
    trained = model()
    total = sum(map(trained.packed.get, found, repeat(0)))
    margins = []
    for head in trained.heads:
        weight = ((total + _HALF) & (2 * _HALF - 1)) - _HALF  # the lowest bits, with their sign
        total = (total - weight) >> _BITS
        margins.append(head.bias + head.scale * weight / size)
    return margins
