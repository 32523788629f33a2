"""Passport numbers, where words name them. Source: ICAO Doc 9303 part 4 (up to nine letters and digits)."""

from collections.abc import Iterator

from shared.guardrails.pii.labelled import Labelled, digits_in
from shared.guardrails.pii.span import Scope, Span

NEEDED = r"pass\w*|여권|护照|旅券|パスポート|паспорт"
EXAMPLES = (
    "my passport number is ⟦T3569075⟧",
    "Pass-Nr.: ⟦F12345671⟧",
    "passport no. ⟦912803456⟧ please",
    "대한민국 여권 ⟦S87654321⟧",
    "Reisepass ⟦C01X00T47⟧",
)
COUNTEREXAMPLES = (
    "passport in 2024",
    "passport photo 35x45",
    "I passed 12345678",
    "A123B4567",
)

_LABELLED = Labelled(
    r"passports?(?:[ -](?:card|book|id))?|reisepass(?:nummer|-?nr\.?)?|pass-?nr\.?|passnummer|pasaporte|passeport|"
    r"passaporto|paspoort\w{0,6}|passaporte|"
    r"여권(?:번호)?|护照号?码?|旅券番号|パスポート番号|паспорт\w{0,2}",
    r"(?:[A-Za-z]{1,3} ?)?\d[\dA-Za-z]{4,9}(?![A-Za-z\d])|[A-Z]\d?[A-Z\d]{6,8}(?![A-Za-z\d])",
    begins=r"[a-z\d]",
)
_FEWEST_DIGITS = 4


def find(text: str, _: Scope) -> Iterator[Span]:
    for start, end in _LABELLED.find(text):
        if digits_in(text[start:end]) >= _FEWEST_DIGITS and end - start >= 6:
            yield Span(start, end, "PASSPORT")
