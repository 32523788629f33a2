"""Text as people type it: without the marks that their keyboard lacks, Hindi in Latin letters."""

import random
import re
import unicodedata

PLAIN = "ca cs da de es et fi fr ga gl hr hu is it lt lv no pl pt ro sk sl sq sr sv tr vi"
"""Languages that are also typed without their marks."""
_LETTERS = str.maketrans("ıłđøæœß", "ildoaos")
_CONSONANTS = dict(zip(
    "कखगघङचछजझञटठडढणतथदधनपफबभमयरलवशषसह",
    "k|kh|g|gh|n|ch|chh|j|jh|n|t|th|d|dh|n|t|th|d|dh|n|p|ph|b|bh|m|y|r|l|v|sh|sh|s|h".split("|"),  # noqa: SIM905
    strict=True,
))  # fmt: skip
_NUKTA = {"k": "q", "kh": "kh", "g": "gh", "j": "z", "ph": "f", "d": "d", "dh": "dh"}
_LONG = "a aa|i|i ee|u|u oo|ri|e|ai|o|o|au"
_VOWELS = dict(zip("अआइईउऊऋएऐऑओऔ", f"a|{_LONG}".split("|"), strict=True))
_SIGNS = dict(zip("ािीुूृेैॉोौ", _LONG.split("|"), strict=True))
_NASAL = "ंँ"
_LONG_END = re.compile("(a)a$")
_WORD = re.compile(r"[\u0900-\u0963\u0970-\u097f]+")


def plain(word: str) -> str:
    """A word without its marks."""
    return "".join(letter for letter in unicodedata.normalize("NFD", word) if not unicodedata.combining(letter)).translate(
        _LETTERS
    )


def latin(text: str, chance: random.Random) -> str:
    """Hindi in Latin letters as it is typed: the silent vowel left out, long ones doubled or not."""
    return _WORD.sub(lambda word: _romanised(unicodedata.normalize("NFD", word[0]), chance), text)


def _romanised(word: str, chance: random.Random) -> str:
    syllables: list[str] = []  # consonants, each followed by its vowel ("" for none, "a" for the one not written)
    written: list[bool] = []
    for letter in word:
        if letter in _CONSONANTS:
            syllables += [_CONSONANTS[letter], "a"]
            written += [True, False]
        elif letter == "़" and len(syllables) > 1:
            syllables[-2] = _NUKTA.get(syllables[-2], syllables[-2])
        elif letter in _SIGNS and syllables:
            syllables[-1], written[-1] = chance.choice(_SIGNS[letter].split()), True
        elif letter == "्" and syllables:
            syllables[-1], written[-1] = "", True
        elif letter in _VOWELS:
            syllables += ["", chance.choice(_VOWELS[letter].split())]
            written += [True, True]
        elif letter in _NASAL:
            syllables += [chance.choice(("n", "")), ""]
            written += [True, True]
    vowels = range(1, len(syllables), 2)
    for at in reversed(vowels):  # B. Narasimhan et al., "Schwa-Deletion in Hindi Text-to-Speech Synthesis", 2004
        last = at == len(syllables) - 1
        between = at > 2 and at + 2 < len(syllables) and syllables[at - 2] and syllables[at + 2] and syllables[at + 1]
        if not written[at] and ((last and at > 1) or between):
            syllables[at] = ""
    return _LONG_END.sub(r"\1", "".join(syllables))
