"""Withholds forbidden values from text that leaves, also when a value is cut over any two pieces of it.

Values are compared as people read them: normalised (`shared.guardrails.normal`), without regard to case, and, where a value
is mostly a number (phone, card, IBAN, SSN) or long, to what stands between its digits and words. Two Aho-Corasick automata
read every character once, one with and one without such separators. What is held back is the longest end of the text that
begins a forbidden value: no less could be correct.

Source: A. Aho, M. Corasick, "Efficient string matching: an aid to bibliographic search", CACM 18 (6), 1975.
"""

import ipaddress
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

import phonenumbers

from shared.guardrails.normal import normal_character

_SEPARATORS = frozenset(" \n-.()[]/_,+*`'\u00b7|:;~=&#\"\u2022\u20e3")
_WITHOUT_SEPARATORS = dict.fromkeys(map(ord, _SEPARATORS))
_FEWEST_DIGITS = 6
_FEWEST_LETTERS = 10
"""Letters and digits of a value that is known without what stands between them: fewer could be the ends of honest words."""
_DIGITS = {str(digit): word for digit, word in enumerate("zero one two three four five six seven eight nine".split())}  # noqa: SIM905
_EMAIL = re.compile(r"[^\s@]+@[^\s@]+")


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
    return canonical.translate(_WITHOUT_SEPARATORS)


def _grouped(canonical: str) -> bool:
    """Mostly digits, so that people group it as they like; but the dots of an internet address carry meaning."""
    bare = _bare(canonical)
    digits = sum(map(str.isdecimal, bare))
    if digits < _FEWEST_DIGITS or 2 * digits < len(bare) or not bare.isalnum():
        return False
    try:
        ipaddress.ip_address(canonical)
    except ValueError:
        return True
    return False


def _loosely(canonical: str) -> bool:
    """Whether a value is known however it is parted: a number, or a long one of words, such as a street without its commas."""
    bare = _bare(canonical)
    return (len(bare) >= _FEWEST_LETTERS and 2 * sum(map(str.isalpha, bare)) > len(bare)) or _grouped(canonical)


def _spellings(value: str) -> Iterator[str]:
    """The value as it was told, a telephone number also as it is dialled at home, and what a model may be asked to make of
    it: digits in English words, an e-mail address with `at` and `dot`, a long value backwards."""
    canonical = _canonical(value).strip()
    yield canonical
    short = _national(canonical)
    if short != canonical:
        yield short
    bare = _bare(short)
    if _grouped(short):
        for zero in ("zero", "oh") if "0" in bare else ("zero",):
            yield "".join(zero if char == "0" else _DIGITS.get(char, char) for char in bare)
    elif _EMAIL.fullmatch(canonical):
        name, _, host = canonical.rpartition("@")
        yield from (f"{n}at{h}" for n in {name, name.replace(".", "dot")} for h in (host, host.replace(".", "dot")))
    if _loosely(short) and len(bare) >= _FEWEST_LETTERS - 1:
        yield bare[::-1]


def _national(canonical: str) -> str:
    if not canonical.startswith("+"):
        return canonical
    try:
        national = str(phonenumbers.parse(canonical).national_number)
    except phonenumbers.NumberParseException:
        return canonical
    return national if len(national) >= _FEWEST_DIGITS else canonical


class _Node:
    """The beginning of a value. Where it fails to go on is found when a text first gets here: most beginnings never occur."""

    __slots__ = ("char", "depth", "fail", "next", "parent", "value")

    def __init__(self, parent: "_Node | None" = None, char: str = "") -> None:
        self.parent, self.char = parent, char
        self.next: dict[str, _Node] = {}
        self.fail: _Node | None = None
        self.depth: int = parent.depth + 1 if parent else 0
        self.value: tuple[int, str] | None = None  # length and placeholder of the longest value that ends here


class _Automaton:
    """Where the text read so far ends: within which beginnings of values."""

    def __init__(self, values: Iterable[tuple[str, str]]) -> None:
        self.root = _Node()
        for value, placeholder in values:
            node = self.root
            for char in value:
                following = node.next.get(char)
                if following is None:
                    following = node.next[char] = _Node(node, char)
                node = following
            node.value = len(value), placeholder

    def step(self, node: _Node, char: str) -> _Node:
        """The state after `char`: the longest end of the text that begins a value."""
        at: _Node | None = node
        while at is not None:
            if found := at.next.get(char):
                self._failing(found)
                return found
            at = self._failing(at)
        return self.root

    def _failing(self, node: _Node) -> _Node | None:
        """The longest proper end of a beginning that begins a value too; None for the empty one."""
        above = list[_Node]()
        while node.fail is None and node.parent is not None:
            above.append(node)
            node = node.parent
        for each in reversed(above):
            assert each.parent is not None
            each.fail = self.root if each.parent is self.root else self._after(each.parent.fail, each.char)
            self._failing(each.fail)
            each.value = each.value or each.fail.value
            node = each
        return node.fail

    def _after(self, node: _Node | None, char: str) -> _Node:
        while node is not None:
            if found := node.next.get(char):
                return found
            node = self._failing(node)
        return self.root


class Forbidden:
    """A customer's own values, in every spelling that is known. `originals` maps placeholders to values; an empty value
    forbids nothing. Built once for all texts of a conversation."""

    def __init__(self, originals: Mapping[str, str]) -> None:
        values = [(v, placeholder) for placeholder, value in originals.items() for v in _spellings(value) if v]
        parted = [_loosely(v) for v, _ in values]
        self.exact = _Automaton(each for each, loose in zip(values, parted, strict=True) if not loose)
        self.loose = _Automaton((_bare(v), p) for (v, p), loose in zip(values, parted, strict=True) if loose)
        self.empty = not values
        self.plain = _but(frozenset((*self.exact.root.next, *self.loose.root.next)))


class Values:
    """A customer's own values become their placeholders again: what was masked on the way in is not said on the way out.

    No beginning of a value leaves that may still complete.
    """

    def __init__(self, forbidden: Forbidden) -> None:
        self._exact, self._loose, self._plain = forbidden.exact, forbidden.loose, forbidden.plain
        self._idle = forbidden.empty
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
