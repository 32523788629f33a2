"""Telephone numbers: valid in the numbering plan of their country, or of the countries that the conversation expects.

`phonenumbers` (the port of Google's libphonenumber) decides. Where no plan knows a number (people leave digits out, or are
from elsewhere), its own form may say that it is dialled (+, a prefix in brackets, a leading 0 and groups, an extension), or
the words around it; what they call an order, an invoice or a price is none.
"""

import re
from collections.abc import Iterator

import phonenumbers

from shared.guardrails.pii import plans
from shared.guardrails.pii.bare import bare, made_up
from shared.guardrails.pii.hints import Hints
from shared.guardrails.pii.once import Once
from shared.guardrails.pii.span import Scope, Span

NEEDED = r"\d(?:[ ()./\[\]~·・*x#+-]{0,5}\d){5}|\d{3}\D{0,2}\d{4}|\d{3,4}-\d{3}"
EXAMPLES = (
    "call me on ⟦+49 30 901820⟧ today",
    "⟦(212) 555-2368⟧",
    "my number is ⟦212-736-5000⟧.",
    "⟦+44 20 7946 0958⟧ or mail",
    "they never answer, call ⟦(88) 684-334⟧",
    "00 is odd, ⟦+1 (212) 736-5000⟧ is not",
    "⟦0487 23 46 71⟧ is where I am",
    "⟦3660170548⟧-Fax",
    "my phone number is ⟦555-0132⟧",
    "⟦212-736-5000⟧ ⟦212-736-5001⟧ ⟦212-736-5002⟧ ⟦212-736-5003⟧ ⟦212-736-5004⟧ ⟦212-736-5005⟧ all fail",
)
COUNTEREXAMPLES = (
    "order 2127365000",
    "order number: 212-736-5000",
    "tracking no. 2127365000",
    "#2127365000",
    "invoice INV-2024-000123",
    "it cost $212 736 5000",
    "from 2024-04-12 to 2024-05-12",
    "at 12:30 on 11/12/2025",
    "2014-04-12 04:04 PM",
    "1,234,567.89",
    "call me between 10.00 and 12.30 12",
    "sizes 36 38 40 42 44",
)

