"""Numbers whose digits are words ("four one one one"), or letters that look like digits ("4lll llll").

Read as digits, in a second view of the text, of which every character knows what was written for it.
"""

import re
from collections.abc import Iterator

from shared.guardrails.normal import View

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
_WORD = "|".join(sorted((*_UNITS, *_TEENS, *_TENS, *_TIMES), key=len, reverse=True))
_GAP = r"[ ,.\n-]{1,3}"
NEEDED = rf"(?:(?:{_WORD}|\d{{1,4}}){_GAP}){{4}}(?:{_WORD})|(?:[\doli|ο\x{{43e}}][ .-]{{0,2}}){{12}}"
"""In RE2: whether a text may hold such a number."""

_RUN = re.compile(rf"(?<![^\W_])(?:{_WORD}|\d{{1,4}})(?:{_GAP}(?:{_WORD}|\d{{1,4}})(?![^\W_])){{4,}}", re.IGNORECASE)
_ITEM = re.compile(rf"{_WORD}|\d+", re.IGNORECASE)
_FEWEST_WORDS = 4
_LOOKALIKES = dict.fromkeys("OoОоΟο", "0") | dict.fromkeys("lI|", "1")
_LOOKALIKE = "".join(_LOOKALIKES)
_DISGUISED = re.compile(rf"(?<![^\W_])[\d{_LOOKALIKE}](?:[ .-]{{0,2}}[\d{_LOOKALIKE}]){{11,18}}(?![^\W_])")
_FEWEST_DIGITS = 6


def as_digits(seen: View) -> View | None:
    """`seen` with its spelled numbers in digits; None when it has none."""
    pieces: list[tuple[int, int, str]] = []
    for start, end, digits in sorted((*_spoken(seen.text), *_disguised(seen.text))):
        if not pieces or start >= pieces[-1][1]:
            pieces.append((start, end, digits))
    if not pieces:
        return None
    text: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    at = 0
    for start, end, digits in (*pieces, (len(seen.text), len(seen.text), "")):
        if start > at:
            starts += range(at, start) if seen.starts is None else seen.starts[at:start]
            ends += range(at + 1, start + 1) if seen.ends is None else seen.ends[at:start]
        text += (seen.text[at:start], digits)
        if digits:
            left, right = seen.written(start, end)
            starts += [left] * len(digits)
            ends += [right] * len(digits)
        at = end
    return View("".join(text), starts, ends)


def _spoken(text: str) -> Iterator[tuple[int, int, str]]:
    for run in _RUN.finditer(text):
        if run[0].upper() == run[0].lower():  # no letter, and so no word
            continue
        items = list(_ITEM.finditer(text, *run.span()))
        if sum(not item[0].isdecimal() for item in items) < _FEWEST_WORDS:
            continue
        for place, item in enumerate(items):
            following = items[place + 1] if place + 1 < len(items) else None
            yield *item.span(), _digits(item[0].lower(), following[0].lower() if following else "")
            if following:
                yield item.end(), following.start(), ""


def _digits(word: str, following: str) -> str:
    """The digits of a word; "double" says those that it adds to the word behind it, "twenty" leaves the place to a unit."""
    if word in _TIMES:
        return _digits(following, "") * (_TIMES[word] - 1) if following and following not in _TIMES else ""
    if word in _TENS:
        return _TENS[word] + ("" if following in _UNITS and _UNITS[following] != "0" else "0")
    return _UNITS.get(word) or _TEENS.get(word) or word


def _disguised(text: str) -> Iterator[tuple[int, int, str]]:
    for run in _DISGUISED.finditer(text):
        if run[0].replace(" ", "").isdecimal() or sum(map(str.isdecimal, run[0])) < _FEWEST_DIGITS:
            continue
        for place in range(*run.span()):
            if digit := _LOOKALIKES.get(text[place]):
                yield place, place + 1, digit
