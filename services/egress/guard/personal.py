"""Personal data and secrets that nobody told us in this conversation: whoever they belong to, they are not said.

The recognisers of the way in look at each run of words that could hold something: one with a digit, an @, or too long to be
a word of a language; and at five or more words in a row that say digits. What the company publishes (its own contacts) is
told apart by a list, not by guessing. Data without such words, such as a name or a street, passes: a reply is full of names.
"""

import re
from collections.abc import Callable, Collection, Iterable

from services.egress.guard.scanner import Scanner, Step, placeholder_at
from shared.guardrails.pii import Span
from shared.guardrails.pii.spelled import WORDS

WITHHELD = frozenset(
    """SECRET PASSWORD URL_WITH_SECRET CARD IBAN BANK_ACCOUNT ROUTING_NUMBER SSN NATIONAL_ID TAX_ID PASSPORT LICENCE CRYPTO
    EMAIL PHONE IP MAC""".split()  # noqa: SIM905 - a table, not a hundred quotes
)
"""Kinds that a reply never needs. A name, an address, a date or a code to type is often the company's own."""

LONGEST = 240  # characters that are looked at together, and so the most that is held back
_BEFORE = 96  # characters before them that say what they are, such as "account number"
_WORDLIKE = 20

# Scripts that write words apart (all before Thai), and the full-width forms of ASCII.
_CHARACTER = r"[0-9A-Za-z@._%+\-=/:#~?&\u00aa-\u0dff\uff10-\uff5a\uff20\uff0e\U0001d7ce-\U0001d7ff]"
_WORD = re.compile(rf"{_CHARACTER}{{1,{LONGEST}}}")
_SUSPECT = re.compile(rf"[\d@\uff20]|.{{{_WORDLIKE}}}")
_BETWEEN = re.compile(r"[ \u00a0\u202f\t()\[\]*,|]{1,3}")
# What follows a suspect word belongs to it when it has a digit before any small letter, is a group of capitals (IBAN), or
# joins the parts of an address.
_SMALL = r"a-z\u00aa-\u0dff"
_DIGIT = "|".join(sorted(WORDS, key=len, reverse=True))
_BEGINNING = "|".join(sorted({word[:end] for word in WORDS for end in range(1, len(word) + 1)}, key=len, reverse=True))
_SPOKEN = re.compile(rf"(?:(?:{_DIGIT})[-.]?)+", re.IGNORECASE)
_MAY_BE_SPOKEN = re.compile(rf"(?:(?:{_DIGIT})[-.]?)*(?:{_BEGINNING})", re.IGNORECASE)
_DIGITS_SPOKEN = re.compile(rf"(?<![^\W_])(?:{_DIGIT})(?![^\W_])", re.IGNORECASE)
_FEWEST_SPOKEN = 5
_GOES_ON = re.compile(rf"[^{_SMALL}]*\d.*|[A-Z]{{1,5}}\W*|[-+./]+|@.*|at|dot|(?i:{_SPOKEN.pattern})")
_MAY_GO_ON = re.compile(rf"[^{_SMALL}]*(?:\d.*)?|@.*|at?|d(?:ot?)?|(?i:{_MAY_BE_SPOKEN.pattern})|(?i:{_SPOKEN.pattern})")

Find = Callable[[str], Iterable[Span]]
Published = Callable[[str, str], bool]
"""Whether a value of this kind is the company's own."""


class Personal(Scanner):
    """Puts `hidden` in the place of what `find` recognises, unless it is `published`; placeholders pass."""

    plain = re.compile(rf"(?:(?!{_CHARACTER})[^<])+")

    def __init__(self, find: Find, published: Published, hidden: str) -> None:
        super().__init__()
        self._find, self._published, self._hidden = find, published, hidden
        self._before = ""

    def _step(self, text: str, at: int, final: bool) -> Step:
        if text[at] == "<":
            end = placeholder_at(text, at, final)
            return None if end is None else (max(end, at + 1), text[at : max(end, at + 1)])
        word = _WORD.match(text, at)
        assert word
        if self._undecided(text, word.end(), at, final):
            return None
        suspect = _SUSPECT.search(word[0]) is not None
        if not suspect and not _SPOKEN.fullmatch(word[0]):
            return word.end(), word[0]
        end = self._region(text, at, word.end(), final)
        if end is None:
            return None
        region = text[at:end]
        if suspect or _SUSPECT.search(region) or len(_DIGITS_SPOKEN.findall(region)) >= _FEWEST_SPOKEN:
            return end, self._looked_at(region)
        return word.end(), word[0]

    def _region(self, text: str, at: int, end: int, final: bool) -> int | None:
        """The end of what is looked at together with the suspect word that ends at `end`."""
        limit = at + LONGEST
        while gap := _BETWEEN.match(text, end, limit):
            if self._undecided(text, gap.end(), at, final):
                return None
            word = _WORD.match(text, gap.end(), limit)
            if word is None or not _MAY_GO_ON.fullmatch(word[0]):
                return end
            if self._undecided(text, word.end(), at, final):
                return None
            if not _GOES_ON.fullmatch(word[0]):
                return end
            end = word.end()
        return end

    @staticmethod
    def _undecided(text: str, end: int, at: int, final: bool) -> bool:
        return not final and end == len(text) and end - at < LONGEST

    def _looked_at(self, region: str) -> str:
        out, done, offset = list[str](), 0, len(self._before)
        for span in self._find(self._before + region):
            start, end = max(0, span.start - offset), span.end - offset
            if span.kind not in WITHHELD or end <= done or self._published(span.kind, region[start:end]):
                continue
            self.found.add(span.kind)
            out += (region[done:start], self._hidden)
            done = end
        return "".join([*out, region[done:]])

    def _passed(self, read: str) -> None:
        self._before = (self._before + read)[-_BEFORE:]


def contacts(hosts: Collection[str], listed: Iterable[str]) -> Published:
    """What the company publishes: addresses at its own hosts, and the contacts that it lists, however they are grouped."""
    known = frozenset(map(_bare, listed))

    def published(kind: str, value: str) -> bool:
        if _bare(value) in known:
            return True
        host = value.rpartition("@")[2].casefold()
        return kind == "EMAIL" and any(host == each or host.endswith(f".{each.removeprefix('*.')}") for each in hosts)

    return published


def _bare(value: str) -> str:
    return "".join(character for character in value.casefold() if character.isalnum() or character in "@+")
