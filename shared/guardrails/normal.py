"""Text as detectors see it, with a way back to the characters that were written.

Each character is normalised by itself (NFKC; default-ignorable, bidi and tag characters dropped; every Unicode decimal
digit an ASCII one; every dash `-`; every space but the line feed a space), so that normalising pieces and joining them is
the same as normalising the whole: a stream can be guarded character by character. Sources: UAX #15, UAX #44.
"""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

HOLE = "\ufffc"
"""Stands for what is not to be looked at, such as a placeholder. Written by a customer, it is dropped."""

PLACEHOLDER = re.compile(r"<[A-Z][A-Z_]{1,23}_\d{1,6}>")

_DROPPED = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f"
    "\ufeff\uffa0\ufff0-\ufffb\U000e0000-\U000e0fff" + HOLE + "]"
)


@lru_cache(maxsize=8192)
def normal_character(char: str) -> str:
    """What one character stands for: usually one character, sometimes none or several. Case is kept."""
    if _DROPPED.match(char):
        return ""
    if char.isdecimal():
        return str(unicodedata.decimal(char))
    category = unicodedata.category(char)
    if category == "Pd" or char == "\u2212":
        return "-"
    if category in ("Zs", "Zl", "Zp") or char in "\t\r\v\f\x85":
        return " "
    folded = unicodedata.normalize("NFKC", char)
    return folded if folded == char else "".join(map(normal_character, folded))


class _Characters(dict[int, str]):
    """What characters stand for, asked by `str.translate`. The first that are met are remembered."""

    def __init__(self) -> None:
        self.resized: set[str] = set()
        """Those of the characters met that stand for none, or for several."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        stands_for = normal_character(char)
        if len(stands_for) != 1:
            self.resized.add(char)
        if len(self) < _REMEMBERED:
            self[code] = stands_for
        return stands_for


_REMEMBERED = 8192
_CHARACTERS = _Characters()
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")


def normal(text: str) -> str:
    """What the characters of `text` stand for, one by one."""
    return text.translate(_CHARACTERS)


def visible(text: str) -> str:
    """`text` without the characters that nobody sees: zero-width, bidi, tags."""
    return text if text.isascii() else _DROPPED.sub("", text)


@dataclass(frozen=True, slots=True)
class View:
    """Normalised text. Character i stands for the written characters `starts[i]` up to `ends[i]`; None: for itself."""

    text: str
    starts: list[int] | None = None
    ends: list[int] | None = None

    def written(self, start: int, end: int) -> tuple[int, int]:
        """The span of written characters behind the characters `start` up to `end`, which must not be empty."""
        if self.starts is None or self.ends is None:
            return start, end
        return self.starts[start], self.ends[end - 1]

    def without(self, written: Iterable[tuple[int, int]]) -> "View":
        """This view with a single `HOLE` for each span of written characters. Spans are sorted and do not overlap."""
        pieces: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        at = 0
        for start, end in written:
            left, right = start, end
            if self.starts is not None and self.ends is not None:
                left, right = bisect_left(self.ends, start + 1), bisect_left(self.starts, end)
            pieces += (self.text[at:left], HOLE)
            self._places(at, left, starts, ends)
            starts.append(start)
            ends.append(end)
            at = max(at, right)
        pieces.append(self.text[at:])
        self._places(at, len(self.text), starts, ends)
        return View("".join(pieces), starts, ends)

    def _places(self, start: int, end: int, starts: list[int], ends: list[int]) -> None:
        """Add where the characters `start` up to `end` were written."""
        starts += range(start, end) if self.starts is None else self.starts[start:end]
        ends += range(start + 1, end + 1) if self.ends is None else self.ends[start:end]


def view(text: str) -> View:
    """`text` as detectors see it."""
    if text.isascii() and text.replace("\n", "").isprintable():
        return View(text)
    seen = normal(text)
    if len(seen) == len(text) and _CHARACTERS.resized.isdisjoint(_BEYOND_ASCII.findall(text)):
        return View(seen)
    starts: list[int] = []
    at = 0
    for match in _BEYOND_ASCII.finditer(text):
        if match[0] in _CHARACTERS.resized:
            place = match.start()
            starts += range(at, place)
            starts += [place] * len(normal_character(match[0]))
            at = place + 1
    starts += range(at, len(text))
    return View(seen, starts, [start + 1 for start in starts])
