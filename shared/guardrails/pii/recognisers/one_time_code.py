"""One-time codes: four to eight digits that the words around call a code which somebody got.

A code of the shop's own (of a discount, an article, a place) is none, and neither is a number that something else is told of.
"""

import re
from collections.abc import Iterator

from shared.guardrails.pii.hints import Hints
from shared.guardrails.pii.span import Scope, Span

EXAMPLES = (
    "the verification code is ⟦482 913⟧",
    "OTP: ⟦482913⟧",
    "the code you sent me is ⟦482913⟧",
    "I got the code ⟦482913⟧",
    "⟦G-482913⟧ is your Google verification code",
    "der Bestätigungscode lautet ⟦001256⟧",
    "der Code, den Sie mir geschickt haben, ist ⟦482913⟧",
    "le code de vérification est ⟦001256⟧",
    "le code que vous m'avez envoyé est ⟦482913⟧",
    "el código de seguridad es ⟦001256⟧",
    "recibí el código ⟦482913⟧",
    "o código de verificação é ⟦001256⟧",
    "o código é ⟦482913⟧",
    "il codice di verifica è ⟦001256⟧",
    "ho ricevuto il codice ⟦482913⟧",
    "de verificatiecode is ⟦001256⟧",
    "de code die jullie stuurden is ⟦482913⟧",
    "kod weryfikacyjny to ⟦001256⟧",
)
COUNTEREXAMPLES = (
    "promo code SAVE20",
    "the code is on the box",
    "il codice sconto è 20",
    "the code you sent me does not work",
    "the promo code you sent me is 482913",
    "mon code postal est 75001",
    "der Fehlercode ist 482913",
    "the code is 1000 points",
)

