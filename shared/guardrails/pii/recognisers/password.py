"""Passwords, PINs and card check numbers: what the words around a value call it.

`password: value` takes nearly any value; `my password is value` only one that looks like a secret, as people also say that
it is wrong, lost or expired.
"""

import re
from collections.abc import Iterator

from shared.guardrails.normal import HOLE
from shared.guardrails.pii.hints import Hints
from shared.guardrails.pii.span import Scope, Span

_WORDS = (
    r"pass[ _-]?(?:word|phrase|code|wd)|pwd?|psw|passwort|kennwort|contrase(?:ñ|n)a|clave(?: de acceso)?|mot de passe|mdp|"
    r"senha|palavra[- ]passe|parola d'ordine|wachtwoord|ww|hasło|пароль|密码|パスワード|비밀번호|şifre|lösenord|adgangskode"
)
_AMBIGUOUS = ("clave", "ww")
"""What says other things, too: a word that follows is no secret."""
_NAMED = rf"(?<![^\W_])(?:{_WORDS})(?![^\W\d_])"
_CLAUSE = (
    r"(?:,?\s(?:(?:for|on|of|für|von|pour|para|per|voor|that|which|i|we|das|die|que|che|dat)\s|j')\S{1,30}"
    r"(?:\s\S{1,30}){0,4}?)?"
)
_IS = (
    r"(?:(?:\s{1,3}(?:is|was|should be|will be|ist|war|lautet|heißt|es|est|c'est|é|è|e'|is:|to|jest|brzmi|är|er|on|"
    r"seja(?: esta| este)?|это|are)|['’]s)(?:\s(?:now|currently|jetzt|bisher|le|el|il|o))?(?=[\s:])"
    r"|\s{0,3}(?:[:=：]|[-=]>)|\s{1,3}-(?=\s))"
)
_LABEL = re.compile(rf"{_NAMED}{_CLAUSE}(?P<is>{_IS})", re.IGNORECASE)
_VALUE = re.compile(
    rf"(?:\s{{0,3}}:)?\s{{0,3}}(?:(?P<q>[\"'`“«])(?P<quoted>[^\"'`”»\n{HOLE}]{{1,64}})[\"'`”»]|(?P<bare>[^\s{HOLE}]{{1,128}}))"
)
_BEFORE_VERB = re.compile(
    rf"{_NAMED}\s{{1,3}}(?P<value>[^\s{HOLE}]{{4,128}}?)[\"'“”]?\s(?:ist|is|war|was)(?![^\W_])", re.IGNORECASE
)
_MIXED = rf"[\"'`“«(]?(?P<value>[^\s{HOLE}]{{5,64}})"
_CHANGED = r"(?:to|as|auf|in|en|à|a|para|naar)"
_MEANT = r"(?:is|was|ist|war|est|es|era|è|é|as|als|comme|como|come)"
_BARE = re.compile(rf"(?:{_NAMED}\s{{1,3}}|(?<![^\W_])pass\s?[:=]\s{{0,3}}){_MIXED}", re.IGNORECASE)
_NEW = re.compile(rf"{_NAMED}(?:\s\S{{1,20}}){{0,2}}?\s{_CHANGED}\s{_MIXED}", re.IGNORECASE)
_BEHIND = re.compile(
    rf"(?<!\S){_MIXED}\s{_MEANT}\s(?:(?:my|the|our|a|mein|das|mon|le|mi|mia|la|il|minha|o|mijn|het|new|old)\s){{1,3}}{_NAMED}"
    r"(?!\s(?:manager|protected|prompt|field|page|hint|reset|device))",
    re.IGNORECASE,
)
_COUNTED = re.compile(r"\d{1,3}(?:-?[^\W\d_]+)+\Z|sha-?\d+\Z|md5\Z|base64\Z|utf-?\d+\Z", re.IGNORECASE)
"""Said of passwords without being one: 8-character, 1Password, SHA-256."""
_PINS = r"(?:pin(?:[- ]?(?:code|number|nummer))?|geheimzahl|nip|code (?:secret|pin)|c[óo]digo pin|pincode|kod pin)"
_PIN = re.compile(
    rf"\b{_PINS}\b(?:\s(?:for|on|that|i|we|ich|die|que|che)\s\S{{1,30}}(?:\s\S{{1,30}}){{0,3}}?)?(?:['’]s)?"
    r"(?:\s{0,2}(?:is|was|ist|es|est|:|=|-|number|code|lautet|war|é|è|to|jest|är|er|el|le|il|o)){0,4}[\s:]{0,3}[\"'(]?"
    r"(?P<value>\d{4,12})(?!\d)",
    re.IGNORECASE,
)
_PIN_BEHIND = re.compile(
    rf"(?<![\w.,:/-])(?P<value>\d{{4,8}})\s{_MEANT}\s(?:(?:my|the|meine?|die|mon|le|mi|el|il|mio|o|meu|mijn|de)\s){{1,2}}{_PINS}\b",
    re.IGNORECASE,
)
_CHECK = re.compile(
    r"\b(?:cvv2?|cvc2?|cid|csc|card (?:verification|security) (?:code|value|number)|security code|prüfziffer|"
    r"three digits on the back)\b"
    r"(?:\s{0,2}(?:is|was|ist|es|est|:|=|number|code|are)){0,3}[\s:#]{0,3}(?P<value>\d{3,4})(?!\d)",
    re.IGNORECASE,
)
_NO_SECRET = frozenset(
    """
    a abgelaufen about accepted active again all already always and as awful bad being blank blocked
    broken by caducada case changed complicated compromised confirmed correct default different
    difficult dimenticata disabled easy empty enabled errada errata esquecida expirada expired expiring
    expiré falsch faux fehlerhaft fine forgotten fout from gesperrt gone good great hacked hard hidden i
    ignored important in inactive incorrect incorrecta incorrecte invalid inválida it just known leaked
    locked long lost mandatory missing needed never new nicht no not nothing now of ok okay old olvidada
    olvidado on onjuist only optional oublié out outdated perfect private protected public rejected
    required reset richtig right safe same saved sbagliata scaduta secret secure set short shown simple
    so still stolen strong sure temporary terrible that the there this to too ungültig unknown unsafe
    updated useless valid verboten vergessen vergeten verlopen very visible weak weg what when where
    working wrong you your
    """.split()  # noqa: SIM905 - a table, not a hundred quotes
)
_HINTS = Hints(
    {
        "named": rf"(?:{_WORDS})(?:\s|,|[:=：'’]|[-=]>)",
        "before a verb": rf"(?:{_WORDS})\s{{1,3}}\S+\s(?:ist|is|war|was)",
        "bare": rf"(?:(?:{_WORDS})\s{{1,3}}|pass\s?[:=]\s{{0,3}})\S*\d",
        "new": rf"(?:{_WORDS})(?:\s\S+){{0,2}}\s{_CHANGED}\s\S*\d",
        "behind": rf"\d\S*\s{_MEANT}\s(?:\S+\s){{0,3}}(?:{_WORDS})",
        "pin": r"(?:pin|geheimzahl|nip|code secret)[^\d]*\d{4}",
        "pin behind": rf"\d{{4}}\s{_MEANT}\s(?:\S+\s){{1,2}}{_PINS}",
        "check number": r"(?:cvv|cvc|cid|csc|card (?:verif|secur)|security code|prüfziffer|digits on the back)[^\d]*\d{3}",
    }
)
NEEDED = _HINTS.needed

