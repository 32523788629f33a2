"""Personal data in text: found, and masked. A new kind is one new file in `recognisers/`."""

from shared.guardrails.pii.finder import discovered, find
from shared.guardrails.pii.masking import mask, numbered
from shared.guardrails.pii.span import KINDS, Recogniser, Scope, Span

__all__ = ["KINDS", "Recogniser", "Scope", "Span", "discovered", "find", "mask", "numbered"]
