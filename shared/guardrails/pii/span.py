"""What a recogniser is, and what it finds."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

KINDS = (
    "SECRET",
    "PASSWORD",
    "ONE_TIME_CODE",
    "CARD",
    "IBAN",
    "EMAIL",
    "SSN",
    "IP",
    "PHONE",
)
"""Every kind of personal data, the gravest first: where spans of equal length overlap, the graver kind names the result."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Characters `start` up to, not including, `end` of a text, and the kind of personal data that they are."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True)
class Scope:
    """What a recogniser may know beside the text. `regions`: ISO 3166 codes whose national phone numbers are expected."""

    regions: tuple[str, ...] = ("US",)


class Recogniser(Protocol):
    """One file of `recognisers/` is one of these; the module itself has the attributes.

    `NEEDED` must match, once it is in lower case, every text in which `find` finds something: it decides whether the
    recogniser runs. Patterns whose alternatives begin with letters are fast. `find` gets
    normalised text (`shared.guardrails.normal`) and answers with spans of that text, in time linear in its length.
    `EXAMPLES` marks what must be found with ⟦ and ⟧; nothing may be found in `COUNTEREXAMPLES`.
    """

    NEEDED: re.Pattern[str]
    EXAMPLES: tuple[str, ...]
    COUNTEREXAMPLES: tuple[str, ...]

    def find(self, text: str, scope: Scope, /) -> Iterable[Span]: ...
