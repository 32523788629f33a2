"""Driving licences, and licences of doctors: where words name them, and by forms that belong to nothing else.

Sources: DVLA "Driver number" (United Kingdom); Italy's Ministry of Transport (driving licences); DEA 21 CFR 1301 (check
digit of DEA numbers); 45 CFR 162.408 (NPI: Luhn over the prefix 80840); KBV "Arztnummern" (LANR).
"""

import re
from collections.abc import Iterator

from shared.guardrails.pii.bare import NEEDED as BARE
from shared.guardrails.pii.bare import bare
from shared.guardrails.pii.labelled import Labelled, digits_in
from shared.guardrails.pii.recognisers.card import luhn
from shared.guardrails.pii.span import Scope, Span

NEEDED = (
    r"licen|\bdl\b|driv|führerschein|permis|patente|permiso|carnet|rijbewijs|\bnpi\b|\bdea\b|면허|lanr|"
    rf"prawo jazdy|körkort|kørekort|førerkort|ehliyet|водит|condu|motorista|\bcnh\b|[A-Z9]{{5}}\d{{6}}[A-Z9]{{2}}|{BARE}"
)
EXAMPLES = (
    "driver's license ⟦H12234567⟧",
    "my driving licence is ⟦SMITH851010AB1CD⟧",
    "Führerschein Nr. ⟦B072RRE2I55⟧",
    "NPI ⟦1234567893⟧",
    "mon permis de conduire porte le numéro ⟦881256100123⟧",
    "mi carnet de conducir es el ⟦12345678Z⟧",
    "a minha carta de condução é ⟦L-1234567⟧",
    "la mia patente di guida è ⟦MI1234567X⟧",
    "mijn rijbewijsnummer is ⟦5123456789⟧",
    "moje prawo jazdy ma numer ⟦00123/08/1234⟧",
    "My license is ⟦13-22-123456-12⟧",
    "⟦U1K711J11M⟧",
)
COUNTEREXAMPLES = (
    "license expires in 2026",
    "a licence for 10 users",
    "NPI 1234567890",
    "software licensed",
)

_LABELLED = Labelled(
    r"(?:driv(?:er|ing)(?:'?s)?[ -])?licen[sc]e(?: plate)?|(?:driver|dl) ?(?:id|number|no|#)|dl|führerschein(?:nummer|"
    r"-?nr\.?)?|(?:num[ée]ro de )?permis(?: de conduire)?|patente(?: di guida)?|"
    r"permiso de conducir|carnet de conducir|licencia de conducir|carta de condução|carteira de motorista|cnh|"
    r"prawo jazdy|prawa jazdy|körkort\w{0,6}|kørekort\w{0,6}|førerkort\w{0,6}|ehliyet|водительск\w{2,4} \w{5,13}|"
    r"rijbewijs\w{0,6}|운전면허(?:번호)?|dea|medical licen[sc]e"
)
_FEWEST_DIGITS = 5
_DVLA = re.compile(r"(?<![A-Za-z\d])[A-Z9]{5}\d[0156]\d[0-3]\d{2}[A-Z9]{2}[A-Z\d][A-Z]{2}(?![A-Za-z\d])", re.IGNORECASE)
_NPI = Labelled(r"npi", r"[12]\d{9}(?!\d)")
_AND_NPI = re.compile(r"(?<![\w.-])[12]\d{9}(?![\w-])")
_ALONE = re.compile(
    r"U1[B-DF-HJ-NP-TV-Z\d]{7}[A-Z]|[A-Z]{2}\d{7}[A-Z]|(?:1[1-9]|2[0-8])[ -]?\d\d[ -]?\d{6}[ -]?\d\d", re.IGNORECASE
)
_DEA = re.compile(r"[ABCDEFGHJKLMPRSTUX][A-Z9]?\d{7,8}", re.IGNORECASE)
_LANR = re.compile(r"\d{7}(?:0[1-9]|[1-5]\d|6[0-9])")


def find(text: str, scope: Scope) -> Iterator[Span]:
    for start, end in _LABELLED.find(text):
        if digits_in(text[start:end]) >= _FEWEST_DIGITS and (end - start > 5):
            yield Span(start, end, "LICENCE")
    for match in _DVLA.finditer(text):
        yield Span(*match.span(), "LICENCE")
    for start, end in _NPI.find(text):
        if _npi(text[start:end]):
            yield Span(start, end, "LICENCE")
    if scope.whole and (alone := bare(text)):
        value = text[slice(*alone)]
        if (
            _ALONE.fullmatch(value)
            or (_AND_NPI.fullmatch(value) and _npi(value))
            or (_DEA.fullmatch(value) and _dea(value))
            or (_LANR.fullmatch(value) and _lanr(value))
        ):
            yield Span(*alone, "LICENCE")


def _npi(number: str) -> bool:
    return luhn(f"80840{number}")


def _dea(number: str) -> bool:
    digits = number[-7:]
    return (sum(map(int, digits[0:6:2])) + 2 * sum(map(int, digits[1:6:2]))) % 10 == int(digits[6])


def _lanr(number: str) -> bool:
    total = sum(int(digit) * factor for digit, factor in zip(number[:6], (4, 9) * 3, strict=True))
    return (10 - total % 10) % 10 == int(number[6])
