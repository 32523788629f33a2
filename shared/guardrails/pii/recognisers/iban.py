"""International bank account numbers: the country's length, and the remainder 1 by 97.

Source: ISO 13616-1, IBAN registry of SWIFT (lengths per country).
"""

import re
from collections.abc import Iterator

from shared.guardrails.pii.once import Once
from shared.guardrails.pii.span import Scope, Span

NEEDED = r"[A-Z]{2}[ -]?\d{2}[A-Z\d .-]{9}"
EXAMPLES = (
    "send it to ⟦DE89 3704 0044 0532 0130 00⟧ please",
    "⟦GB82WEST12345698765432⟧",
    "iban: ⟦nl91abna0417164300⟧",
    "⟦FR14-2004-1010-0505-0001-3M02-606⟧.",
    "IBAN ⟦NO9386011117947⟧",
    "to ⟦NO 93 8601.11.17947⟧.",
)
COUNTEREXAMPLES = (
    "DE89 3704 0044 0532 0130 01",
    "GB82WEST1234569876543",
    "XX89370400440532013000",
    "order AB12 is late",
)

_LENGTHS = {
    pair[:2]: int(pair[3:])
    for pair in """
    AD:24 AE:23 AL:28 AT:20 AZ:28 BA:20 BE:16 BG:22 BH:22 BI:27 BR:29 BY:28 CH:21 CR:22 CY:28 CZ:24 DE:22 DJ:27 DK:18
    DO:28 EE:20 EG:29 ES:24 FI:18 FK:18 FO:18 FR:27 GB:22 GE:22 GI:23 GL:18 GR:27 GT:28 HN:28 HR:21 HU:28 IE:22 IL:23
    IQ:23 IS:26 IT:27 JO:30 KW:30 KZ:20 LB:28 LC:32 LI:21 LT:20 LU:20 LV:21 LY:25 MC:27 MD:24 ME:22 MK:19 MN:20 MR:27
    MT:31 MU:30 NI:28 NL:18 NO:15 OM:23 PK:24 PL:28 PS:29 PT:25 QA:29 RO:24 RS:22 RU:33 SA:24 SC:31 SD:18 SE:24 SI:19
    SK:24 SM:27 SO:23 ST:25 SV:28 TL:23 TN:24 TR:26 UA:29 VA:22 VG:24 XK:20 YE:30
    """.split()  # noqa: SIM905 - a table, not a hundred quotes
}
_START = re.compile(r"(?<![A-Za-z0-9])([A-Za-z]{2})[ -]?\d{2}")


def find(text: str, _: Scope) -> Iterator[Span]:
    known = Once(valid)
    for match in _START.finditer(text):
        length = _LENGTHS.get(match[1].upper())
        end = _end(text, match.start(), length) if length else None
        if end and known[text[match.start() : end]]:
            yield Span(match.start(), end, "IBAN")


def _end(text: str, start: int, length: int) -> int | None:
    """Where `length` letters and digits from `start` on end, single spaces, dashes and dots apart; None if they do not."""
    at, taken = start, 0
    while at < len(text) and taken < length:
        if text[at].isascii() and text[at].isalnum():
            taken += 1
        elif text[at] not in " -." or text[at - 1] in " -.":
            return None
        at += 1
    return at if taken == length and not text[at : at + 1].isalnum() else None


def valid(number: str) -> bool:
    """Country and check digits moved to the end, letters as 10 to 35: the remainder by 97 is 1."""
    plain = re.sub(r"[ .-]", "", number)
    return int("".join(str(int(char, 36)) for char in plain[4:] + plain[:4])) % 97 == 1
