"""A text screened whole: personal data, language, moderation. Pure, and what `frontdesk screen` prints."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from shared.guardrails.language import Spoken, spoken
from shared.guardrails.moderation import DEFAULT, Judgement, Thresholds, judge
from shared.guardrails.needless import warning_for
from shared.guardrails.pii import Recogniser, Span, continued, find, goes_on, mask, merge, numbered, unfinished
from shared.guardrails.remembered import Conversations, Remembered


@dataclass(frozen=True, slots=True)
class Screening:
    """What was found in a text. `masked`: the text with placeholders in place of personal data, numbered by kind."""

    masked: str
    spans: tuple[Span, ...]
    spoken: Spoken
    judgement: Judgement

    @property
    def language(self) -> str | None:
        """ISO 639-1, or None when it cannot be told."""
        return self.spoken.language

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
    preferred: str | None = None,
    before: str = "",
    extra: Sequence[Recogniser] = (),
    thresholds: Thresholds = DEFAULT,
) -> Screening:
    """Screen a message of a customer.

    `regions` are countries whose national phone numbers are expected, `company` matches what belongs to the company,
    `previous` is the conversation's language so far, `preferred` that of the customer's account or browser,
    `before` what the conversation's last message left `unfinished`,
    `extra` are recognisers of personal data beside the discovered ones, `thresholds` say how sure the model of moderation
    must be.
    """
    spans = find(text, regions=regions, company=company, whole=True, extra=extra)
    if before and goes_on(text):
        spans = merge([*spans, *continued(before, text, partial(find, regions=regions, company=company))])
    masked = mask(text, spans, numbered(text, spans))
    return Screening(masked, tuple(spans), spoken(masked, previous, preferred), judge(text, thresholds))


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
    return _told(screen(text, regions=regions, company=company, previous=previous))


def _told(result: Screening) -> dict[str, Any]:
    verdict = result.judgement.verdict
    return {
        "masked": result.masked,
        "spans": [{"start": span.start, "end": span.end, "type": span.kind} for span in result.spans],
        "language": result.language,
        "verdict": "warn" if verdict == "pass" and warning_for(result.found) else verdict,
        "reasons": [*result.judgement.reasons, *(f"pii:{kind.lower()}" for kind in result.found)],
    }


LONGEST = 65_536
"""Characters of one text; ingress takes far less."""


def screen_line(
    line: str | bytes,
    *,
    regions: Sequence[str] = ("US",),
    company: re.Pattern[str] | None = None,
    conversations: Conversations | None = None,
) -> dict[str, Any]:
    """One line of JSON, `{"text": ..., "conversation"?: ...}`, screened as `screen_text` tells.

    What the conversation's earlier lines said is remembered in `conversations`: its language, and a number that is cut over
    two of them. Whatever else a line is: an object with only an `error`.
    """
    try:
        asked = json.loads(line)
    except (ValueError, RecursionError):
        return {"error": "not a line of JSON in UTF-8"}
    text = asked.get("text") if isinstance(asked, dict) else None
    if not isinstance(text, str):
        return {"error": 'not an object with a string "text"'}
    if len(text) > LONGEST:
        return {"error": f"text is longer than {LONGEST} characters"}
    if not _is_unicode(text):
        return {"error": "text has a lone surrogate"}
    conversation = asked.get("conversation")
    if conversation is not None and not isinstance(conversation, str):
        return {"error": '"conversation" is not a string'}
    conversations = conversations or Conversations()
    known = conversations.of(conversation)
    try:
        result = screen(text, regions=regions, company=company, previous=known.language, before=known.unfinished)
    except Exception as error:  # a guard fails closed: an error is no answer that lets a text pass
        return {"error": f"a guard failed: {type(error).__name__}"}
    if conversation is not None:
        left = unfinished(text, result.spans, known.unfinished, company)
        conversations.keep(conversation, Remembered(result.language or known.language, left))
    return _told(result)


def _is_unicode(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
