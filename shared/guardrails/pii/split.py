"""Numbers that a customer cuts over several messages: "4111 1111", and then "1111 1111".

What was said before has already been stored and shown, masked as it then looked; it stays. Found, and masked, is the rest
of the number, in the message that completes it or goes on with it.
"""

import re
from collections.abc import Callable, Iterator, Sequence

from shared.guardrails.normal import view
from shared.guardrails.pii.span import Span

CUT = frozenset({"CARD", "IBAN", "SSN", "PHONE"})
"""Kinds whose check digit, or numbering plan, tells that two pieces are one number."""

LONGEST = 40
"""Characters of an unfinished number that are worth keeping: an IBAN in groups."""
_BEGUN = re.compile(
    r"(?<![\w@+#$€£-])(?:\+?\d[\d ./()-]{1,30}|[A-Z]{2}\d{2}(?:[ -]?[A-Z\d]{1,4}){0,8})\W{0,3}\Z", re.IGNORECASE
)
_DIGIT = re.compile("[0-9]")
_GOES_ON = re.compile(r"\W{0,3}\d")
_ONLY = re.compile(r"\W{0,3}\d[\dA-Z ./()-]{0,30}\W{0,3}\Z", re.IGNORECASE)
_FEWEST_DIGITS = 3


def goes_on(text: str) -> bool:
    """Whether a message begins as a number might go on: whether what was left unfinished before matters."""
    return bool(_GOES_ON.match(view(text[: 2 * LONGEST]).text))


def unfinished(text: str, spans: Sequence[Span], before: str = "", company: re.Pattern[str] | None = None) -> str:
    """The number at the end of a message that the next one may go on with, normalised; "" for none.

    `spans` are what is masked in `text`: it is finished. `before` is what the messages before left; a message that is
    nothing but digits goes on with it. What ends in a number of the `company` leaves nothing.
    """
    end = text[-2 * LONGEST :]
    masked = max((span.end for span in spans), default=0) - (len(text) - len(end))
    left = view(end[max(0, masked) :]).text
    begun = _BEGUN.search(left) if _DIGIT.search(left) else None
    if begun is None:
        return ""
    number = begun[0].strip(" .,!?")
    if sum(map(str.isdecimal, number)) < _FEWEST_DIGITS or (company and company.search(number)):
        return ""
    if before and _ONLY.match(view(text[: 2 * LONGEST]).text):
        number = f"{before} {number}"
    return number[-LONGEST:]


def continued(before: str, text: str, find: Callable[[str], Sequence[Span]]) -> Iterator[Span]:
    """What of `text` belongs to a number that `before` began."""
    offset = len(before) + 1
    for span in find(f"{before} {text[: 2 * LONGEST]}"):
        if span.kind in CUT and span.start < len(before) and span.end > offset:
            yield Span(0 if text[:1].strip() else len(text) - len(text.lstrip()), span.end - offset, span.kind)
