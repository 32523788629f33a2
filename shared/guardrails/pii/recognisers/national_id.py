"""Numbers that a state, or its health service, gives to a person.

Found by their form and check digit where the form belongs to no other number, by the words that name them, and alone in a
message when any scheme that python-stdnum knows accepts them.
Sources: python-stdnum for each scheme; HMRC NIM39110 (National Insurance numbers); CMS "Understanding the Medicare
Beneficiary Identifier format"; VKVV §2 (German social security numbers); § 290 SGB V (German health insurance numbers).
"""

import re
from collections.abc import Iterator

from shared.guardrails.pii import schemes
from shared.guardrails.pii.bare import NEEDED as BARE
from shared.guardrails.pii.bare import bare, made_up
from shared.guardrails.pii.forms import Forms, Pattern, any_digits
from shared.guardrails.pii.labelled import Labelled, digits_in
from shared.guardrails.pii.recognisers import phone
from shared.guardrails.pii.span import Scope, Span

_WORDS = (
    r"(?:my|your|his|her|personal|state|photo|government) id|national (?:id|identity|identification|insurance|health)|"
    r"(?:identity|citizen) ?(?:card|number|no|code)|id card|"
    r"nino|nhs|nin|social insurance|sin|tnin|medicare|mbi|health (?:card|insurance)|aadhaa?r|nric|fin|hkid|cnic|my ?kad|"
    r"(?:personal)?ausweis(?:nummer)?|personalausweis(?:-?nr)?|sozialversicherungs(?:nummer|ausweis)|svnr|rvnr|"
    r"krankenversicherten\w{0,6}|"
    r"dni|nie|nif|curp|c[eé]dula|rut|rg|cpf|bsn|burgerservicenummer|rijksregisternummer|niss|insz|"
    r"personnummer|samordningsnummer|fødselsnummer|cpr(?:-?nummer)?|henkilötunnus\w{0,3}|hetu|kennitala|isikukood|asmens kodas|"
    r"pesel|rodné číslo|cnp|jmbg|emšo|oib|егн|amka|(?:t\.?c\.?)? ?kimlik(?: no| numarası)?|"
    r"num[eé]ro de s[eé]curit[eé] sociale|nir|"
    r"주민등록번호|身份证号?码?|マイナンバー|เลขบัตรประชาชน|carta d'identità|carte d'identité|sa id"
)
EXAMPLES = (
    "my NINO is ⟦AB 12 34 56 C⟧",
    "DNI ⟦12345678Z⟧, gracias",
    "personnummer ⟦880320-0016⟧",
    "⟦880411-2238459⟧",
    "Aadhaar number is ⟦4001 2345 6787⟧",
    "TC kimlik no: ⟦12743195844⟧",
    "⟦1 1101 00152 64 1⟧",
    "⟦756.9217.0769.85⟧ ist meine AHV-Nummer",
    "NHS number ⟦943 476 5919⟧",
)
COUNTEREXAMPLES = (
    "order 12743195844 is late",
    "1234567890",
    "0000000000000",
    "DE123456789X",
    "12345678A",
    "from 880411 to 880412",
    "my order id is 987654321",
    "session id 8f2c1d9e0b7a4c36",
    "my customer id: 12345678",
)

_LABELLED = Labelled(_WORDS)
_FEWEST_DIGITS = 6
_ITALIAN = re.compile(r"[A-Z]{2}\d{5}[A-Z]{2}")  # identity card


def _health_insurance(number: str) -> bool:
    digits = f"{ord(number[0].upper()) - 64:02d}{number[1:9]}"
    crossed = [int(digit) * (1 + place % 2) for place, digit in enumerate(digits)]
    return sum(sum(divmod(each, 10)) for each in crossed) % 10 == int(number[9])


def _german_pension(number: str) -> bool:
    digits = f"{number[:8]}{ord(number[8].upper()) - 64:02d}{number[9:11]}"
    products = (int(digit) * factor for digit, factor in zip(digits, (2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1), strict=True))
    return sum(sum(divmod(each, 10)) for each in products) % 10 == int(number[11])


def _singapore(number: str) -> bool:
    total = sum(int(digit) * factor for digit, factor in zip(number[1:8], (2, 7, 6, 5, 4, 3, 2), strict=True))
    first = number[0].upper()
    letters = {"S": "JZIHGFEDCBA", "T": "JZIHGFEDCBA", "F": "XWUTRQPNMLK", "G": "XWUTRQPNMLK", "M": "XWUTRQPNJLK"}[first]
    return letters[(total + {"T": 4, "G": 4, "M": 3}.get(first, 0)) % 11] == number[8].upper()


