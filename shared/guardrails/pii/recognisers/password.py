"""Passwords, PINs, card check numbers and one-time codes: what the words before a value call it.

`password: value` takes nearly any value; `my password is value` only one that looks like a secret, as people also say that
it is wrong, lost or expired.
"""

import re
from collections.abc import Iterator

from shared.guardrails.normal import HOLE
from shared.guardrails.pii.hints import Hints
from shared.guardrails.pii.span import Scope, Span

_WORDS = (
    r"pass[ _-]?(?:word|phrase|code|wd)|pwd|passwort|kennwort|contrase(?:ñ|n)a|mot de passe|mdp|senha|palavra-passe|"
    r"wachtwoord|hasło|пароль|密码|パスワード|비밀번호|şifre|lösenord|adgangskode"
)
_IS = (
    r"(?:\s{1,3}(?:is|was|ist|war|lautet|es|est|é|è|e'|is:|to|jest|brzmi|är|er|on|seja(?: esta| este)?|"
    r"это|are)(?=[\s:])|\s{0,3}[:=：]|\s{1,3}-(?=\s))"
)
_LABEL = re.compile(
    rf"(?<![^\W\d_])(?:{_WORDS})(?![^\W\d_])(?:\s(?:for|on|für|pour|para)\s\S{{1,30}}(?:\s\S{{1,30}})?)?(?P<is>{_IS})",
    re.IGNORECASE,
)
_VALUE = re.compile(
    rf"(?:\s{{0,3}}:)?\s{{0,3}}(?:(?P<q>[\"'`“«])(?P<quoted>[^\"'`”»\n{HOLE}]{{1,64}})[\"'`”»]|(?P<bare>[^\s{HOLE}]{{1,128}}))"
)
_BEFORE_VERB = re.compile(
    rf"(?<![^\W\d_])(?:{_WORDS})\s{{1,3}}(?P<value>[^\s{HOLE}]{{4,128}}?)[\"'“”]?\s(?:ist|is|war|was)(?![^\W_])", re.IGNORECASE
)
_PIN = re.compile(
    r"\b(?:pin|pin[- ]?(?:code|number|nummer)|geheimzahl|nip|code secret|pincode|kod pin)\b"
    r"(?:\s(?:for|on)\s\S{1,30}(?:\s\S{1,30})?)?"
    r"(?:\s{0,2}(?:is|was|ist|es|est|:|=|number|code|"
    r"lautet|war|é|è|to|jest|är|er)){0,3}[\s:]{0,3}[\"']?(\d{4,12})(?!\d)",
    re.IGNORECASE,
)
_CHECK = re.compile(
    r"\b(?:cvv2?|cvc2?|cid|csc|card (?:verification|security) (?:code|value|number)|security code|prüfziffer|"
    r"three digits on the back)\b"
    r"(?:\s{0,2}(?:is|was|ist|es|est|:|=|number|code|are)){0,3}[\s:#]{0,3}(\d{3,4})(?!\d)",
    re.IGNORECASE,
)
_CODE = re.compile(
    r"\b(?:otp|one[- ]time (?:code|pass\w{0,4}|pin)|(?:verification|authenti\w{1,8}|2fa|mfa|two[- ]factor|sms|login|access|"
    r"security|sign[- ]in)"
    r"\s(?:code|pin|passcode)|"
    r"(?:bestätigungs|einmal|sicherheits|verifizierungs|anmelde|freigabe|sms-)code|tan|"
    r"code (?:de (?:vérification|confirmation|sécurité|validation)|à usage unique|sms)|"
    r"c[óo]digo (?:de (?:verificaci[óo]n|verificação|seguridad|segurança|confirmaci[óo]n|confirmação|acceso|acesso)|sms)|"
    r"codice (?:di (?:verifica|sicurezza|conferma|accesso)|otp|sms)|"
    r"(?:verificatie|bevestigings|beveiligings|inlog|sms-)code|"
    r"kod (?:weryfikacyjny|jednorazowy|potwierdzający|autoryzacyjny|sms)|"
    r"engångskod(?:en)?|verifieringskod(?:en)?|doğrulama kodu|onay kodu|код подтверждения|проверочный код)\b"
    r"(?:\s(?:i (?:got|received)|you sent(?: me)?|from \w{1,20}|for \w{1,20}))?"
    r"(?:\s{0,2}(?:is|was|ist|lautet|war|es|est|é|è|to|jest|är|:|=)){0,2}[\s:#]{0,3}"
    r"([A-Z]{0,2}-?\d{3}[ -]?\d{1,5})(?!\d)",
    re.IGNORECASE,
)
_NO_SECRET = frozenset(
    """
    a abgelaufen about accepted again all already always and as bad being blank blocked broken by case
    changed compromised correct different empty expired expiring expiré falsch fine forgotten from
    gesperrt gone good hacked hidden i ignored in incorrect incorrecta invalid inválida it just known
    leaked locked long lost mandatory missing needed never new nicht no not nothing now of ok okay old
    olvidada on only optional oublié out outdated protected rejected required reset richtig right safe
    same saved secret secure set short shown so still stolen strong sure that the there this to too
    ungültig unknown unsafe updated valid vergessen very weak weg what when where working wrong you your
    """.split()  # noqa: SIM905 - a table, not a hundred quotes
)
_HINTS = Hints(
    {
        "named": rf"(?:{_WORDS})(?:\s|[:=：])",
        "before a verb": rf"(?:{_WORDS})\s{{1,3}}\S+\s(?:ist|is|war|was)",
        "pin": r"(?:pin|geheimzahl|nip|code secret)[^\d]*\d{4}",
        "check number": r"(?:cvv|cvc|cid|csc|card (?:verif|secur)|security code|prüfziffer|digits on the back)[^\d]*\d{3}",
        "code": r"(?:otp|one[- ]time|pin|passcode|code|c[óo]digo|codice|kod|kodu|tan|kod(?:en)?|код"
        r"(?: подтверждения)?)[^\d]*\d{3}",
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
    "the verification code is ⟦482 913⟧",
    "OTP: ⟦482913⟧",
    "password=⟦abc123⟧",
    "my password is ⟦swordfish⟧",
    "obwohl mein Passwort ⟦RYzJLuX2⟧ ist",
    "mon mot de passe est ⟦zp7Fevu1⟧ depuis",
    "mi contraseña es ⟦zp7Fevu1⟧ desde",
    "a minha senha seja esta: ⟦zp7Fevu1⟧ sempre",
    "la mia password è ⟦zp7Fevu1⟧ da",
    "mijn wachtwoord ⟦zp7Fevu1⟧ is",
    "moje hasło to ⟦zp7Fevu1⟧ od",
    "der Bestätigungscode lautet ⟦001256⟧",
    "le code de vérification est ⟦001256⟧",
    "el código de seguridad es ⟦001256⟧",
    "o código de verificação é ⟦001256⟧",
    "il codice di verifica è ⟦001256⟧",
    "de verificatiecode is ⟦001256⟧",
    "kod weryfikacyjny to ⟦001256⟧",
)
COUNTEREXAMPLES = (
    "my password is wrong",
    "my password is not working",
    "I forgot my password",
    "the password is too short.",
    "reset my password: it expired",
    "my pin is wrong",
    "promo code SAVE20",
    "the code is on the box",
    "is my password saved?",
    "password reset is broken",
    "mein Passwort-Manager ist weg",
    "mijn wachtwoord vergeten is normaal",
    "il codice sconto è 20",
)


_KINDS = {"pin": (_PIN, "PASSWORD"), "check number": (_CHECK, "SECRET"), "code": (_CODE, "ONE_TIME_CODE")}


def find(text: str, _: Scope) -> Iterator[Span]:
    for hint in _HINTS.of(text):
        if hint == "named":
            for label in _LABEL.finditer(text):
                yield from _password(text, label)
        elif hint == "before a verb":
            for match in _BEFORE_VERB.finditer(text):
                if not match["value"].isalpha() and _secret(match["value"], "", plain=False):
                    yield Span(*match.span("value"), "PASSWORD")
        else:
            pattern, kind = _KINDS[hint]
            yield from (Span(*match.span(1), kind) for match in pattern.finditer(text))


def _password(text: str, label: re.Match[str]) -> Iterator[Span]:
    value = _VALUE.match(text, label.end())
    if value is None:
        return
    if value["quoted"]:
        yield Span(*value.span("quoted"), "PASSWORD")
        return
    start, bare = value.start("bare"), value["bare"].rstrip(".,;:?)\"'")
    if bare and _secret(bare, text[start + len(bare) : start + len(bare) + 2], plain=label["is"].strip() in (":", "=", "：")):
        yield Span(start, start + len(bare), "PASSWORD")


def _secret(value: str, after: str, *, plain: bool) -> bool:
    """A value looks like a secret; a lone word is one at the end of its sentence, unless people say it of passwords."""
    if value.casefold() in _NO_SECRET or len(value) < 3:
        return False
    if not value.isalpha() or not (value.islower() or value.istitle()):
        return not value.strip("-'").isalpha() or not (value.islower() or value.istitle())
    return not after.strip() or after[0] in ".,;!\n" or (plain and len(value) >= 6)
