"""Hardware addresses: six bytes in hexadecimal, by `:`, `-`, or in fours by a point. Source: IEEE 802-2014, EUI-48."""

import re
from collections.abc import Iterator

from shared.guardrails.pii.span import Scope, Span

NEEDED = r"[0-9a-f]{2}(?:[:-][0-9a-f]{2}){5}|[0-9a-f]{4}\.[0-9a-f]{4}\.[0-9a-f]{4}"
EXAMPLES = (
    "my MAC is ⟦00:1A:2B:3C:4D:5E⟧",
    "⟦AA-BB-CC-DD-EE-FF⟧ is blocked",
    "Physical address ⟦aabb.ccdd.eeff⟧",
)
COUNTEREXAMPLES = (
    "00:1A:2B:3C:4D",
    "ZZ:ZZ:ZZ:ZZ:ZZ:ZZ",
    "at 10:20:30 or 11-12-13",
)

_ADDRESS = re.compile(
    r"(?<![\w:.-])[0-9a-f]{2}([:-])(?:[0-9a-f]{2}\1){4}[0-9a-f]{2}(?![\w:]|[.-]\w)"
    r"|(?<![\w:.-])[0-9a-f]{4}\.[0-9a-f]{4}\.[0-9a-f]{4}(?![\w:]|[.-]\w)",
    re.IGNORECASE,
)
_NONE = re.compile(r"0{2}(?:[:-]0{2}){5}|\d{4}\.\d{4}\.\d{4}")  # unset, and a card's or an account's groups


def find(text: str, _: Scope) -> Iterator[Span]:
    for match in _ADDRESS.finditer(text):
        if not _NONE.fullmatch(match[0]):
            yield Span(*match.span(), "MAC")
