"""Characters that nobody sees, out of a reply: they carry data past every reader, and hide what stands between them.

Tags spell ASCII invisibly (U+E0000), a zero-width pair is a bit, bidi overrides show one host and open another ("ASCII
smuggling", Unicode TR 36), and controls make links and hide text on a terminal (ECMA-48, OSC 8). Joiners stay where scripts
and emoji need one: after a letter beyond Latin, or a symbol.
"""

import re
import unicodedata

from services.egress.guard.scanner import Scanner, Step
from shared.guardrails.normal import normal_character

_JOINERS = "\u200c\u200d"
_VARIATION = "\ufe0e\ufe0f"
_BASES = frozenset({"Lo", "Mn", "Mc", "So", "Sk"})  # Arabic and Indic letters, their marks, emoji, their skin tones


class Hidden(Scanner):
    """Drops them. Decides by what stands before, so nothing is held back."""

    plain = re.compile(r"[\n\t\x20-\x7e]+")

    def __init__(self) -> None:
        super().__init__()
        self._before = ""

    def _step(self, text: str, at: int, final: bool) -> Step:
        character = text[at]
        if is_seen(character) or self._needed(character):
            return at + 1, character
        self.found.add("hidden")
        return at + 1, ""

    def _needed(self, character: str) -> bool:
        before = self._before
        if character in _VARIATION:
            return before != "" and (before in "#*0123456789" or unicodedata.category(before) in ("So", "Sm", "Po"))
        return character in _JOINERS and before != "" and (before == "\ufe0f" or unicodedata.category(before) in _BASES)

    def _joined(self, gives: str) -> str:
        self._before = gives[-1]
        return gives


def is_seen(character: str) -> bool:
    """Whether readers see the character, or the space that it makes."""
    return character in "\n\t" or (normal_character(character) != "" and unicodedata.category(character) != "Cc")
