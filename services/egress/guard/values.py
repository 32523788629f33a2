"""Withholds forbidden values from text that leaves, also when a value is cut over any two pieces of it.

Values are compared as people read them: normalised (`shared.guardrails.normal`), without regard to case, and, where a value
is mostly a number (phone, card, IBAN, SSN) or long, to what stands between its digits and words. Two Aho-Corasick automata
read every character once, one with and one without such separators. What is held back is the longest end of the text that
begins a forbidden value: no less could be correct.

Source: A. Aho, M. Corasick, "Efficient string matching: an aid to bibliographic search", CACM 18 (6), 1975.
"""

import ipaddress
import re
from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

import phonenumbers

from shared.guardrails.normal import normal_character

_SEPARATORS = frozenset(" \n-.()[]/_,+*`'\u00b7|:")
_FEWEST_DIGITS = 6
_FEWEST_LETTERS = 10
"""Letters and digits of a value that is known without what stands between them: fewer could be the ends of honest words."""


@lru_cache(maxsize=8192)
def _folded(char: str) -> str:
    return "".join(normal_character(folded) for folded in normal_character(char).casefold()) if char != "\n" else " "


@lru_cache(maxsize=1024)
def _but(begins: frozenset[str]) -> re.Pattern[str]:
    """Characters of ASCII that begin no value."""
    others = (char for char in map(chr, range(128)) if begins.isdisjoint(_folded(char)))
    return re.compile(f"[{re.escape(''.join(others))}]+")


def _canonical(value: str) -> str:
    return "".join(map(_folded, value))


def _bare(canonical: str) -> str:
    return "".join(char for char in canonical if char not in _SEPARATORS)


def _grouped(canonical: str) -> bool:
    """Mostly digits, so that people group it as they like; but the dots of an internet address carry meaning."""
    bare = _bare(canonical)
    digits = sum(char.isdecimal() for char in bare)
    if digits < _FEWEST_DIGITS or 2 * digits < len(bare) or not all(char.isalnum() for char in bare):
        return False
    try:
        ipaddress.ip_address(canonical)
    except ValueError:
        return True
    return False


def _loosely(canonical: str) -> bool:
    """Whether a value is known however it is parted: a number, or a long one of words, such as a street without its commas."""
    letters = sum(char.isalpha() for char in canonical)
    bare = _bare(canonical)
    return _grouped(canonical) or (len(bare) >= _FEWEST_LETTERS and 2 * letters > len(bare))


def _spellings(value: str) -> list[str]:
    """The value, and a telephone number also as it is dialled at home."""
    if not value.strip().startswith("+"):
        return [value]
    try:
        national = str(phonenumbers.parse(value).national_number)
    except phonenumbers.NumberParseException:
        return [value]
    return [value, national] if len(national) >= _FEWEST_DIGITS else [value]


@dataclass(slots=True)
class _Node:
    next: dict[str, "_Node"] = field(default_factory=dict)
    fail: "_Node | None" = None
    depth: int = 0
    value: tuple[int, str] | None = None  # length and placeholder of the longest value that ends here


class _Automaton:
    """Where the text read so far ends: within which beginnings of values."""

    def __init__(self, values: Iterable[tuple[str, str]]) -> None:
        self.root = _Node()
        for value, placeholder in values:
            node = self.root
            for char in value:
                node = node.next.setdefault(char, _Node(depth=node.depth + 1))
            node.value = len(value), placeholder
        waiting = deque(self.root.next.values())
        while waiting:
            node = waiting.popleft()
            node.fail = node.fail or self.root
            node.value = node.value or node.fail.value
            for char, child in node.next.items():
                child.fail = self.step(node.fail, char)
                waiting.append(child)

    def step(self, node: _Node, char: str) -> _Node:
        """The state after `char`: the longest end of the text that begins a value."""
        at: _Node | None = node
        while at is not None:
            if found := at.next.get(char):
                return found
            at = at.fail
        return self.root


class Values:
    """A customer's own values become their placeholders again: what was masked on the way in is not said on the way out.

    `originals` maps placeholders to values; an empty value forbids nothing. No beginning of a value leaves that may still
    complete.
    """

    def __init__(self, originals: Mapping[str, str]) -> None:
        values = [
            (c, placeholder)
            for placeholder, value in originals.items()
            for v in _spellings(value)
            if (c := _canonical(v).strip())
        ]
        self._exact = _Automaton((v, p) for v, p in values if not _loosely(v))
        self._loose = _Automaton((_bare(v), p) for v, p in values if _loosely(v))
        self._idle = not values
        self._plain = _but(frozenset((*self._exact.root.next, *self._loose.root.next)))
        self.found: set[str] = set()  # types of personal data, such as EMAIL
        self._held: list[str] = []  # characters as written
        self._released = 0  # how many characters went before the first that is held
        self._forget()

    def _forget(self) -> None:
        self._at_exact, self._at_loose = self._exact.root, self._loose.root
        self._exact_from: list[int] = []  # where each canonical character was written, of those that still matter
        self._loose_from: list[int] = []

    def feed(self, piece: str, *, final: bool = False) -> str:
        """What may be released now that `piece` has come; with `final` nothing can complete any more."""
        if self._idle:
            return piece
        out, at = list[str](), 0
        while at < len(piece):
            if not self._held and (run := self._plain.match(piece, at)):
                out.append(run[0])
                self._released += len(run[0])
                at = run.end()
            else:
                out.append(self._next(piece[at]))
                at += 1
        released = "".join(out)
        if final:
            released += "".join(self._held)
            self._held.clear()
            self._forget()
        return released

    def _next(self, char: str) -> str:
        position = self._released + len(self._held)
        self._held.append(char)
        for canonical in _folded(char):
            self._at_exact = self._exact.step(self._at_exact, canonical)
            self._exact_from.append(position)
            if canonical not in _SEPARATORS:
                self._at_loose = self._loose.step(self._at_loose, canonical)
                self._loose_from.append(position)
            for node, written in ((self._at_exact, self._exact_from), (self._at_loose, self._loose_from)):
                if node.value:
                    return self._withhold(written[-node.value[0]], node.value[1])
        self._exact_from = self._exact_from[len(self._exact_from) - self._at_exact.depth :]
        self._loose_from = self._loose_from[len(self._loose_from) - self._at_loose.depth :]
        return self._release(min([position + 1, *self._exact_from[:1], *self._loose_from[:1]]))

    def _withhold(self, start: int, placeholder: str) -> str:
        before = self._release(start)
        self._released += len(self._held)
        self._held.clear()
        self._forget()
        self.found.add(placeholder.strip("<>").rpartition("_")[0])
        return before + placeholder

    def _release(self, up_to: int) -> str:
        count = up_to - self._released
        text = "".join(self._held[:count])
        del self._held[:count]
        self._released = up_to
        return text
