"""Street addresses: a house number beside a word for a street, a post-office box, or what the words before call an address."""

import re
from collections.abc import Iterator

from shared.guardrails.pii.hints import Hints
from shared.guardrails.pii.span import Scope, Span

_STREETS = (
    r"street|avenue|road|boulevard|lane|drive|court|place|square|terrace|parkway|circle|highway|close|crescent|trail|"
    r"st|ave?|rd|blvd|ln|dr|ct|pl|sq|ter|pkwy|cir|hwy|cres|trl|way|mews|alley|esplanade"
)
_BEFORE = (
    r"rue|avenue|av\.?|boulevard|bd\.?|chemin|impasse|all[ée]e|quai|calle|c/|avenida|plaza|paseo|carrer|carretera|rua|"
    r"travessa|praça|"
    r"largo|alameda|praceta|plac|pl\.|osiedle|os\.|via|viale|piazza|corso|vicolo|ul\.|ulica|al\.|ulice|"
    r"улица|ул\.|проспект|straat"
)
_BEHIND = (
    r"(?:stra(?:ß|ss)e|str\.|weg|platz|allee|gasse|ring|ufer|damm|chaussee|straat|laan|plein|gracht|vägen|gatan|väg|"
    r"gata|veien|vej|vegen|gade|gata|tie|katu|utca|tér|út)"
)
EXAMPLES = (
    "ship it to ⟦12 Main Street, Springfield, IL 62701⟧ please",
    "my address is ⟦444 Pinnickinick Street, Gardiner, WA⟧",
    "I live at ⟦5158 Peck Ave, Carlton, KS 67448⟧.",
    "ich wohne in der ⟦Hauptstraße 12a, 10115 Berlin⟧",
    "⟦12 rue de la Paix, 75002 Paris⟧",
    "⟦Calle Mayor 5, 28013 Madrid⟧",
    "⟦PO Box 1234⟧",
    "my new address is ⟦9799 Cynthia Hills Suite 203⟧ from May on",
    "meine Adresse lautet ⟦Am Markt 5⟧ seit Mai",
    "mon adresse est ⟦rue de Michaud⟧ depuis mai",
    "mi dirección es ⟦Urbanización Segura 70 Puerta 1⟧ desde mayo",
    "a minha morada é ⟦Largo Novo, 31⟧ desde maio",
    "il mio indirizzo è ⟦Vicolo Licia, 2 Appartamento 70⟧",
    "mijn adres is ⟦Lisasingel 8⟧ vanaf mei",
    "mój adres to ⟦al. Kościelna 812⟧ od maja",
)
COUNTEREXAMPLES = (
    "I bought 2 lamps on Main Street",
    "my address is wrong",
    "change my shipping address, please",
    "it took 3 days to drive away",
    "the 2 of us place an order",
    "ship to Canada",
    "5 stars all the way",
)

