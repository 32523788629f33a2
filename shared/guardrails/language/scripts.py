"""Which letters a text has, and the language where its script decides alone.

Source: Unicode 17, blocks and UAX #24 (scripts).
"""

import re

LETTERS = re.compile(r"(?:[^\W\d_]+[\u0300-\u036f\u0900-\u0903\u093a-\u094f\u0951-\u0957\u0962\u0963]*)+")
"""Runs of letters, with accents and the vowel signs of Devanagari; other marks, digits and punctuation stand between them."""
_APART = {code: " " for code in range(128) if not chr(code).isalpha()}

_ALONE: tuple[tuple[str, str], ...] = (
    ("ko", "\u1100-\u11ff\u3130-\u318f\ua960-\ua97f\uac00-\ud7ff"),
    ("el", "\u0370-\u03ff\u1f00-\u1fff"),
    ("he", "\u0590-\u05ff\ufb1d-\ufb4f"),
    ("th", "\u0e00-\u0e7f"),
    ("ka", "\u10a0-\u10ff\u1c90-\u1cbf\u2d00-\u2d2f"),
    ("hy", "\u0530-\u058f\ufb13-\ufb17"),
    ("bn", "\u0980-\u09ff"),
    ("pa", "\u0a00-\u0a7f"),
    ("gu", "\u0a80-\u0aff"),
    ("ta", "\u0b80-\u0bff"),
    ("te", "\u0c00-\u0c7f"),
    ("kn", "\u0c80-\u0cff"),
    ("ml", "\u0d00-\u0d7f"),
    ("si", "\u0d80-\u0dff"),
    ("lo", "\u0e80-\u0eff"),
    ("my", "\u1000-\u109f"),
    ("am", "\u1200-\u139f"),
    ("km", "\u1780-\u17ff"),
)
_SCRIPTS = tuple((language, re.compile(f"[{characters}]")) for language, characters in _ALONE)
UNUSUAL = re.compile(
    "[" + "".join(characters for _, characters in _ALONE) + "\u3041-\u30ff\u31f0-\u31ff\u3400-\u9fff\uf900-\ufaff\uff66-\uff9d]"
)
"""A letter of these scripts, most of which set no blanks between words."""
_KANA = re.compile("[\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fd-\u30ff\u31f0-\u31ff\uff66-\uff9d]")
_HANGUL = dict(_SCRIPTS)["ko"]
_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff]")
_LETTERS_OF_ONE = 8
"""An ideograph or a syllable outweighs so many letters: who writes them often adds a brand or a title in Latin letters, and
who writes in Latin letters hardly ever adds one of them."""


def runs(text: str) -> list[str]:
    """The runs of letters in `text`, in order."""
    return text.translate(_APART).split() if text.isascii() else LETTERS.findall(text)


def decided(text: str, letters: int, previous: str | None = None) -> str | None:
    """The language whose script has most of the text's `letters`; None where none decides alone.

    Han is Chinese, unless kana stand with it, or stood in the conversation before (`previous`), or more Hangul does.
    """
    if text.isascii() or not UNUSUAL.search(text):
        return None
    kana, han = len(_KANA.findall(text)), len(_HAN.findall(text))
    hangul = len(_HANGUL.findall(text))
    if kana + han > hangul and (kana + han) * _LETTERS_OF_ONE >= letters - kana - han - hangul:
        if kana * 20 >= kana + han and kana:
            return "ja"
        if han:
            return "ja" if previous == "ja" else "zh"
    for language, script in _SCRIPTS:
        count = len(script.findall(text))
        weight = _LETTERS_OF_ONE if language == "ko" else 1
        if count and count * weight >= max(1, letters - count):
            return language
    return None
