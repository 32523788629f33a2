"""Numbers of bank accounts that are no IBAN: by the words that name them, or alone with a national scheme's check digit.

Sources: python-stdnum for each scheme (Argentina's CBU, New Zealand, Spain's CCC, Norway).
"""

import re
from collections.abc import Iterator

from shared.guardrails.pii import schemes
from shared.guardrails.pii.bare import NEEDED as BARE
from shared.guardrails.pii.bare import bare
from shared.guardrails.pii.labelled import Labelled, digits_in
from shared.guardrails.pii.span import Scope, Span

_WORDS = (
    r"(?:(?:bank|checking|savings?|current|giro|deposit)[ -])(?:account|acct|a/c)|(?:account|acct|a/c)(?= ?(?:number|"
    r"no\b|num\b|#|nr))|acct|a/c|"
    r"konto(?:nummer|nr\.?)?|bankkonto|n[uú]mero de cuenta|cuenta(?: bancaria)?|num[eé]ro de compte|"
    r"compte(?: bancaire| courant)?(?= ?(?:num|n[°º]|no\b))|compte bancaire|"
    r"cbu|clabe|"
    r"rekening(?:nummer)?|numero di conto|conto corrente|n[uú]mero d[ae] conta|"
    r"number of (?:my|the|our) (?:bank )?account|(?:into|to|from) (?:my |the |this )?account|"
    r"(?<=\d\d-\d\d )account|(?<=\d\d-\d\d, )account|"
    r"conta(?: banc[áa]ria| corrente| poupança)?(?= ?(?:n[úu]m|n[°º]|\d))|bankrekening|kont[au]|rachun\w{2,3}|"
    r"bankkonto|口座番号"
)
EXAMPLES = (
    "my account number is ⟦495959392⟧.",
    "bank account ⟦12-3456-7890123⟧ please",
    "acct # ⟦65489-75222⟧",
    "Kontonummer: ⟦532013000⟧",
    "mon compte numéro ⟦8051200447⟧",
    "mi número de cuenta es ⟦8051200447⟧",
    "para a conta número ⟦8051200447⟧",
    "sul conto corrente n. ⟦8051200447⟧",
    "naar rekeningnummer ⟦8051200447⟧",
    "na numer konta ⟦8051200447⟧",
    "⟦01-0564-0070266-000⟧",
    "⟦0070090020000004146504⟧",
)
COUNTEREXAMPLES = (
    "my account 2 times",
    "account manager 12345678",
    "open an account in 2024",
    "send it to my account on 2024-05-12",
    "das Konto hat 100000 Euro",
    "9400 1000 0000 0000 0000 00",
)

_NAMES = (
    r"account|acct|a/c|konto|bankkonto|n[uú]mero de cuenta|cuenta|compte(?: \w+)?|num[eé]ro de compte|cbu|clabe|rekening\w*|"
    r"n[uú]mero d[ae] conta|conto corrente|numero di conto|conta(?: \w+)?|kont[au]\w*|rachun\w+|口座\w*"
)
_LABELLED = Labelled(_WORDS, stems=_NAMES)
NEEDED = rf"{BARE}|{_LABELLED.needed}"
_FEWEST_DIGITS = 6
_OTHERWISE = re.compile(
    r"\d{4}[-./]\d{1,2}[-./]\d{1,2}(?!\w)|\d{1,2}[-./]\d{1,2}[-./]\d{4}(?!\w)|"
    r"[\d.]+\s?(?:[€$£%]|(?:euros?|eur|dollars?|usd|pounds?|gbp|points?|punkte)\b)",
    re.IGNORECASE,
)
"""A date, or how much is on the account."""


def find(text: str, scope: Scope) -> Iterator[Span]:
    for start, end in _LABELLED.find(text):
        if digits_in(text[start:end]) >= _FEWEST_DIGITS and not _OTHERWISE.match(text, start):
            yield Span(start, end, "BANK_ACCOUNT")
    if scope.whole and (alone := bare(text)):
        value = text[slice(*alone)]
        if digits_in(value) >= 11 and schemes.known(value, schemes.BANKS, scope.regions):
            yield Span(*alone, "BANK_ACCOUNT")
