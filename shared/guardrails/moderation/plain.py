"""Text as rules and the model read it: lower case, single spaces, one letter for all that look or are written alike."""

import re
import unicodedata
from typing import NamedTuple

from shared.guardrails.moderation.rule import SAME_LETTERS
from shared.guardrails.normal import normal

_WRITTEN_EITHER_WAY = SAME_LETTERS | str.maketrans("\u2018\u2019\u02bc\u201c\u201d\u00b4`", "'''\"\"''")
_EITHER_WAY = re.compile(f"[{''.join(map(chr, _WRITTEN_EITHER_WAY))}]")
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
    normal_text = normalised(text)
    plain = plain_of(normal_text)
    return Written(text, normal_text, plain, WORD.findall(plain))


def normalised(text: str) -> str:
    """`text` without what nobody sees, with one character for all that stand for it; case is kept."""
    if text.isascii():
        return text
    return unicodedata.normalize("NFC", normal(text))


def plain_of(normalised_text: str) -> str:
    """Plain text of normalised text."""
    if normalised_text.isascii():
        return " ".join(normalised_text.lower().replace("`", "'").split())
    lower = _MARKS.sub("", unicodedata.normalize("NFC", normalised_text.casefold()))
    if _EITHER_WAY.search(lower):
        lower = lower.translate(_WRITTEN_EITHER_WAY)
    lower = " ".join(lower.split())
    return lower.translate(_LOOKALIKES) if _MIXED.search(lower) else lower


def plain(text: str) -> str:
    """Plain text of any text."""
    return plain_of(normalised(text))