_CANDIDATE = re.compile(
    r"[+(\[]{0,3}\d(?:[ \n().\-/\[\]~·・*]{0,4}\d){5,}(?:\s{0,2}(?:x|ext\.?|extension|#)\s?\d{1,6})?", re.IGNORECASE
)
_LONGEST = 60
_OTHER_NUMBERS = (
    r"order|tracking|invoice|ticket|ref|reference|case|sku|item|parcel|shipment|article|booking|receipt|serial|"
    r"account|policy|claim|"
    r"acct|member(?:ship)?|loyalty|confirmation|transaction|part|model|product|zip|postcode|isbn|imei|meter|version|id|"
    r"bestellung|bestellnummer|rechnung|sendungsnummer|kundennummer|commande|facture|pedido|factura|ordine|fattura|"
    r"bestelling"
)
_NOT_A_PHONE = re.compile(
    rf"(?:\b(?:{_OTHER_NUMBERS})\b"
    r"[\s.:\-]{0,3}(?:\b(?:no|nr|num|number|nummer|id|code|is|was|ist|es|est|my|of)\b[\s.:\-]{0,3}|[#№]\s?){0,3}"
    r"|[#№$€£¥]\s?|\b(?:usd|eur|gbp)\s)[(\[]?$",
    re.IGNORECASE,
)
_PHONES = (
    r"call|dial|phone|telephone|tel|mobile|cell|cellphone|fax|whatsapp|signal|telegram|sms|reach (?:me|us|him|her|"
    r"them)|answering|text me|"
    r"(?:my|contact|new|home|work|office|us|international one is|israeli) (?:number|no)|telefon|telefonnummer|handy|"
    r"handynummer|rufnummer|teléfono|móvil|"
    r"(?:mon|notre) num[ée]ro est|(?:meine?|unsere) nummer (?:ist|lautet)|(?:mi|nuestro) n[úu]mero es|mio numero è|"
    r"meu n[úu]mero é|mijn nummer is|(?:r?appelez|joindre|contactez)(?:[- ]moi)?|ruf(?:en sie)?(?: mich| uns)?|"
    r"erreich(?:bar|en)|ll[áa]m[ae](?:me|nos)|chiam(?:a|ate)(?:mi|temi)?|ligue(?:m)?|bel (?:me|ons)|"
    r"téléphone|portable|telefone|celular|telefono|cellulare|telefoon|numer telefonu|телефон"
)
_A_PHONE = re.compile(rf"\b(?:{_PHONES})\b\.?[^\d\n?!]{{0,20}}$", re.IGNORECASE)
_HINTS = Hints({"other": rf"{_OTHER_NUMBERS}|[#№$€£¥]|usd|eur|gbp", "phone": _PHONES})
"""What the words before a number may call it."""
_BEHIND = re.compile(
    r"[ ,]{0,2}[-(]?[ ]?(?:office|fax|home|mobile|cell|work|phone|tel)\b|[ ]is (?:my|the|our) (?:phone|mobile|cell|number|fax)",
    re.IGNORECASE,
)
_LOOK_BACK = 48
_LISTED = re.compile(r"[,;:$€£%]|\n")
_DATES = re.compile(
    r"(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}|\d{8}(?= ))(?:[ T]{1,2}\d{1,2}(?:[:.]?\d{2}){0,2})?\Z"
)
_AREA = re.compile(r"\(0?\d{1,5}\) ?\d[\d -]{4,12}\d\Z")
_TRUNK = re.compile(r"\(?0[1-9]\d{0,3}\)?[ /-]\d{2,5}(?:[ -]?\d{1,5}){1,4}\Z")
_EXTENDED = re.compile(r"\d{5,}\s{0,2}(?:x|ext\.?|extension|#)\s?\d{1,6}\Z", re.IGNORECASE)
_JOINED = re.compile(r"(?:[^\W_]|[A-Za-z]-)\Z")
_LINE = re.compile(r"[+(\[]{0,3}\d[^\n]*\d(?:\s{0,2}(?:x|ext\.?|extension|#)\s?\d{1,6})?")
_PAIRS = re.compile(r"[1-9]\d(?: \d\d)+")  # sizes, the numbers of a lottery
_SSN = re.compile(r"\d{3}-\d\d-\d{4}")
_DIGITS = (7, 15)
_ASKED_AT_MOST = 40
"""Numbers of a text about which the matcher is asked, which takes a third of a millisecond for a strange one. In a text with
more of them, what has as many digits as a number is taken for one: nobody's question holds so many.
"""
_TRIED_AT_MOST = 500
"""The same for pieces of rows of digits that go on for longer than a number."""
_MOST_GROUPS = 5
_GROUP = re.compile(r"[+(]{0,2}\d+\)?")


def find(text: str, scope: Scope) -> Iterator[Span]:
    return _Search(text, scope).spans()


