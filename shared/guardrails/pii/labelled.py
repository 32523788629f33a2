"""Values that the words before, or behind, call by their name: "my tax id is 12-345", "12-345 is my tax id"."""

import re
from collections.abc import Iterator

_LINK = (
    r"(?:[ \t]{0,2}(?:\bis\b|\bwas\b|\bare\b|\bnumbers?\b|\bnumero\b|\bnúmero\b|\bnum\b|\bno\b\.?|\bnr\b\.?|n[°º]|"
    r"\bnummer\b|\bcode\b|\bid\b|\bist\b|\blautet\b|\bes\b"
    r"|\best\b|è|é|är|\bof\b|\bfor\b|\bthe\b|\bmy\b|\bas\b|\bfollows\b|\bending\b|[#:=(,\"'`-]|\n)){0,6}[ \t]{0,2}[\"'`(#]?"
)
_BEHIND = (
    r"[\"'`)]?[ \t]{1,2}(?:is|was|as|ist|es|est|är)[ \t](?:(?:my|your|our|the|his|her|mein|meine|mi|mon|ma|min|mitt|"
    r"vårt)[ \t])?"
)

VALUE = (
    r"(?:[A-Z]{1,4} (?=\d)|[A-Za-z]{1,6}-?(?=\d))?\d[\dA-Za-z]*(?:[ ./-]\d[\dA-Za-z]*){0,7}(?:[ -]?[A-Z]{1,2}\d?|"
    r"-[A-Za-z\d]{1,4})?"
    r"(?![A-Za-z\d])"
)
"""A number in groups, with the letters that may stand before and behind it."""


def near_a_number(words: str) -> str:
    """In RE2: whether a text may hold a number that `words`, before or behind it, name. Wider than `Labelled`."""
    word = rf"(?:^|[^a-z])(?:{words})"
    return rf"{word}\D*\d|\d[^\n]*{word}"


class Labelled:
    """Finds values of the pattern `value` by `words`, alternatives of a regular expression that stand as words."""

    def __init__(self, words: str, value: str = VALUE, *, link: str = _LINK) -> None:
        label = rf"(?:(?<![^\W_])(?:{words})(?![^\W\d_]))"
        self._before = re.compile(rf"(?i:{label}{link})(?P<value>{value})")
        self._behind = re.compile(rf"(?<![A-Za-z\d./-])(?P<value>{value})(?i:{_BEHIND}{label})")

    def find(self, text: str) -> Iterator[tuple[int, int]]:
        """Spans of values."""
        for pattern in (self._before, self._behind):
            for match in pattern.finditer(text):
                yield match.span("value")


def digits_in(value: str) -> int:
    """How many decimal digits `value` has."""
    return sum(char.isdecimal() for char in value)
