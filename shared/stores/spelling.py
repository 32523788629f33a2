"""Slips of the finger: a word that occurs nowhere is looked for as what it was meant to be."""

from collections.abc import Iterable

_SHORTEST = 4  # of shorter words, too many are one slip apart


def one_slip(word: str, other: str) -> bool:
    """Whether one letter too many, too few, another, or two swapped make the difference (Damerau, distance 1)."""
    start, end = 0, min(len(word), len(other))
    while start < end and word[start] == other[start]:
        start += 1
    tail = 0
    while tail < end - start and word[-1 - tail] == other[-1 - tail]:
        tail += 1
    left, right = word[start : len(word) - tail], other[start : len(other) - tail]
    return (len(left) <= 1 and len(right) <= 1) or (len(left) == 2 and left == right[::-1])


def meant(word: str, vocabulary: Iterable[str]) -> list[str]:
    """The words of `vocabulary` that `word` may have been meant to be. The first letter is trusted."""
    if len(word) < _SHORTEST or not word.isalpha():
        return []
    return [other for other in vocabulary if len(other) >= _SHORTEST and one_slip(word, other)]
