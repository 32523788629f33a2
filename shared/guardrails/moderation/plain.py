"""Text as rules and the model read it: lower case, single spaces, one letter for all that look or are written alike."""

import re
import unicodedata
from typing import NamedTuple

from shared.guardrails.moderation.rule import SAME_LETTERS
from shared.guardrails.normal import normal_character

_QUOTES = str.maketrans("\u2018\u2019\u02bc\u201c\u201d\u00b4`", "'''\"\"''")
_MARKS = re.compile("[\u0300-\u036f\u0591-\u05c7\u0640\u064b-\u065f\u0670]+")
"""Accents that no letter takes, Hebrew and Arabic vowels, and the Arabic stretch: written or left out as one likes."""
_LOOKALIKES = str.maketrans("аеорсухіјѕԁһӏαειοκνρτυχ", "aeopcyxijsdhlaeiokvptux")
_MIXED = re.compile(r"[a-z][\u0370-\u04ff]|[\u0370-\u04ff][a-z]")


WORD = re.compile(r"\w+|[^\w\s]")


class Written(NamedTuple):
    """A text in three forms, as it is written, normalised, and plain, and the words and marks of the plain one."""

    written: str
    normal: str
    plain: str
    words: list[str]


def written(text: str) -> Written:
    """The forms of a text."""
    normal = normalised(text)
    plain = plain_of(normal)
    return Written(text, normal, plain, WORD.findall(plain))


def normalised(text: str) -> str:
    """`text` without what nobody sees, with one character for all that stand for it; case is kept."""
    if text.isascii():
        return text
    return unicodedata.normalize("NFC", "".join(map(normal_character, text)))


def plain_of(normal: str) -> str:
    """Plain text of normalised text."""
    if normal.isascii():
        return " ".join(normal.lower().replace("`", "'").split())
    lower = _MARKS.sub("", unicodedata.normalize("NFC", normal.casefold())).translate(_QUOTES).translate(SAME_LETTERS)
    lower = " ".join(lower.split())
    return lower.translate(_LOOKALIKES) if _MIXED.search(lower) else lower


def plain(text: str) -> str:
    """Plain text of any text."""
    return plain_of(normalised(text))
