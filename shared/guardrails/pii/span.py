"""What a recogniser is, and what it finds."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple, Protocol

KINDS = (
    "SECRET",
    "PASSWORD",
    "ONE_TIME_CODE",
    "URL_WITH_SECRET",
    "CARD",
    "IBAN",
    "CRYPTO",
    "BANK_ACCOUNT",
    "ROUTING_NUMBER",
    "EMAIL",
    "SSN",
    "NATIONAL_ID",
    "TAX_ID",
    "PASSPORT",
    "LICENCE",
    "MAC",
    "IP",
    "PHONE",
    "BIRTH_DATE",
    "ADDRESS",
    "PERSON",
)
"""Every kind of personal data, the gravest first: where spans of equal length overlap, the graver kind names the result."""


class Span(NamedTuple):
    """Characters `start` up to, not including, `end` of a text, and the kind of personal data that they are."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True)
class Scope:
    """What a recogniser may know beside the text.

    `regions`: ISO 3166 codes whose national phone numbers are expected. `whole`: the text is all that a customer said, so
    that a text which is nothing but one value answers a question, and its form alone may tell what it is.
    """

    regions: tuple[str, ...] = ("US",)
    whole: bool = True


class Recogniser(Protocol):
    """One file of `recognisers/` is one of these; the module itself has the attributes.

    `NEEDED` is a regular expression of RE2, searched without regard to case: it must match every text in which `find`
    finds something, and decides whether the recogniser runs. `find` gets normalised text (`shared.guardrails.normal`) and
    answers with spans of that text, in time linear in its length. `EXAMPLES` marks what must be found with ⟦ and ⟧;
    nothing may be found in `COUNTEREXAMPLES`.
    """

    NEEDED: str
    EXAMPLES: tuple[str, ...]
    COUNTEREXAMPLES: tuple[str, ...]

    def find(self, text: str, scope: Scope, /) -> Iterable[Span]: ...
