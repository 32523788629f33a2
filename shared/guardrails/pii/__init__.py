"""Personal data in text: found, and masked. A new kind is one new file in `recognisers/`."""

from shared.guardrails.pii.finder import discovered, find, merge
from shared.guardrails.pii.masking import mask, numbered, quoted
from shared.guardrails.pii.span import KINDS, Recogniser, Scope, Span
from shared.guardrails.pii.split import continued, goes_on, unfinished

__all__ = [
    "KINDS",
    "Recogniser",
    "Scope",
    "Span",
    "continued",
    "discovered",
    "find",
    "goes_on",
    "mask",
    "merge",
    "numbered",
    "quoted",
    "unfinished",
]
