"""Telephone numbers: valid in the numbering plan of their country, or of the countries that the conversation expects.

`phonenumbers` (the port of Google's libphonenumber) decides. What the words before call a telephone is one even when no plan
knows it (people leave digits out), what they call something else is none.
"""

import re
from collections.abc import Iterable, Iterator

import phonenumbers

from shared.guardrails.pii.span import Scope, Span

NEEDED = re.compile(r"\d(?:\D{0,4}\d){6}")
EXAMPLES = (
    "call me on ⟦+49 30 901820⟧ today",
    "⟦(212) 555-2368⟧",
    "my number is ⟦212-736-5000⟧.",
    "⟦+44 20 7946 0958⟧ or mail",
    "they never answer, call ⟦(88) 684-334⟧",
    "00 is odd, ⟦+1 (212) 736-5000⟧ is not",
)
COUNTEREXAMPLES = (
    "order 2127365000",
    "order number: 212-736-5000",
    "tracking no. 2127365000",
    "#2127365000",
    "it cost $212 736 5000",
    "from 2024-04-12 to 2024-05-12",
    "at 12:30 on 11/12/2025",
    "2014-04-12 04:04 PM",
    "1,234,567.89",
)

_CANDIDATE = re.compile(r"[+(\[]{0,3}\d(?:[ \n().\-/\[\]~·・*]{0,4}\d){6,}(?:\s{0,2}(?:x|ext\.?|#)\s?\d{1,5})?", re.IGNORECASE)
_LONGEST = 60
_NOT_A_PHONE = re.compile(
    r"(?:\b(?:order|tracking|invoice|ticket|ref|reference|case|sku|item|parcel|shipment|article|booking|receipt|serial|account|"
    r"bestellung|bestellnummer|rechnung|commande|facture|pedido|factura|ordine|fattura)\b"
    r"[\s.:\-]{0,3}(?:\b(?:no|nr|num|number|id|code|is|was|ist|es|est|my|of)\b[\s.:\-]{0,3}|[#№]\s?){0,3}"
    r"|[#№$€£¥]\s?)[(\[]?$",
    re.IGNORECASE,
)
_A_PHONE = re.compile(
    r"\b(?:call|dial|phone|telephone|tel|mobile|cell|cellphone|fax|whatsapp|reach (?:me|us|him|her|them)|answering|text me|"
    r"my number|telefon|telefonnummer|handy|handynummer|teléfono|móvil|téléphone|portable|"
    r"telefone|celular|telefono|cellulare)\b"
    r"[^\d\n?!]{0,20}$",
    re.IGNORECASE,
)
_LOOK_BACK = 48
_LISTED = re.compile(r"[,;:$€£%]|\n")
_DATES = re.compile(
    r"(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4})(?:[ T]{1,2}\d{1,2}(?:[:.]?\d{2}){0,2})?\Z"
)


def find(text: str, scope: Scope) -> Iterator[Span]:
    for candidate in _CANDIDATE.finditer(text):
        start, end = candidate.span()
        if end - start > _LONGEST or text[start - 1 : start].isalnum() or _DATES.match(candidate[0]):
            continue
        international = candidate[0].startswith(("+", "(+"))
        if not international and _NOT_A_PHONE.search(text, max(0, start - _LOOK_BACK), start):
            continue
        numbers = _numbers(candidate[0], (None,) if international else scope.regions)
        if not numbers and _A_PHONE.search(text, max(0, start - _LOOK_BACK), start) and _dialled(candidate[0]):
            numbers = [(0, end - start)]
        for first, last in numbers:
            yield Span(start + first, start + last, "PHONE")


def _numbers(candidate: str, regions: Iterable[str | None]) -> list[tuple[int, int]]:
    """Valid numbers in the first of `regions` that knows any."""
    for region in regions:
        if matches := [(match.start, match.end) for match in phonenumbers.PhoneNumberMatcher(candidate, region)]:
            return matches
    return []


def _dialled(candidate: str) -> bool:
    """So many digits as E.164 allows, and no decimal fraction or list."""
    return 7 <= sum(char.isdecimal() for char in candidate) <= 15 and not _LISTED.search(candidate)
