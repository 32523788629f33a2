"""Numbers by which tax offices and company registers know persons and companies; VAT numbers of the European Union.

Sources: python-stdnum for each scheme; IRS "Individual taxpayer identification number" (groups of an ITIN).
"""

import re
from collections.abc import Iterator

from shared.guardrails.pii import schemes
from shared.guardrails.pii.bare import NEEDED as BARE
from shared.guardrails.pii.bare import bare
from shared.guardrails.pii.forms import Forms, Pattern, any_digits
from shared.guardrails.pii.hints import Hints
from shared.guardrails.pii.labelled import Labelled, digits_in
from shared.guardrails.pii.once import Once
from shared.guardrails.pii.recognisers import phone
from shared.guardrails.pii.span import Scope, Span

_WORDS = (
    r"(?:tax|vat|gst|company|business|employer)(?: (?:payer|identification|registration|reference|file))?(?: (?:id|"
    r"identification|number|no|code))?|"
    r"taxpayer id|tin|itin|ein|utr|tfn|abn|acn|gstin|pan(?: card)?|rfc|cuit|cuil|nit|cnpj|rif|ruc|brn|uen|"
    r"steuer-?(?:id|nummer|identifikationsnummer)|idnr\.?|st\.?-?nr\.?|ust\.?-?id(?:-?nr\.?)?|uid|"
    r"num[eé]ro (?:fiscal|de tva)|tva|siren|siret|codice fiscale|partita iva|p\.? ?iva|nipc|nip|regon|"
    r"org\.?(?:anisations)?-?(?:nr|nummer)|cvr|momsnummer|btw(?:-nummer)?|инн|사업자등록번호|vergi no"
)
EXAMPLES = (
    "my tax id is ⟦98-7654321⟧",
    "USt-IdNr. ⟦DE136695976⟧",
    "⟦911-70-1234⟧",
    "codice fiscale ⟦RSSMRA85T10A562S⟧",
    "GSTIN ⟦27AAPFU0939F1ZV⟧ please",
    "the PAN is ⟦ABCPD1234Z⟧",
    "CUIT ⟦20-27220158-8⟧",
    "⟦IE 4550159S⟧",
    "please use ⟦HU 64241281⟧ for it",
    "put ⟦Fr 40 303 265 045⟧ on the bill",
    "Please use ⟦000-123-456-000⟧ as your tax ID",
)
COUNTEREXAMPLES = (
    "tax is 19 percent of 120000",
    "VAT 2024",
    "DE123456789",
    "the tax on 1,234,567.00",
    "company 7 of 9",
    "el pedido es 1234567890123",
)

_LABELLED = Labelled(_WORDS)
_FEWEST_DIGITS = 7
_MEMBERS = "AT|BE|BG|CY|CZ|DE|DK|EE|EL|GR|ES|FI|FR|HR|HU|IE|IT|LT|LU|LV|MT|NL|PL|PT|RO|SE|SI|SK|XI"
_EUROPE = re.compile(
    rf"(?<![A-Za-z\d])(?:{_MEMBERS})[ -]?[A-Z\d](?:(?:[ .-](?=[A-Z]{{0,2}}\d))?[A-Z\d]){{6,13}}(?![A-Za-z\d])",
    re.IGNORECASE,
)
_EUROPE_HINT = rf"(?:^|[^a-z\d])(?:{_MEMBERS})[ -]?(?:[a-z][ .-]?){{0,2}}\d[ .-]?[a-z\d][ .-]?\d"
_HINTS = Hints({"europe": _EUROPE_HINT})

_PATTERNS: tuple[Pattern, ...] = (
    (r"9\d\d(?:-(?:5\d|6[0-5]|7\d|8[0-8]|9[0-24-9])-?|(?:5\d|6[0-5]|7\d|8[0-8]|9[0-24-9])-)\d{4}", any_digits),  # ITIN
    (r"[A-Z]{6}[\dLMNP-V]{2}[A-EHLMPR-T][\dLMNP-V]{2}[A-Z][\dLMNP-V]{3}[A-Z]", any_digits),  # Italy
    (r"\d\d[A-Z]{5}\d{4}[A-Z][A-Z\d]Z[A-Z\d]", schemes.check("in_.gstin")),
    (r"[A-Z]{3}[ABCFGHJLPT][A-Z]\d{4}[A-Z]", any_digits),  # India
    (r"[A-ZÑ&]{3,4}\d{6}[A-Z\d]{2}[\dA]", schemes.check("mx.rfc")),
    (r"(?:20|2[3-7]|3[034])-\d{8}-\d", schemes.check("ar.cuit")),
    (r"\d\d\.\d{3}\.\d{3}/\d{4}-\d\d", schemes.check("br.cnpj")),
    (r"\d{9}R[CMPTDEGNRZ]\d{4}", schemes.check("ca.bn")),
)
_FORMS = Forms(_PATTERNS, ".-")
NEEDED = rf"{BARE}|{_LABELLED.needed}|{_FORMS.needed}|{_EUROPE_HINT}"
_ALONE = re.compile(r"(?:\d{9}[A-Z]|\d{8}[A-Z]|[TSR]\d\d[A-Z]{2}\d{4}[A-Z])\Z", re.IGNORECASE)  # Singapore


def find(text: str, scope: Scope) -> Iterator[Span]:
    for start, end in _LABELLED.find(text):
        if digits_in(text[start:end]) >= _FEWEST_DIGITS:
            yield Span(start, end, "TAX_ID")
    for start, end in _FORMS.find(text):
        yield Span(start, end, "TAX_ID")
    european = Once(schemes.check("eu.vat"))
    for match in _EUROPE.finditer(text) if _HINTS.of(text) else ():
        a_word = match[0][:2].islower() and not match[0][2].isalnum()  # "es", "de": what the number is, in small letters
        if not a_word and digits_in(match[0]) >= _FEWEST_DIGITS and european[match[0]]:
            yield Span(*match.span(), "TAX_ID")
    if scope.whole and (alone := bare(text)):
        value = text[slice(*alone)]
        if (_ALONE.match(value) and schemes.check("sg.uen")(value)) or (
            schemes.known(value, schemes.TAXES, scope.regions) and Span(*alone, "PHONE") not in phone.find(text, scope)
        ):
            yield Span(*alone, "TAX_ID")
