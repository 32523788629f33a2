"""Payment card numbers: an issuer's prefix, one of its lengths, and the Luhn digit.

Sources: ISO/IEC 7812-1 (Luhn in annex B); the prefixes and lengths are those that the issuers publish.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import accumulate

from shared.guardrails.pii.once import Once
from shared.guardrails.pii.span import Scope, Span

NEEDED = r"\d(?:[\s._/-]{0,3}\d){11}"
EXAMPLES = (
    "my card is ⟦4111 1111 1111 1111⟧, exp 12/27",
    "⟦378282246310005⟧",
    "card ⟦5555-5555-5555-4444⟧ cvv",
    "it is ⟦4111 1111\n1111 1111⟧",
    "⟦6011.1111.1111.1117⟧ was declined",
    "card ⟦4111 1111 1111 1111⟧ 123 12/27",
)
COUNTEREXAMPLES = (
    "4111 1111 1111 1112",
    "tracking 1Z999AA10123456784",
    "9400 1000 0000 0000 0000 00",
    "open in 2024 2025 2026 2027",
)

_RUN = re.compile(r"\d(?:[\s.\-_/]{0,3}\d){11,}")
_NAMED = re.compile(r"\bcard(?: (?:number|no\.?|nr\.?|is|was|#)){0,2}\s?[:#-]?\s?(\d{12,19})(?!\d)", re.IGNORECASE)
_GROUP = re.compile(r"\d+")
_LONGEST = 19
_DOUBLED = bytes.maketrans(b"0123456789", b"0246813579")
"""Twice a digit, the digits of the result added."""
_ZERO = ord("0")

_ISSUERS: tuple[tuple[re.Pattern[str], frozenset[int]], ...] = tuple(
    (re.compile(prefix), frozenset(lengths))
    for prefix, lengths in (
        (r"4", (13, 16, 19)),  # Visa
        (r"5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720", (16,)),  # Mastercard
        (r"3[47]", (15,)),  # American Express
        (r"6011|64[4-9]|65", range(16, 20)),  # Discover
        (r"30[0-5]|3095|36|3[89]", range(14, 20)),  # Diners Club
        (r"352[89]|35[3-8]", range(16, 20)),  # JCB
        (r"2131|1800", (15,)),  # JCB, older
        (r"62|81", range(16, 20)),  # UnionPay
        (r"5018|5020|5038|56|57|58|6304|6390|67", range(12, 20)),  # Maestro
        (r"220[0-4]", range(16, 20)),  # Mir
        (r"60|508|353|356|82", (16,)),  # RuPay
        (r"9792", (16,)),  # Troy
        (r"506(?:099|1)|650(?:00|01|02)", range(16, 20)),  # Verve
        (r"636368|438935|504175|451416|636297|5067|4576|4011", (16,)),  # Elo
    )
)


def find(text: str, _: Scope) -> Iterator[Span]:
    """Cards among the digit groups of each run of digits: a group is never split, and up to three characters part groups."""
    for named in _NAMED.finditer(text):  # of an issuer that is not in the table
        if luhn(named[1]):
            yield Span(*named.span(1), "CARD")
    known = Once(_cards_in)
    for run in _RUN.finditer(text):
        if not text[run.end() : run.end() + 1].isdecimal():
            yield from (Span(run.start() + start, run.start() + end, "CARD") for start, end in known[run[0]])


def _cards_in(run: str) -> list[tuple[int, int]]:
    groups = [match.span() for match in _GROUP.finditer(run)]
    digits = "".join(run[start:end] for start, end in groups)
    offsets = [0, *accumulate(end - start for start, end in groups)]
    cards = []
    first = 0
    while first < len(groups):
        last = _card_at(digits, offsets, first)
        if last is None:
            first += 1
        else:
            cards.append((groups[first][0], groups[last][1]))
            first = last + 1
    return cards


def _card_at(digits: str, offsets: list[int], first: int) -> int | None:
    """The last group of the longest card that begins with group `first`; group n is `digits[offsets[n]:offsets[n + 1]]`."""
    start, found = offsets[first], None
    lengths = lengths_of(digits[start : start + 6])
    for last in range(first, len(offsets) - 1 if lengths else first):
        length = offsets[last + 1] - start
        if length > _LONGEST:
            break
        if length in lengths and luhn(digits[start : start + length]):
            found = last
    return found


@lru_cache(maxsize=4096)
def lengths_of(prefix: str) -> frozenset[int]:
    """How long a card number that begins with these six digits may be; empty when no issuer has them."""
    return frozenset(length for issuer, lengths in _ISSUERS if issuer.match(prefix) for length in lengths)


def luhn(digits: str) -> bool:
    """The last digit checks the others, and not all are zero."""
    octets = digits.encode()
    total = sum(octets[-1::-2]) + sum(octets[-2::-2].translate(_DOUBLED)) - _ZERO * len(octets)
    return total % 10 == 0 and digits.strip("0") != ""
