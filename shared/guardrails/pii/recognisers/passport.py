"""Passport numbers, where words name them. Source: ICAO Doc 9303 part 4 (up to nine letters and digits)."""

from collections.abc import Iterator

from shared.guardrails.pii.labelled import Labelled, digits_in
from shared.guardrails.pii.span import Scope, Span

EXAMPLES = (
    "my passport number is ⟦T3569075⟧",
    "Pass-Nr.: ⟦F12345671⟧",
    "passport no. ⟦912803456⟧ please",
    "대한민국 여권 ⟦S87654321⟧",
    "Reisepass ⟦C01X00T47⟧",
    "mi pasaporte es el ⟦AAB315686⟧, gracias",
    "mon passeport porte le numéro ⟦12AB34567⟧",
    "o número do meu passaporte é ⟦CA123456⟧",
    "il mio passaporto è ⟦YA1234567⟧",
    "mijn paspoortnummer is ⟦NX1234567⟧",
    "numer mojego paszportu to ⟦EH1234567⟧",
)
COUNTEREXAMPLES = (
    "passport in 2024",
    "passport photo 35x45",
    "I passed 12345678",
    "A123B4567",
)

_LABELLED = Labelled(
    r"passports?(?:[ -](?:card|book|id))?|reisepass(?:nummer|-?nr\.?)?|pass-?nr\.?|passnummer|pasaporte|passeport|"
    r"passaporto|paspoort\w{0,6}|passaporte|paszport\w{0,2}|pasaport|passnummer|pas(?:nummer|nr)|"
    r"여권(?:번호)?|护照号?码?|旅券番号|パスポート番号|паспорт\w{0,2}",
    r"(?:[A-Za-z]{1,3} ?)?\d[\dA-Za-z]{4,9}(?![A-Za-z\d])|[A-Z]\d?[A-Z\d]{6,8}(?![A-Za-z\d])",
    begins=r"[a-z\d]",
)
NEEDED = _LABELLED.needed
_FEWEST_DIGITS = 4


def find(text: str, _: Scope) -> Iterator[Span]:
    for start, end in _LABELLED.find(text):
        if digits_in(text[start:end]) >= _FEWEST_DIGITS and end - start >= 6:
            yield Span(start, end, "PASSPORT")
