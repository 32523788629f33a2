"""Internet addresses, versions 4 and 6, as the standard library accepts them; never a version number, a time or `::`."""

import ipaddress
import re
from collections.abc import Iterator

from shared.guardrails.pii.span import Scope, Span

NEEDED = r"\d\.\d{1,3}\.\d{1,3}\.\d|::|(?:[0-9a-f]{1,4}:){7}"
EXAMPLES = (
    "from ⟦203.0.113.42⟧, I think",
    "⟦2001:db8::8a2e:370:7334⟧",
    "blocked: ⟦fe80::1⟧ today",
    "(⟦10.1.2.3⟧:8080)",
    "route ⟦2001:db8::/32⟧ and ⟦192.0.2.0/24⟧",
    "⟦2001:0db8:85a3:0000:0000:8a2e:0370:7334⟧",
)
COUNTEREXAMPLES = (
    "version 10.1.2.3",
    "v1.2.3.4",
    "256.1.2.3",
    "1.2.3.4.5",
    "at 12:30:45",
    "a::b, std::cout and :: alone",
    "$1.234.567.89",
)

_V4 = re.compile(r"(?<![\w.$€£-])\d{1,3}(?:\.\d{1,3}){3}(?:/\d{1,2})?(?![\w-]|\.\d)")
_V6 = re.compile(r"(?<![\w:.])(?:[0-9a-f]{0,4}:){2,8}[0-9a-f]{0,4}(?:\.\d{1,3}){0,3}(?:/\d{1,3})?(?![\w:]|\.\d)", re.IGNORECASE)
_VERSION = re.compile(r"\b(?:v|ver|version|firmware|release|build)[ .:]{0,3}$", re.IGNORECASE)


def find(text: str, _: Scope) -> Iterator[Span]:
    for match in _V4.finditer(text):
        if _address(match[0]) and not _VERSION.search(text, max(0, match.start() - 12), match.start()):
            yield Span(*match.span(), "IP")
    for match in _V6.finditer(text):
        if len(match[0]) > 4 and any(char.isdecimal() for char in match[0]) and _address(match[0]):
            yield Span(*match.span(), "IP")


def _address(text: str) -> bool:
    try:
        ipaddress.ip_interface(text)
    except ValueError:
        return False
    return True
