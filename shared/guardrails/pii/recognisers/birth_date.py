"""Dates of birth: a date that the words before call one. Other dates are nobody's secret."""

import re
from collections.abc import Iterator

from shared.guardrails.pii.hints import Hints
from shared.guardrails.pii.span import Scope, Span

NEEDED = (
    r"born|birth|b-?day|\bdob\b|d\.o\.b|geb|nacid|nacim|fecha de nac|n[ée]e? (?:le|en|à)|naissance|nat[oa] (?:il|a|in)|nascit|"
    r"geboortedat|geboren|verjaar|cumplea|compleanno|anivers|annivers|nací|nasci|syntymä|född|født|urodz|родил|рожд|生年月日|出生"
)
EXAMPLES = (
    "I was born on ⟦Sep. 20, 1962⟧.",
    "DOB ⟦12/03/1987⟧",
    "my date of birth is ⟦october 6th 1998⟧",
    "geboren am ⟦3. März 1980⟧",
    "né le ⟦14 juillet 1975⟧",
    "ich bin am ⟦08.07.1975⟧ geboren",
    "nací el ⟦28/09/1983⟧ en Lugo",
    "a minha data de nascimento é ⟦06/06/1987⟧",
    "sono nata il ⟦02/03/1962⟧",
    "ik ben geboren op ⟦10-11-1964⟧",
    "moja data urodzenia to ⟦20.07.1999⟧",
    "birthday: ⟦1990-04-03⟧",
)
COUNTEREXAMPLES = (
    "the order of 12/03/2025",
    "born in Berlin",
    "a birthday present by Friday",
    "my birthday is on friday the 5th of next month",
)

_MONTH = (
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)[a-zà-ÿ]{0,6}|(?:maart|mei|maio|januar|februar|märz|april|mai|juni|juli|"
    r"august|oktober|dezember|"
    r"enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre|"
    r"janvier|f[ée]vrier|mars|avril|juin|juillet|ao[uû]t|septembre|octobre|novembre|d[ée]cembre|gennaio|febbraio|aprile|"
    r"maggio|giugno|luglio|settembre|ottobre|dicembre)"
)
_DATE = (
    r"(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/. ]{1,2}\d{1,2}[-/. ]{1,2}(?:\d{4}|\d{2})|"
    rf"\d{{1,2}}(?:st|nd|rd|th|er|\.)?\s?(?:of |de |d')?(?:{_MONTH})\.?,?(?: de)? ?(?:\d{{4}}|'?\d\d)?|"
    rf"(?:{_MONTH})\.?\s?\d{{1,2}}(?:st|nd|rd|th)?[,.]{{0,2}}\s?(?:\d{{4}}|'\d\d)?|\d{{8}})"
)
_IS = r"(?:is|was|ist|est|es|è|é)"
_MY = r"(?:my|mein|ma|mi|la mia|a minha|mijn|the|the customer's)"
_DAY = (
    r"(?:date of birth|birth ?date|birth ?day|dob|geburtsdatum|geburtstag|date de naissance|fecha de nacimiento|cumpleaños|"
    r"data di nascita|compleanno|data de nascimento|geboortedatum|verjaardag)"
)
_BORN = re.compile(
    r"(?<![^\W_])(?:born|birth ?date|birth ?day|b-?day|date of birth|dob|d\.o\.b\.?|geb(?:oren|urtsdatum|urtstag|\.)?|"
    r"nacid[oa]|fecha de nacimiento|cumpleaños|"
    r"n[ée]e?(?= (?:le|en|à) )|date de naissance|anniversaire|nat[oa](?= (?:il|a|in) )|data di nascita|data de nascimento|"
    r"nascid[oa]|"
    r"geboortedatum|verjaardag|compleanno|aniversário|syntymäaika|född|født|nac[íi]|nasci|urodził[ae]?m? się|urodziłem się|"
    r"urodzon[ya]|data urodzenia|родил(?:ся|ась)|дата рождения|生年月日|出生日期)(?![^\W\d_])"
    rf"(?:[ \t]{{0,2}}(?:\bis\b|\bwas\b|\bon\b|\bthe\b|\bam\b|\bist\b|\ble\b|\bes\b|\bel\b|\best\b|\bil\b|\bin\b|\bof\b|"
    rf"\bdate\b|\ben\b|\bem\b|"
    rf"['’]s\b|in [^\W\d_][\w.-]{{1,20}}|[aà] [^\W\d_][\w.-]{{1,20}}|en [^\W\d_][\w.-]{{1,20}}|"
    rf"\bé\b|\bè\b|\bto\b|\bop\b|\bden\b|\bdnia\b|\bdia\b|\bno\b|\ber\b|\bär\b|[:=,(-])){{0,5}}"
    rf"[ \t]{{0,2}}(?P<value>{_DATE})(?![\d])",
    re.IGNORECASE,
)
_BORN_BEHIND = re.compile(
    rf"(?<![\w.-])(?P<value>{_DATE}) (?:geboren|geb\.|urodzon[ya]|{_IS} (?:when i was born|(?:{_MY} )?{_DAY}))(?![^\W\d_])",
    re.IGNORECASE,
)


_HINTS = Hints({"behind": rf"[a-z\d] (?:geboren|geb\.|urodzon[ya]|{_IS} (?:when i was born|(?:{_MY} )?{_DAY}))"})


def find(text: str, _: Scope) -> Iterator[Span]:
    for match in (*_BORN.finditer(text), *(_BORN_BEHIND.finditer(text) if _HINTS.of(text) else ())):
        end = match.end("value")
        while text[end - 1] in " ,.":
            end -= 1
        yield Span(match.start("value"), end, "BIRTH_DATE")