_NAMED = (
    r"otp|one[- ]time (?:code|pass\w{0,4}|pin)|(?:verification|authenti\w{1,8}|2fa|mfa|two[- ]factor|sms|login|access|security|"
    r"sign[- ]in)\s(?:code|pin|passcode)|"
    r"(?:bestätigungs|einmal|sicherheits|verifizierungs|anmelde|freigabe|sms-)code|tan|"
    r"code (?:de (?:vérification|confirmation|sécurité|validation)|à usage unique|sms|(?:reçu|received)(?: \w{1,9}){0,2})|"
    r"c[óo]digo (?:de (?:verificaci[óo]n|verificação|seguridad|segurança|confirmaci[óo]n|confirmação|acceso|acesso)|sms)|"
    r"codice (?:di (?:verifica|sicurezza|conferma|accesso)|otp|sms)|"
    r"(?:verificatie|bevestigings|beveiligings|inlog|sms-)code|"
    r"kod (?:weryfikacyjny|jednorazowy|potwierdzający|autoryzacyjny|sms)|"
    r"engångskod(?:en)?|verifieringskod(?:en)?|doğrulama kodu|onay kodu|код подтверждения|проверочный код"
)
_KEPT = (
    r"(?:recovery|backup|rescue)[ -]codes?|(?:wiederherstellungs|backup-?|herstel)codes?|code de (?:récupération|secours)|"
    r"c[óo]digo de (?:recuperaci[óo]n|recuperação|respaldo)|codice di (?:recupero|backup)"
)
"""Codes for whoever has lost the means to get one: groups of letters and digits."""
_CODE = r"(?:code|c[óo]digo|codice)(?![^\W\d_])"
_WHOSE = (
    r"(?:the|my|this|that|your|der|den|mein(?:en)?|dein(?:en)?|ihr(?:en)?|le|mon|ce|ton|votre|el|mi|este|su|tu|il|mio|questo|"
    r"o|meu|seu|de|mijn|deze|uw|jouw)"
)
_IS = r"(?:is|was|says|reads|ist|war|lautet|heißt|est|était|es|era|è|é|luidt)"
_GOT = (
    r"(?:got|get|received?|entered|enter|typed?(?: in)?|habe|bekam|erhielt|reçu|recib[íi]|recibido|lleg[óo]|recebi|chegou|"
    r"ricevuto|arrivato|kreeg|ontving)"
)
_DIGITS = r"(?:\d{4,8}|\d{3}[ -]\d{3,4}|(?:[A-Z]{1,2}-)\d{4,8})(?![\w%€$£]|[.,:/-]\w)"
_FOLLOWED = re.compile(
    r"\s?(?:%|[€$£]|(?:points?|euros?|dollars?|pounds?|eur|usd|gbp|times?|digits?|characters?|letters|words|lines|pages|punkte|"
    r"zeichen|stellen|chiffres|caractères|d[íi]gitos|caracteres|caratteri|cijfers|tekens)\b)",
    re.IGNORECASE,
)
_OF_SOMETHING_ELSE = re.compile(
    r"promo|discount|voucher|coupon|gift|rabatt|gutschein|r[ée]duction|remise|cadeau|descuento|sconto|desconto|korting|error|"
    r"fehler|erreur|errore|erro\b|fout|\bzip|post|country|\barea|product|\bitem|article|artikel|articolo|artículo|artigo|order|"
    r"bestell|pedido|ordine|commande|tracking|colou?r|farb|couleur|\bbar\b|barre|barras|\bqr\b|source|status|dress|conduct|"
    r"reserv|return|retour|referral|customer|kunden|client|member|serial|parcel|package|paket|pakket|colis|paquete|pacco|"
    r"\bbox\b|label|receipt|\bsale|reference|booking|\bsku|model|fiscal|tax\b|\bvat\b|\bbank|\bsort\b|swift|branch|invoice|"
    r"customs|http|\bexit",
    re.IGNORECASE,
)
"""What has codes that are no secret, in the words around a code."""
_PATTERNS = {
    "named": re.compile(
        rf"\b(?:{_NAMED})\b"
        r"(?:\s(?:i (?:got|received)|(?:that )?you (?:just )?(?:sent|texted)(?: me)?|(?:from|for|by) \w{1,20})){0,2}"
        r"(?:\s{0,2}(?:is|was|ist|lautet|war|es|est|é|è|to|jest|är|:|=)){0,2}[\s:#]{0,3}"
        r"(?P<value>[A-Z]{0,2}-?\d{3}[ -]?\d{1,5})(?!\d)",
        re.IGNORECASE,
    ),
    "kept": re.compile(
        rf"(?<![^\W_])(?:{_KEPT})(?:\s{_IS}|\s?[:=])?\s{{1,3}}[\"']?"
        r"(?P<value>(?=[A-Z-]*\d)[A-Z\d]{3,6}(?:-[A-Z\d]{3,6}){1,5})(?![\w-])",
        re.IGNORECASE,
    ),
    "told": re.compile(
        rf"(?<![^\W_]){_WHOSE}\s(?:[\w-]{{1,14}}\s){{0,2}}?{_CODE}[^\d.?!;\n]{{0,60}}?(?:\s{_IS}|\s?[:=])"
        rf"(?:\s(?:the|le|el|il|o|de))?[\s:]{{0,3}}[\"']?(?P<value>{_DIGITS})",
        re.IGNORECASE,
    ),
    "got": re.compile(
        rf"(?<![^\W_]){_GOT}\s(?:(?:the|a|this|your|den|einen|le|un|el|il|o|um|de|een)\s)?{_CODE}:?\s[\"']?(?P<value>{_DIGITS})",
        re.IGNORECASE,
    ),
    "behind": re.compile(
        rf"(?<![\w.,:/-])(?P<value>{_DIGITS})[\"']?\s{_IS}\s(?:{_WHOSE}\s){{1,2}}(?:[\w-]{{1,16}}\s){{0,2}}?(?:{_CODE}|otp\b|tan\b)",
        re.IGNORECASE,
    ),
}
_ANY = r"(?:code|c[óo]digo|codice)"
_HINTS = Hints(
    {
        "named": r"(?:otp|one[- ]time|pin|passcode|code|c[óo]digo|codice|kod|kodu|tan|kod(?:en)?|код"
        r"(?: подтверждения)?)[^\d]*\d{3}",
        "kept": rf"(?:{_KEPT})(?:\s{_IS}|\s?[:=])?\s{{1,3}}\S*\d",
        "told": rf"{_WHOSE}\s(?:\S+\s){{0,2}}{_ANY}[^\d.?!;\n]*(?:\s{_IS}|[:=])[^\d.?!;\n]*(?:\d{{4}}|\d{{3}}[ -]\d{{3}})",
        "got": rf"{_GOT}\s(?:\S+\s)?{_ANY}:?\s\S{{0,4}}\d{{3}}",
        "behind": rf"\d{{3}}[\"']?\s{_IS}\s(?:\S+\s){{1,4}}(?:{_ANY}|otp|tan)",
    }
)
NEEDED = _HINTS.needed
_FOR = re.compile(r"\s(?:for|of|on|für|zum|zur|pour|de|du|para|del|per|di|voor|van|do|da)\s[^.,;!?\n]{0,24}", re.IGNORECASE)


def find(text: str, _: Scope) -> Iterator[Span]:
    return _HINTS.find(text, _hinted)


def _hinted(hint: str, text: str) -> Iterator[Span]:
    for match in _PATTERNS[hint].finditer(text):
        if hint in ("named", "kept") or not _about_something_else(text, match):
            yield Span(*match.span("value"), "ONE_TIME_CODE")


def _about_something_else(text: str, match: re.Match[str]) -> bool:
    behind = _FOR.match(text, match.end())
    end = behind.end() if behind else match.end()
    return bool(_FOLLOWED.match(text, match.end("value")) or _OF_SOMETHING_ELSE.search(text, match.start(), end))
