"""Numbers whose digits are words ("four one one one"), or letters that look like digits ("4lll llll").

Read as digits, in a second view of the text, of which every character knows what was written for it.
"""

import re
from collections.abc import Collection, Iterator
from itertools import pairwise

from shared.guardrails.normal import HOLE, View

_UNITS = {
    word: str(digit)
    for digit, words in enumerate(
        (
            "zero oh null cero zéro nul noll",
            "one eins ein uno un een um ett",
            "two zwei zwo dos deux due twee dois två",
            "three drei tres trois tre drie três",
            "four vier cuatro quatre quattro quatro fyra",
            "five fünf cinco cinq cinque vijf fem",
            "six sechs seis sei zes sex",
            "seven sieben siete sept sette zeven sete sju",
            "eight acht ocho huit otto oito åtta",
            "nine neun nueve neuf nove negen nio",
        )
    )
    for word in words.split()
}
_TEENS = {
    word: str(10 + n)
    for n, word in enumerate(
        ["ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]
    )
}
_TENS = {word: str(2 + n) for n, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split())}  # noqa: SIM905
_TIMES = {"double": 2, "triple": 3, "doble": 2, "doppel": 2}
WORDS = (*_UNITS, *_TEENS, *_TENS, *_TIMES)
"""Every word that says a digit or more, in small letters."""
_WORD = "|".join(sorted(WORDS, key=len, reverse=True))
_GAP = r"[ ,.\n-]{1,3}"
_SPOKEN_HINT = rf"(?:(?:{_WORD}|\d{{1,4}}){_GAP}){{4}}(?:{_WORD})"
_DISGUISED_HINT = r"(?:[\doli|ο\x{43e}][ .-]{0,2}){12}"
NEEDED = {"spoken": _SPOKEN_HINT, "disguised": _DISGUISED_HINT}
"""In RE2, by the way of writing: what is in every text that may hold such a number."""

_RUN = re.compile(rf"(?<![^\W_])(?:{_WORD}|\d{{1,4}})(?:{_GAP}(?:{_WORD}|\d{{1,4}})(?![^\W_])){{4,}}", re.IGNORECASE)
_ITEM = re.compile(rf"{_WORD}|\d+", re.IGNORECASE)
_FEWEST_WORDS = 4
_LOOKALIKES = dict.fromkeys("OoОоΟο", "0") | dict.fromkeys("lI|", "1")
_LOOKALIKE = "".join(_LOOKALIKES)
_AS_DIGIT = str.maketrans(_LOOKALIKES)
_DISGUISED = re.compile(rf"(?<![^\W_])[\d{_LOOKALIKE}](?:[ .-]{{0,2}}[\d{_LOOKALIKE}]){{11,18}}(?![^\W_])")
_MIXED = re.compile(rf"\d[ .-]{{0,2}}[{_LOOKALIKE}]|[{_LOOKALIKE}][ .-]{{0,2}}\d")
_FEWEST_DIGITS = 6
_AROUND = 256


_Piece = tuple[int, int, int, str]
"""Where a piece of text begins, where the word ends and where the text goes on behind it, and its digits; as many as the piece
is long stand for its characters one by one."""


def as_digits(text: str, ways: Collection[str] = tuple(NEEDED)) -> View | None:
    """`text` with the numbers that are spelled in one of these ways in digits; None when it has none.

    Of what stands far from any of them only a `HOLE` is left: other numbers are found without this view.
    """
    pieces: list[_Piece] = []
    if "spoken" in ways:
        pieces += _spoken(text)
    if "disguised" in ways and _MIXED.search(text):
        pieces += _disguised(text)
    if not pieces:
        return None
    read: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    at = 0
    for start, right, end, digits in (*_apart(pieces), (len(text), len(text), len(text), "")):
        if start - at > 2 * _AROUND:
            far, near = at + _AROUND, start - _AROUND
            read += (text[at:far], HOLE)
            starts += range(at, far + 1)
            ends += (*range(at + 1, far + 1), near)
            at = near
        read += (text[at:start], digits)
        starts += range(at, start)
        ends += range(at + 1, start + 1)
        if len(digits) == end - start:
            starts += range(start, end)
            ends += range(start + 1, end + 1)
        else:
            starts += [start] * len(digits)
            ends += [right] * len(digits)
        at = end
    return View("".join(read), starts, ends)


def _apart(pieces: list[_Piece]) -> Iterator[_Piece]:
    """In their order, none over another: what an earlier one covers is cut off, or the piece is left out."""
    at = 0
    for start, right, end, digits in sorted(pieces):
        if start >= at:
            yield start, right, end, digits
        elif end > at and len(digits) == end - start:
            yield at, right, end, digits[at - start :]
        at = max(at, end)


def _spoken(text: str) -> Iterator[_Piece]:
    for run in _RUN.finditer(text):
        items = [(item.start(), item.end(), item[0].lower()) for item in _ITEM.finditer(text, *run.span())]
        if sum(not word.isdecimal() for _, _, word in items) < _FEWEST_WORDS:
            continue
        for (start, end, word), (following, _, next_word) in pairwise((*items, (run.end(), 0, ""))):
            yield start, end, following, _UNITS.get(word) or _digits(word, next_word)


def _digits(word: str, following: str) -> str:
    """The digits of a word; "double" says those that it adds to the word behind it, "twenty" leaves the place to a unit."""
    if word in _TIMES:
        said = "" if following in _TIMES else _UNITS.get(following) or _digits(following, "")
        return said * (_TIMES[word] - 1)
    if word in _TENS:
        return _TENS[word] + ("" if following in _UNITS and _UNITS[following] != "0" else "0")
    return _TEENS.get(word) or word


def _disguised(text: str) -> Iterator[_Piece]:
    for run in _DISGUISED.finditer(text):
        digits = run[0].translate(_AS_DIGIT)
        if digits != run[0] and sum(map(str.isdecimal, run[0])) >= _FEWEST_DIGITS:
            yield run.start(), run.end(), run.end(), digits
