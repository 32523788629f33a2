"""What names a bank rather than an account: ABA routing numbers, sort codes, BIC, IFSC.

Sources: ABA "Routing number policy" (check digit 3-7-1); ISO 9362 (BIC).
"""

import re
from collections.abc import Iterator

from stdnum import bic

from shared.guardrails.pii.bare import bare
from shared.guardrails.pii.labelled import Labelled
from shared.guardrails.pii.span import Scope, Span

NEEDED = (
    r"rout|\baba\b|\brtn\b|sort|bic|swift|ifsc|bsb|transit|bankleitzahl|blz|[0-3]\d{3}[ -]?\d{4}[ -]?\d|"
    r"\A\W*(?-i:[A-Z]{6}[A-Z\d]{2,5})\W*\z"
)
EXAMPLES = (
    "routing number ⟦021000021⟧",
    "⟦3222-7162-7⟧",
    "sort code: ⟦20-00-00⟧",
    "SWIFT ⟦DEUTDEFF500⟧ or",
    "BIC is ⟦SKFISEGA⟧",
)
COUNTEREXAMPLES = (
    "parcel 421042111",
    "SWIFT is a network",
    "sort by price 20-00",
    "DELIVERY",
    "routing number 021000022",
)

_ROUTING = re.compile(r"(?<![\w-])(?:0\d|1[0-2]|2[1-9]|3[0-2]|6[1-9]|7[0-2]|80)\d\d-?\d{4}-?\d(?![\w-])")
_NAMED = Labelled(r"routing|aba|rtn|transit|bsb", r"\d{4}-?\d{4}-?\d(?!\d)|\d{3}-\d{3}(?!\d)|\d{5}-\d{3}(?!\d)")
_SORT = Labelled(r"sort(?:ing)? code|bankleitzahl|blz", r"\d\d[ -]?\d\d[ -]?\d\d(?: ?\d\d)?(?!\d)")
_BIC = Labelled(
    r"bic|swift(?: ?code)?|swift/bic|bic/swift", r"[A-Z]{6}[A-Z\d]{2}(?:[A-Z\d]{3})?(?![A-Za-z\d])", begins="[a-z]{6}"
)
_IFSC = re.compile(r"(?<![\w-])[A-Z]{4}0[A-Z\d]{6}(?![\w-])")
_WEIGHTS = (3, 7, 1) * 3
_WORDS = frozenset({"DELIVERY", "THANKYOU", "PURCHASE", "PASSWORD", "QUESTION", "DISCOUNT", "SHIPPING", "COMPLAINT"})


def find(text: str, scope: Scope) -> Iterator[Span]:
    for named in (_SORT, _BIC):
        for start, end in named.find(text):
            yield Span(start, end, "ROUTING_NUMBER")
    for start, end in _NAMED.find(text):
        if end - start == 7 or "-" in text[start:end] or aba(text[start:end]):
            yield Span(start, end, "ROUTING_NUMBER")
    if "ifsc" in text.lower():
        for match in _IFSC.finditer(text):
            yield Span(*match.span(), "ROUTING_NUMBER")
    if scope.whole and (alone := bare(text)):
        value = text[slice(*alone)]
        if (_ROUTING.fullmatch(value) and aba(value)) or _bank(value):
            yield Span(*alone, "ROUTING_NUMBER")


def aba(number: str) -> bool:
    """Nine digits whose sum, weighted by 3, 7 and 1 in turn, is a multiple of ten."""
    digits = number.replace("-", "")
    return len(digits) == 9 and sum(int(d) * w for d, w in zip(digits, _WEIGHTS, strict=True)) % 10 == 0


def _bank(value: str) -> bool:
    """A BIC in capitals; words of eight letters that look like one are none."""
    return value.isupper() and value not in _WORDS and bool(bic.is_valid(value))
