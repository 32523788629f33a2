"""What the safety stage's decision costs: CPU for a message of about 100 bytes, of the kind that honest customers write."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

from evals.data import DATA, rows
from evals.rows import Row
from shared.guardrails.language import detect
from shared.guardrails.moderation import judge
from shared.guardrails.pii import find
from shared.guardrails.screening import screen

_SHORTEST, _LONGEST = 90, 110
_ROUNDS = 7
_MOST = 0.1
"""Milliseconds that a decision may take."""


def measure(data: Path = DATA) -> Iterator[Row]:
    """Milliseconds of CPU a message: the median round, between the fastest and the slowest."""
    texts = [
        row["text"]
        for name in ("banking77_test", "natcs_utterances")
        for row in rows(f"safety/benign_{name}", data)
        if _SHORTEST <= len(row["text"].encode()) <= _LONGEST
    ]
    yield _cost("CPU of a decision, ms", screen, texts, _MOST)
    yield _cost("… of which personal data", find, texts)
    yield _cost("… of which language", detect, texts)
    yield _cost("… of which moderation", judge, texts)


def _cost(name: str, decide: Callable[[str], object], texts: list[str], most: float | None = None) -> Row:
    rounds = sorted(_round(decide, texts) for _ in range(_ROUNDS + 1))[:_ROUNDS]  # the first one also loads
    return Row(name, rounds[_ROUNDS // 2], rounds[0], rounds[-1], bar=most, aim=most, better="lower")


def _round(decide: Callable[[str], object], texts: list[str]) -> float:
    began = time.process_time()
    for text in texts:
        decide(text)
    return 1000 * (time.process_time() - began) / len(texts)
