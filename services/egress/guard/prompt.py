"""The assistant's instructions stay inside: a reply that begins to recite them ends there.

A recital is `WORDS` words in a row that stand in the instructions and in nothing that may be said, or the canary, a word
that stands nowhere else. It says nothing about paraphrases; the instructions hold no secret and give no right.
"""

import re
import unicodedata
from collections.abc import Iterable

WORDS = 8
_LONGEST_WORD = 256
_WORD = re.compile(rf"\w{{1,{_LONGEST_WORD}}}")


class Instructions:
    """What must not be recited. `public` texts may be said, also where they stand in the instructions word for word."""

    def __init__(self, secret: Iterable[str] = (), public: Iterable[str] = (), canaries: Iterable[str] = ()) -> None:
        self._texts = [tuple(map(_folded, _WORD.findall(text))) for text in secret]
        said = {gram for text in public for gram in _grams(tuple(map(_folded, _WORD.findall(text))))}
        self._starts: dict[str, list[tuple[int, int]]] = {}  # by first word: text and place
        for number, words in enumerate(self._texts):
            for place, gram in enumerate(_grams(words)):
                if gram not in said:
                    self._starts.setdefault(words[place], []).append((number, place))
        self.canaries = frozenset(canaries)

    def begun(self, word: str) -> list[tuple[int, int]]:
        """Where a forbidden run of words begins with this one: text and place."""
        return self._starts.get(word, [])

    def follows(self, at: tuple[int, int], word: str, length: int) -> bool:
        """Whether the run that began `at` goes on with `word` after `length` words."""
        text, place = at
        return self._texts[text][place + length] == word


class Recital:
    """Lets a text through up to where it begins to recite; nothing after it. Holds back what may be the beginning."""

    def __init__(self, instructions: Instructions) -> None:
        self._instructions = instructions
        self._text = ""  # held
        self._scanned = 0
        self._runs: list[tuple[tuple[int, int], int, int]] = []  # where it began, words so far, its place in the text
        self._tail: list[tuple[str, int]] = []  # characters that may begin a canary, and the place of their word
        self.found: set[str] = set()

    def feed(self, piece: str, *, final: bool = False) -> str:
        """The next part of what may leave."""
        if self.found:
            return ""
        self._text += piece
        for word in _WORD.finditer(self._text, self._scanned):
            if word.end() == len(self._text) and not final and len(word[0]) < _LONGEST_WORD:
                return self._release(word.start())
            self._scanned = word.end()
            if (begin := self._recited(_folded(word[0]), word.start())) is not None:
                self.found.add("prompt")
                return self._text[:begin]
        return self._release(len(self._text), final=final)

    def _recited(self, word: str, place: int) -> int | None:
        """Where the recital that ends with this word began."""
        known = self._instructions
        runs = [(at, count + 1, begin) for at, count, begin in self._runs if known.follows(at, word, count)]
        self._runs = runs + [(at, 1, place) for at in known.begun(word)]
        for _, count, begin in self._runs:
            if count == WORDS:
                return begin
        return self._canary(word, place)

    def _canary(self, word: str, place: int) -> int | None:
        """Also spelled in parts: only letters and digits count. `_tail` is the longest end of the text that begins one."""
        canaries = self._instructions.canaries
        if not self._tail and not any(canary[0] in word for canary in canaries):
            return None
        self._tail += [(character, place) for character in word]
        spelled = "".join(character for character, _ in self._tail)
        for canary in canaries:
            if (at := spelled.find(canary)) >= 0:
                return self._tail[at][1]
        longest = max(map(len, canaries))
        first = max(0, len(spelled) - longest)
        while first < len(spelled) and not any(canary.startswith(spelled[first:]) for canary in canaries):
            first += 1
        self._tail = self._tail[first:]
        return None

    def _release(self, up_to: int, *, final: bool = False) -> str:
        held = [] if final else [*(begin for _, _, begin in self._runs), *(begin for _, begin in self._tail[:1])]
        cut = min([up_to, *held])
        released, self._text = self._text[:cut], self._text[cut:]
        self._scanned = max(0, self._scanned - cut)
        self._runs = [(at, count, begin - cut) for at, count, begin in self._runs if begin >= cut]
        self._tail = [(character, begin - cut) for character, begin in self._tail]
        return released


def _folded(word: str) -> str:
    return unicodedata.normalize("NFKC", word).casefold()


def _grams(words: tuple[str, ...]) -> list[tuple[str, ...]]:
    return [words[place : place + WORDS] for place in range(len(words) - WORDS + 1)]