class _Search:
    """What is known of a text while its candidates are looked at."""

    def __init__(self, text: str, scope: Scope) -> None:
        self._text = text
        self._regions = scope.regions
        self._alone = bare(text) if scope.whole else None
        self._asked = 0
        self._numbers = Once(self._numbers_in)
        self._planned = Once(self._is_planned)

    def spans(self) -> Iterator[Span]:
        text = self._text
        for candidate in _CANDIDATE.finditer(text):
            start, end = candidate.span()
            if (_JOINED.search(text, max(0, start - 2), start) and not candidate[0].startswith("+")) or _DATES.match(
                candidate[0]
            ):
                continue
            international = candidate[0].startswith(("+", "(+"))
            if not international and _called(text, start, "other", _NOT_A_PHONE):
                continue
            yield from self._in(start, end) if end - start <= _LONGEST else self._among(start, end)

    def _in(self, start: int, end: int) -> Iterator[Span]:
        """The numbers of a candidate; where it goes over lines and is none as a whole, those of its lines."""
        candidate = self._text[start:end]
        numbers = [] if _PAIRS.fullmatch(candidate) else self._numbers[candidate]
        if numbers:
            yield from (Span(start + first, start + last, "PHONE") for first, last in numbers)
        elif "\n" in candidate:
            for line in _LINE.finditer(self._text, start, end):
                if sum(map(str.isdecimal, line[0])) >= _DIGITS[0]:
                    yield from self._in(*line.span())
        elif _dialled(self._text, start, end, self._alone):
            yield Span(start, end, "PHONE")

    def _among(self, start: int, end: int) -> Iterator[Span]:
        """Numbers in a row that is too long to be one: by the plans alone, from the first group that begins one."""
        groups = [match.span() for match in _GROUP.finditer(self._text, start, end)]
        first = tried = 0
        while first < len(groups):
            begin = groups[first][0]
            first += 1
            for last in range(first, min(first + _MOST_GROUPS, len(groups))):
                row = self._text[begin : groups[last][1]]
                if len(row) < _DIGITS[0] or _PAIRS.fullmatch(row) or not self._planned[row]:
                    tried += 1
                    continue
                yield Span(begin, groups[last][1], "PHONE")
                first = last + 1
                break
            if tried > _TRIED_AT_MOST:
                yield Span(begin, end, "PHONE")
                return

    def _is_planned(self, candidate: str) -> bool:
        if candidate.startswith(("+", "(+")):
            return plans.international(candidate)
        return any(plans.national(candidate, region) for region in self._regions)

    def _numbers_in(self, candidate: str) -> list[tuple[int, int]]:
        """Valid numbers in the first of the regions that knows any."""
        if self._planned[candidate]:
            return [(0, len(candidate))]
        digits = sum(map(str.isdecimal, candidate))
        regions: tuple[str | None, ...] = (None,)
        if not candidate.startswith(("+", "(+")):
            regions = tuple(
                region for region in self._regions if digits >= plans.shortest(region) and not plans.decided(candidate, region)
            )
        for region in regions:
            self._asked += 1
            if self._asked > _ASKED_AT_MOST:
                return [(0, len(candidate))] if _DIGITS[0] <= digits <= _DIGITS[1] else []
            if matches := [(match.start, match.end) for match in phonenumbers.PhoneNumberMatcher(candidate, region)]:
                return matches
        return []


def _called(text: str, start: int, hint: str, words: re.Pattern[str]) -> bool:
    """Whether `words` stand before a number."""
    begin = max(0, start - _LOOK_BACK)
    return hint in _HINTS.of(text[begin:start]) and words.search(text, begin, start) is not None


def _dialled(text: str, start: int, end: int, alone: tuple[int, int] | None) -> bool:
    """Whether a number is written as people write what is dialled, or called a telephone by the words around it."""
    number = text[start:end]
    fewest, most = _DIGITS
    digits = "".join(filter(str.isdecimal, number))
    if not fewest - 1 <= len(digits) <= most or _LISTED.search(number) or text[end : end + 1].isalnum():
        return False
    if number.startswith("+") or _EXTENDED.search(number):
        return True
    if len(digits) < fewest or made_up(digits) or text[end : end + 2].strip(" ")[:1] in ("%", "€", "$", "£"):
        return False
    if _AREA.match(number) or (_TRUNK.match(number) and 9 <= len(digits) <= 12):
        return True
    if _called(text, start, "phone", _A_PHONE) or _BEHIND.match(text, end):
        return True
    return alone == (start, end) and (number != digits or digits.startswith("0")) and not _SSN.fullmatch(number)
