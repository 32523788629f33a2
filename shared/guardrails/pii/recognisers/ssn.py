"""United States social security numbers: area, group, serial, grouped 3-2-4; nine bare digits only where the words say so.

Source: Social Security Administration, "Social Security Number Randomization": areas 000, 666 and 900 to 999, group 00 and
serial 0000 are never assigned.
"""

import re
from collections.abc import Iterator

from shared.guardrails.pii.span import Scope, Span

NEEDED = r"\d{3}[ .-]?\d{2}[ .-]?\d{4}"
EXAMPLES = (
    "my SSN is ⟦536-90-4399⟧",
    "⟦536 90 4399⟧",
    "social security number: ⟦536904399⟧",
    "ssn ⟦536.90.4399⟧.",
)
COUNTEREXAMPLES = (
    "000-12-3456",
    "666-12-3456",
    "912-12-3456",
    "536-00-4399",
    "536-90-0000",
    "parcel 536904399",
    "item 1536-90-4399",
    "$536 90 4399 5",
)

_GROUPED = re.compile(r"(?<![\d$€£.-])(?!000|666|9)\d{3}([ .-])(?!00)\d{2}\1(?!0000)\d{4}(?![\d-]|[ .]\d)")
_BARE = re.compile(
    r"\b(?:ssn|ss#|social(?:\s+security)?(?:\s+(?:number|no\.?|num))?|social sec\w*)\b\D{0,20}"
    r"((?!000|666|9)\d{3}(?!00)\d{2}(?!0000)\d{4})(?!\d)",
    re.IGNORECASE,
)


def find(text: str, _: Scope) -> Iterator[Span]:
    for match in _GROUPED.finditer(text):
        yield Span(*match.span(), "SSN")
    for match in _BARE.finditer(text):
        yield Span(*match.span(1), "SSN")
