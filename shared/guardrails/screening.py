"""A text screened whole: personal data, language, moderation. Pure, and what `frontdesk screen` prints."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from shared.guardrails.language import detect
from shared.guardrails.moderation import Judgement, judge
from shared.guardrails.pii import Span, find, mask, numbered

NEEDLESS = frozenset({"CARD", "IBAN", "ONE_TIME_CODE", "PASSWORD", "SECRET", "SSN"})
"""Kinds that nobody here asks for in a conversation."""


@dataclass(frozen=True, slots=True)
class Screening:
    """What was found in a text. `language` is ISO 639-1, or None when it cannot be told."""

    spans: tuple[Span, ...]
    language: str | None
    judgement: Judgement

    @property
    def found(self) -> tuple[str, ...]:
        """The kinds of personal data, each once, in alphabetical order."""
        return tuple(sorted({span.kind for span in self.spans}))


def screen(
    text: str,
    *,
    regions: Sequence[str] = ("US",),
    company: re.Pattern[str] | None = None,
    previous: str | None = None,
) -> Screening:
    """Screen a message of a customer.

    `regions` are countries whose national phone numbers are expected, `company` matches what belongs to the company,
    `previous` is the conversation's language so far.
    """
    spans = find(text, regions=regions, company=company)
    shown = mask(text, spans, numbered(text, spans)) if spans else text
    return Screening(tuple(spans), detect(shown, previous), judge(text))


def warning_for(found: Sequence[str]) -> str | None:
    """The key of the system text that warns a customer who shared data which nobody here asks for; None: nothing to say."""
    return "needless_data" if NEEDLESS.intersection(found) else None


def screen_text(
    text: str,
    *,
    regions: Sequence[str] = ("US",),
    company: re.Pattern[str] | None = None,
    previous: str | None = None,
) -> dict[str, Any]:
    """`text` screened, as one JSON object: `masked`, `spans`, `language`, `verdict` and `reasons` (`<category>:<rule>`).

    Data that nobody asks for is a `warn` of its own; other personal data is masked without a word.
    """
    result = screen(text, regions=regions, company=company, previous=previous)
    verdict = result.judgement.verdict
    return {
        "masked": mask(text, result.spans, numbered(text, result.spans)),
        "spans": [{"start": span.start, "end": span.end, "type": span.kind} for span in result.spans],
        "language": result.language,
        "verdict": "warn" if verdict == "pass" and warning_for(result.found) else verdict,
        "reasons": [*result.judgement.reasons, *(f"pii:{kind.lower()}" for kind in result.found)],
    }
