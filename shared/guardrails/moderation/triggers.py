"""Which rules are worth trying on a text: those of which it has a word that begins like one of their stems.

Looking words up costs the same for one rule as for hundreds, and grows with the text alone.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import pairwise

from shared.guardrails.moderation.plain import WORD
from shared.guardrails.moderation.rule import SAME_LETTERS, UNSPACED, Rule

UNSPACED_RUN = re.compile(f"{UNSPACED}+")


def keys(plain: str, words: Iterable[str]) -> set[str]:
    """What a text is looked up by: the first letters of its words; of unparted words, all letters and pairs of letters."""
    found = {word[:4] for word in words}
    found.update([word[:5] for word in words])
    if not plain.isascii():
        for run in UNSPACED_RUN.findall(plain):
            found.update(run)
            found.update(map("".join, pairwise(run)))
    return found


@cache
def _keys_of(stems: str) -> frozenset[str]:
    """The keys of a group of stems: one for each, by its longest word.

    A stem of less than four letters is a whole word; one in unspaced writing is its first two letters.
    """
    found = set()
    for stem in unicodedata.normalize("NFKC", stems).translate(SAME_LETTERS).split("|"):
        unspaced = UNSPACED_RUN.search(stem)
        longest = max(WORD.findall(stem), key=len, default=stem)
        found.add(unspaced[0][:2] if unspaced else longest[:5])
    return frozenset(found)


class Triggers:
    """The rules by the keys of their first groups, and what else each needs."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._by_key: dict[str, list[int]] = {}
        self._also: dict[int, list[frozenset[str]]] = {}
        for index, rule in enumerate(rules):
            first, *others = map(_keys_of, rule.stems.split("&"))
            self._also[index] = others
            for key in first:
                self._by_key.setdefault(key, []).append(index)

    def of(self, found: set[str], around: Sequence[set[str]] = ()) -> list[int]:
        """The indices of the rules to be tried, each once, in order: what else a rule needs may stand `around`, too."""
        hit = sorted({index for key in self._by_key.keys() & found for index in self._by_key[key]})
        if not around:
            return [index for index in hit if not any(map(found.isdisjoint, self._also[index]))]
        return [index for index in hit if not any(all(map(also.isdisjoint, around)) for also in self._also[index])]
