"""The training text of a language: lines of lower-case words, as messages give them."""

import random
from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path

import brotli

from shared.guardrails.language.scripts import LETTERS
from training import household
from training.language import clones as repositories
from training.language import languages
from training.language.typed import PLAIN, latin, plain
from training.language.words import words

LINES = 520_000
LENGTHS = (1, 1, 2, 2, 3, 4, 5, 6, 8, 12)
"""Words of a line: what short messages have, and long ones say as often."""
LETTERS_TO_TELL = 5
"""Of a line of words drawn: an article alone is in many languages."""
_LONGEST = 20
SHARES = {"sentences": 0.16, "texts": 0.1, "commands": 0.08, "keywords": 0.03}
"""Of the lines, what comes from each kind of text; the rest are words drawn independently."""
REPEATED = 24
"""How often a text may give a line."""
WITHOUT_MARKS = 0.08
IN_LATIN = 0.5
"""Shares of a language's lines that are typed so."""
_CYRILLIC = "абвгдђежзијклљмнњопрстћуфхцчџш"
_LATIN = "a b v g d đ e ž z i j k l lj m n nj o p r s t ć u f h c č dž š"
LATIN = str.maketrans(dict(zip(_CYRILLIC, _LATIN.split(" "), strict=True)))
"""Serbian's two alphabets, letter by letter."""


_KEPT_BACK = 40
"""One sentence in so many is not trained on: it tells how good the weights are."""


class Sources:
    """`folder` has the packages, `clones` the repositories."""

    def __init__(self, folder: Path, clones: Path) -> None:
        self._folder, self._clones = folder, clones

    def lines(self, language: str) -> list[list[str]]:
        """Training text of a language: the same each time."""
        chance = random.Random(language)
        wanted = LINES // 6 if language in languages.RARE.split() else LINES
        read: list[list[str]] = []
        for kind, texts in self._texts(language, chance).items():
            said = [runs for text in texts if (runs := _runs(text))]
            count = min(int(wanted * SHARES[kind]), REPEATED * len(said))
            read += [_part(chance.choice(said), chance) for _ in range(count)]
        if language == "hi":  # uncut, since parts of them are English
            read += [_runs(text)[:_LONGEST] for text in repositories.hinglish(self._clones)]
        drawn = self._drawn(language, (wanted - len(read)) * sum(LENGTHS) // len(LENGTHS), chance)
        read += _said(drawn, chance)
        return [self._typed(language, runs, chance) for runs in read]

    def kept_back(self, language: str) -> list[str]:
        """Sentences that no line is made of."""
        return [text for text in self._sentences(language) if _kept_back(text)]

    def _sentences(self, language: str) -> list[str]:
        return repositories.sentences(self._clones, languages.VOICE.get(language, (language,)))

    def _texts(self, language: str, chance: random.Random) -> dict[str, list[str]]:
        at_home = languages.HOUSEHOLD.get(language, (language,))
        found = {
            "sentences": [text for text in self._sentences(language) if not _kept_back(text)],
            "texts": household.texts(self._folder / "texts", at_home),
            "commands": household.commands(self._folder / "texts", at_home, chance),
            "keywords": repositories.keywords(self._clones, languages.CLDR.get(language, (language,))),
        }
        if language == "sr":  # people write both alphabets
            found = {kind: [text.lower().translate(LATIN) if chance.random() < 0.5 else text for text in said]
                     for kind, said in found.items()}  # fmt: skip
        if language == "hi":
            found = {kind: [latin(text, chance) if chance.random() < IN_LATIN else text for text in said]
                     for kind, said in found.items()}  # fmt: skip
        return found

    def _drawn(self, language: str, count: int, chance: random.Random) -> list[str]:
        names = languages.CORPORA[language].split()
        found: list[str] = []
        for name in names:
            model = self._folder / "vendor" / f"lingua-{name}-language-model" / "models"
            found += words(model, count // len(names), chance, brotli.decompress)
        if language == "sr":
            half = len(found) // 2
            found = [word.translate(LATIN) for word in found[:half]] + found[half:]
        return found

    def _typed(self, language: str, runs: list[str], chance: random.Random) -> list[str]:
        if language in PLAIN.split() and chance.random() < WITHOUT_MARKS:
            runs = [plain(word) for word in runs]
        return runs


def _kept_back(text: str) -> bool:
    return int.from_bytes(sha256(text.encode()).digest()[:3], "big") % _KEPT_BACK == 0


def _runs(text: str) -> list[str]:
    return LETTERS.findall(text.lower())


def _said(words: Sequence[str], chance: random.Random) -> Iterator[list[str]]:
    """The words in lines, without those of which nobody could tell the language."""
    start = 0
    while start < len(words):
        length = chance.choice(LENGTHS)
        line = list(words[start : start + length])
        start += length
        if sum(map(len, line)) >= LETTERS_TO_TELL:
            yield line


def _part(runs: Sequence[str], chance: random.Random) -> list[str]:
    if len(runs) < 3 or chance.random() < 0.4:
        return list(runs[:_LONGEST])
    length = chance.choice(LENGTHS)
    start = chance.randrange(max(1, len(runs) - length + 1))
    return list(runs[start : start + length])