_UNIT = (
    r"(?:[,\n ]{1,3}(?i:apt|apartment|suite|ste|unit|floor|fl|flat|room|rm|#|wohnung|whg|stock|etage|appartement|appt|"
    r"bât(?:iment)?|étage|piso|puerta|pta|escalera|esc|andar|apto|appartamento|piano|interno|int|scala|bus|mieszkanie|m|lok)"
    r"\.? ?#?"
    r"\d{1,5}[A-Za-z]?)"
)
_TOWN = (
    r"(?:[,\n]{0,2} {0,2}(?:\d{4,6} )?[A-ZÀ-Ž][\w'’-]{1,24}(?:[ -][A-ZÀ-Ž][\w'’-]{1,24}){0,2}"
    r"(?:,? [A-Z]{2}\b)?(?:,? (?:\d{5}(?:-\d{4})?|[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}|\d{4,6})\b)?)"
)
_TAIL = rf"{_UNIT}{{0,2}}(?:,{_TOWN}|{_TOWN}(?<=\d)|,? [A-Z]{{2}} \d{{5}}\b){{0,3}}{_UNIT}?"
_WORD = r"[^\W\d_][\w'’.-]{0,24}"
_CAPITAL = (
    r"[A-ZÀ-Ž][\w'’.-]{0,24}|\d{1,3}(?:st|nd|rd|th)|[NSEW]\.?|"
    r"d(?:e|a|o|os|as|u|es|er|el|i|ella|ei|egli)|la|le|von|van|d'\w{2,20}"
)
_HOUSE = r"(?:\d{1,5}(?: ?[-/] ?\d{1,4})?(?: ?[A-Za-z])?\b|S/N\b)"
_NUMBERED = re.compile(
    rf"(?<![\w.,$€£#-])\d{{1,6}}(?:-\d{{1,4}})?[A-Za-z]?,? (?:(?:{_CAPITAL}) ){{1,4}}(?i:{_STREETS})\b\.?{_TAIL}"
)
_FRENCH = re.compile(
    rf"(?<![\w.,$€£#-])\d{{1,4}}(?: ?(?:bis|ter|[A-D]))?,? (?i:{_BEFORE}) (?:{_WORD}[ ]?){{1,5}}?(?=[,.\n;!?]|$){_TAIL}"
)
_SOUTHERN = re.compile(rf"(?<![^\W_])(?i:{_BEFORE}) (?:(?:{_CAPITAL}),? ){{1,5}}(?:n[°ºr]?\.? ?)?{_HOUSE}{_TAIL}")
_GERMAN = re.compile(rf"(?<![^\W_])(?:[A-ZÀ-Ž][\w'’.-]{{0,24}}[ -]){{0,3}}[^\W\d_]{{0,24}}{_BEHIND},? {_HOUSE}\.?{_TAIL}")
_BOX = re.compile(
    r"(?<![^\W_])(?:(?:P\.? ?O\.? ?|postal |PSC \d{1,5}, )box|postfach|apartado(?: de correos)?|bo[iî]te postale) \d{1,6}\b"
    rf"{_TAIL}",
    re.IGNORECASE,
)
_CUE = (
    r"(?:(?:address|adresse|anschrift|direcci[óo]n|indirizzo|endere[çc]o|morada|adres|adress|domicilio)"
    r"(?: to (?:this one|be))?(?: (?:is|ist|es|est|è|é|to|lautet|är|er)(?: now| jetzt| ahora)?|:)"
    r"|(?:live|living|reside) at|ship(?:ped)?(?: it| them)? to|deliver(?:ed)?(?: it| them)? to"
    r"|wohn(?:e|haft|en) (?:in der|in|am|an der|auf der)|j'habite (?:au|à|dans la|dans)|(?:vivo|resido|habito) en(?: la| el)?"
    r"|(?:moro|resido) (?:na|no|em)|abito (?:in|al)|(?:ik )?woon (?:op|in|aan)(?: de| het)?|mieszkam (?:na|przy)(?: ul\.)?"
    r"|bor (?:på|i))"
)
_CALLED = re.compile(
    rf"(?<![^\W_])(?i:{_CUE})[: ]{{1,3}}(?:(?:le|el|il|o) (?=\d|[A-ZÀ-Ž]))?"
    rf"(?P<value>\d{{1,6}}[A-Za-z]?,? (?:{_WORD}[ ]?){{1,5}}?(?=[,\n;!?]|\.(?! ?\d)|$){_TAIL}"
    rf"|\d{{1,6}}[A-Za-z]?,?(?: (?:{_CAPITAL})){{1,5}}(?: \d{{1,5}}\b)?{_TAIL}"
    rf"|(?:(?:{_CAPITAL}),? ){{1,5}}{_HOUSE}{_TAIL}"
    rf"|(?i:{_BEFORE})(?: (?:{_CAPITAL})(?!\w)){{1,4}})"
)
_FIRST = r"(?:(?-i:\p{Lu})|\d|[nsew]\b|d\w{1,3} |la |le |van |von |d')"
_PATTERNS = {
    "numbered": (rf"\d[a-z]?,? (?:{_FIRST}\S* (?:\S+ ){{0,3}})(?:{_STREETS})\b", _NUMBERED),
    "french": (rf"\d(?: ?(?:bis|ter|[a-d]))?,? (?:{_BEFORE}) \pL", _FRENCH),
    "southern": (rf"(?:{_BEFORE}) {_FIRST}[^\n]*(?:\d|S/N)", _SOUTHERN),
    "german": (rf"{_BEHIND},? \d", _GERMAN),
    "box": (r"(?:box|postfach|apartado|apartado de correos|postale) \d", _BOX),
    "called": (rf"{_CUE}[: ]{{1,3}}(?:(?:le|el|il|o) )?(?:{_FIRST}|(?:{_BEFORE}) )", _CALLED),
}
_HINTS = Hints({name: hint for name, (hint, _) in _PATTERNS.items()})
NEEDED = _HINTS.needed


def find(text: str, _: Scope) -> Iterator[Span]:
    return _HINTS.find(text, _hinted)


def _hinted(hint: str, text: str) -> Iterator[Span]:
    for match in _PATTERNS[hint][1].finditer(text):
        start, end = match.span("value" if hint == "called" else 0)
        yield Span(start, _end(text, end), "ADDRESS")


def _end(text: str, end: int) -> int:
    while text[end - 1] in " ,.\n":
        end -= 1
    return end