EXAMPLES = (
    "my password is ⟦hunter2⟧, help",
    "password: ⟦correcthorse⟧",
    "Mein Passwort lautet ⟦Sommer2024!⟧.",
    'my password is "⟦open sesame⟧"',
    "mot de passe: ⟦Azerty12⟧",
    "my PIN is ⟦4821⟧",
    "cvv ⟦123⟧",
    "password=⟦abc123⟧",
    "my password is ⟦swordfish⟧",
    "obwohl mein Passwort ⟦RYzJLuX2⟧ ist",
    "mon mot de passe est ⟦zp7Fevu1⟧ depuis",
    "mi contraseña es ⟦zp7Fevu1⟧ desde",
    "a minha senha seja esta: ⟦zp7Fevu1⟧ sempre",
    "la mia password è ⟦zp7Fevu1⟧ da",
    "mijn wachtwoord ⟦zp7Fevu1⟧ is",
    "moje hasło to ⟦zp7Fevu1⟧ od",
)
COUNTEREXAMPLES = (
    "my password is wrong",
    "my password is not working",
    "I forgot my password",
    "the password is too short.",
    "reset my password: it expired",
    "my pin is wrong",
    "is my password saved?",
    "password reset is broken",
    "mein Passwort-Manager ist weg",
    "mijn wachtwoord vergeten is normaal",
)


_NUMBERS = {"pin": (_PIN, "PASSWORD"), "pin behind": (_PIN_BEHIND, "PASSWORD"), "check number": (_CHECK, "SECRET")}
_WITHOUT_A_VERB = {"bare": _BARE, "new": _NEW, "behind": _BEHIND}


def find(text: str, _: Scope) -> Iterator[Span]:
    return _HINTS.find(text, _hinted)


def _hinted(hint: str, text: str) -> Iterator[Span]:
    if hint == "named":
        for label in _LABEL.finditer(text):
            yield from _password(text, label)
    elif hint == "before a verb":
        for match in _BEFORE_VERB.finditer(text):
            if not match["value"].isalpha() and _secret(match["value"], "", plain=False):
                yield Span(*match.span("value"), "PASSWORD")
    elif pattern := _WITHOUT_A_VERB.get(hint):
        for match in pattern.finditer(text):
            yield from _mixed(*match.span("value"), match["value"])
    else:
        pattern, kind = _NUMBERS[hint]
        yield from (Span(*match.span("value"), kind) for match in pattern.finditer(text))


def _password(text: str, label: re.Match[str]) -> Iterator[Span]:
    value = _VALUE.match(text, label.end())
    if value is None:
        return
    if value["quoted"]:
        yield Span(*value.span("quoted"), "PASSWORD")
        return
    start, bare = value.start("bare"), value["bare"].rstrip(".,;:?)\"'")
    after = text[start + len(bare) : start + len(bare) + 2]
    written = label["is"].strip() in (":", "=", "：")
    ambiguous = bare.isalpha() and not written and label[0].lower().startswith(_AMBIGUOUS)
    if bare and not ambiguous and _secret(bare, after, plain=written):
        yield Span(start, start + len(bare), "PASSWORD")


def _mixed(start: int, end: int, value: str) -> Iterator[Span]:
    """The value where no verb says that it is one: only if it has letters and digits as no word or count has."""
    bare = value.rstrip(".,;:?)\"'`”»")
    if any(map(str.isdigit, bare)) and any(map(str.isalpha, bare)) and len(bare) > 4 and not _COUNTED.match(bare):
        yield Span(start, end - len(value) + len(bare), "PASSWORD")


def _secret(value: str, after: str, *, plain: bool) -> bool:
    """A value looks like a secret; a lone word is one at the end of its sentence, unless people say it of passwords."""
    if value.casefold() in _NO_SECRET or len(value) < 3:
        return False
    if not value.isalpha() or not (value.islower() or value.istitle()):
        return not value.strip("-'").isalpha() or not (value.islower() or value.istitle())
    return not after.strip() or after[0] in ".,;!\n" or (plain and len(value) >= 6)
