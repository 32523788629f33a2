"""A customer's own data out of a reply: what was masked on the way in is not said back on the way out."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from services.egress.guard.scanner import Scanner, Step, placeholder_at

SHORTEST = 3
"""Shorter values are not looked for: they are in every other word."""
SURE = 6
"""Shorter values count only as whole words, exactly as they were written but for case."""
WIDEST_GAP = 4
"""Characters such as spaces, dots and dashes that may stand between two characters of a value."""
SHORTEST_NUMBER = 7
NATIONAL = 10
"""Digits of a telephone number without its country's code."""

_DIGITS = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Needle:
    """A value as it is looked for. `exact`: with its punctuation, as a whole word; else letters and digits alone."""

    letters: str
    placeholder: str
    exact: bool


class Values(Scanner):
    """Puts the placeholder in the place of each value of `originals` (placeholder to value), of the longest that begins first.

    A value is known again in other case and script forms (NFKD), with other punctuation and spaces, and a number also
    without the letters around it. Not known again: spelled out, translated or encoded values.
    """

    plain = re.compile(r"(?!)")

    def __init__(self, originals: Mapping[str, str]) -> None:
        super().__init__()
        self._needles: dict[str, list[Needle]] = {}
        for placeholder, value in originals.items():
            for needle in needles(placeholder, value):
                self._needles.setdefault(needle.letters[0], []).append(needle)
        self._before = ""

    def feed(self, piece: str, *, final: bool = False) -> str:
        return super().feed(piece, final=final) if self._needles else piece

    def _step(self, text: str, at: int, final: bool) -> Step:
        if text[at] == "<":
            end = placeholder_at(text, at, final)
            if end is None:
                return None
            if end > at:
                return end, text[at:end]
        best: tuple[int, str] | None = None
        for needle in self._beginning_with(text[at]):
            end = _end_of(needle, text, at, self._before, final)
            if end is None:
                return None
            if end > (best[0] if best else at):
                best = end, needle.placeholder
        if best:
            self.found.add(best[1].strip("<>").rpartition("_")[0])
        return best or (at + 1, text[at])

    def _beginning_with(self, character: str) -> Iterator[Needle]:
        letters, folded = _letters(character), _folded(character)
        for first in {letters[:1], folded[:1]} - {""}:
            yield from self._needles.get(first, ())

    def _passed(self, character: str) -> None:
        self._before = character


def needles(placeholder: str, value: str) -> list[Needle]:
    """The forms in which `value` is looked for; none for what is too short to be found safely."""
    letters = "".join(map(_letters, value))
    if len(letters) < SHORTEST:
        return []
    if len(letters) < SURE:
        return [Needle("".join(map(_folded, value.strip())), placeholder, exact=True)]
    digits = "".join(_DIGITS.findall(letters))
    forms = {letters}
    if len(digits) >= SHORTEST_NUMBER:
        forms.add(digits)
    if digits == letters and len(digits) > NATIONAL and placeholder.startswith("<PHONE"):
        forms.add(digits[-NATIONAL:])
    return [Needle(form, placeholder, exact=False) for form in sorted(forms)]


def _end_of(needle: Needle, text: str, at: int, before: str, final: bool) -> int | None:
    """Where `needle` ends that begins at `at`; `at`: it does not; None: `text` ends too early to know."""
    form = _folded if needle.exact else _letters
    wanted, matched, gap = needle.letters, 0, 0
    if needle.exact and _letters(before):
        return at
    for place in range(at, len(text)):
        character = text[place]
        found = form(character)
        if not found:
            gap += 1
            if gap > (0 if needle.exact else WIDEST_GAP) or character == "<":
                return at
        elif wanted.startswith(found, matched):
            matched, gap = matched + len(found), 0
            if matched == len(wanted):
                return _bounded(text, place + 1, at, final) if needle.exact else place + 1
        else:
            return at
    return at if final else None


def _bounded(text: str, end: int, at: int, final: bool) -> int | None:
    if end == len(text):
        return end if final else None
    return at if _letters(text[end]) else end


@lru_cache(8192)
def _letters(character: str) -> str:
    return "".join(each for each in _folded(character) if each.isalnum())


@lru_cache(8192)
def _folded(character: str) -> str:
    return unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", character).casefold())