def _finnish(number: str) -> bool:
    return "0123456789ABCDEFHJKLMNPRSTUVWXY"[int(number[:6] + number[7:10]) % 31] == number[10].upper()


def _thirteen(number: str) -> bool:
    return not made_up(number) and any(schemes.check(name)(number) for name in ("za.idnr", "ro.cnp", "si.emso"))


_PATTERNS: tuple[Pattern, ...] = (
    (r"[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d\d ?\d\d ?\d\d ?[A-D]", any_digits),  # United Kingdom
    (r"(?:\d{8}|[XYZ]\d{7})-?[A-Z]", lambda n: schemes.check("es.dni")(n) or schemes.check("es.nie")(n)),
    (r"\d{6}[-+A-FU-Y]\d{3}[0-9A-Y]", _finnish),
    (r"(?:19|20)?\d{6}[-+]\d{4}", lambda n: schemes.check("se.personnummer")(n) or schemes.check("dk.cpr")(n)),
    (r"\d{6}[ -]\d{5}", schemes.check("no.fodselsnummer")),
    (r"\d{6}-[1-8]\d{6}", any_digits),  # Korea: no check digit since October 2020
    (r"\d{8}[A-Z]\d{3}", _german_pension),
    (r"[STFGM]\d{7}[A-Z]", _singapore),
    (r"[A-Z]{4}\d{6}[HMX][A-Z]{5}[A-Z\d]\d", schemes.check("mx.curp")),
    (
        r"[1-9][AC-HJKMNP-RT-Y][AC-HJKMNP-RT-Y\d]\d-?[AC-HJKMNP-RT-Y][AC-HJKMNP-RT-Y\d]\d-?[AC-HJKMNP-RT-Y]{2}\d\d",
        any_digits,
    ),  # MBI
    (r"\d{17}[\dX]", schemes.check("cn.ric")),
    (r"[12] ?\d\d ?(?:0[1-9]|1[0-2]) ?(?:\d\d|2[AB]) ?\d{3} ?\d{3} ?\d\d", schemes.check("fr.nir")),
    (r"\d\d\.\d\d\.\d\d-\d{3}\.\d\d", schemes.check("be.nn")),
    (r"\d{3}\.\d{3}\.\d{3}-\d\d", schemes.check("br.cpf")),
    (r"756\.?\d{4}\.?\d{4}\.?\d\d", schemes.check("ch.ssn")),
    (r"\d{1,2}\.\d{3}\.\d{3}-[\dK]", schemes.check("cl.rut")),
    (r"\d[ -]\d{4}[ -]\d{5}[ -]\d\d[ -]\d", schemes.check("th.pin")),
    (r"\d{13}", _thirteen),
    (r"[2-9]\d{3}[ -]\d{4}[ -]\d{4}", schemes.check("in_.aadhaar")),
)
_FORMS = Forms(_PATTERNS)
NEEDED = rf"{BARE}|{_LABELLED.needed}|{_FORMS.needed}"
_ALONE = tuple(
    (re.compile(rf"{pattern}\Z", re.IGNORECASE), valid)
    for pattern, valid in (
        (r"[A-Z]\d{9}", _health_insurance),
        (r"[CFGHJKLMNPRTVWXYZ][\dCFGHJKLMNPRTVWXYZ]{8}(?<=\d[CFGHJKLMNPRTVWXYZ\d]{3})", any_digits),  # German identity card
    )
)


def find(text: str, scope: Scope) -> Iterator[Span]:
    for start, end in _LABELLED.find(text):
        if digits_in(text[start:end]) >= _FEWEST_DIGITS or _ITALIAN.fullmatch(text, start, end):
            yield Span(start, end, "NATIONAL_ID")
    for start, end in _FORMS.find(text):
        yield Span(start, end, "NATIONAL_ID")
    if scope.whole and (alone := bare(text)):
        value = text[slice(*alone)]
        shaped = any(form.match(value) and digits_in(value) >= 4 and valid(value) for form, valid in _ALONE)
        if shaped or (
            schemes.known(value, schemes.PERSONS, scope.regions) and Span(*alone, "PHONE") not in phone.find(text, scope)
        ):
            yield Span(*alone, "NATIONAL_ID")
