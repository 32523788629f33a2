"""HTML's character references become their characters, before anything looks at the text.

A client that renders Markdown decodes them: `&#104;ttps://` and `[a](https&colon;//b)` would be links for it and none for us.
Source: https://html.spec.whatwg.org/multipage/named-characters.html
"""

import html
import re

from services.egress.guard.hidden import is_seen
from services.egress.guard.scanner import Scanner, Step

_AMP = r"(?:(?:amp|AMP|#0{0,4}38|#[xX]0{0,4}26);){0,40}"
_REFERENCE = re.compile(rf"&{_AMP}(#\d{{1,7}};?|#[xX][0-9a-fA-F]{{1,6}};?|[A-Za-z][A-Za-z0-9]{{1,31}};)")
_UNFINISHED = re.compile(rf"&{_AMP}(?:[A-Za-z][A-Za-z0-9]{{0,31}}|#\d{{0,7}}|#[xX][0-9a-fA-F]{{0,6}})?")
_LONGEST = 32
_OPEN = re.compile(r"&[A-Za-z0-9#]{0,32}$")


class Entities(Scanner):
    """Decodes once and for good: in the result no reference is left that was not in the text, nor one that was. What stands
    for a character that nobody sees is dropped."""

    plain = re.compile(r"[^&]+")

    def __init__(self) -> None:
        super().__init__()
        self._given = ""  # the last characters
        self._decoded = False

    def _step(self, text: str, at: int, final: bool) -> Step:
        if not final and _UNFINISHED.fullmatch(text, at):
            return None
        found = _REFERENCE.match(text, at)
        if not found:
            return at + 1, "&"
        name = found[1].rstrip(";")
        character = html.unescape(f"&{name};")
        if name in character and not name.startswith("#"):
            return at + 1, "&"  # no name that HTML knows
        self.found.add("markup")
        self._decoded = True
        return found.end(), "".join(filter(is_seen, character))

    def _joined(self, gives: str) -> str:
        """A decoded letter must not complete a reference with what stands before it."""
        seam = " " if self._decoded and gives[0] in _OF_NAMES and _OPEN.search(self._given) else ""
        self._decoded = False
        self._given = (self._given + seam + gives)[-_LONGEST - 1 :]
        return seam + gives


_OF_NAMES = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789#;")
