"""What safety decides. Pure: from a text and what is known of its conversation to what goes on."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from shared.contracts import MessageReceived, TurnBlocked, TurnScreened
from shared.guardrails.moderation import Judgement
from shared.guardrails.normal import view
from shared.guardrails.pii import Recogniser, mask, unfinished
from shared.guardrails.screening import Screening, screen

BlockedFor = Literal["abuse", "harm", "self-harm", "injection", "unreadable"]

_BLOCKED_FOR: dict[str, BlockedFor] = {
    "abuse": "abuse",
    "threat": "abuse",
    "harmful": "harm",
    "self_harm": "self-harm",
    "injection": "injection",
    "jailbreak": "injection",
    "social_engineering": "injection",
}


@dataclass(frozen=True, slots=True)
class Policy:
    """What the deployment knows: the company's own numbers, which are never masked, and whose phone numbers to expect.

    `extra` are recognisers of personal data beside those that are discovered.
    """

    company: re.Pattern[str] | None = None
    regions: tuple[str, ...] = ("US",)
    extra: tuple[Recogniser, ...] = ()


@dataclass(frozen=True, slots=True)
class Examined:
    """A turn's text, its messages joined by line feeds, and what was found in it.

    `unfinished`: the beginning of a number at its end, which the next turn may go on with; "" for none.
    """

    text: str
    result: Screening
    unfinished: str = ""

    @property
    def values(self) -> list[tuple[str, str]]:
        """Personal data as the vault takes it: kind and value, in order."""
        return [(span.kind, self.text[span.start : span.end]) for span in self.result.spans]


def examine(texts: Sequence[str], language: str | None, policy: Policy, before: str = "") -> Examined:
    """Screen the messages of a turn as one text, so that what is cut over two of them is found.

    `before` is what the turn before left `unfinished`: what of a number follows it here is found, too.
    """
    text = "\n".join(texts)
    result = screen(text, regions=policy.regions, company=policy.company, previous=language, before=before, extra=policy.extra)
    return Examined(text, result, unfinished(text, result.spans, before, policy.company))


def conclude(event: MessageReceived, examined: Examined, placeholders: Sequence[str]) -> TurnScreened | TurnBlocked:
    """The turn goes on, masked, or ends here. A text without a readable character is blocked as unreadable."""
    result = examined.result
    inputs = tuple(each.id for each in event.inputs)
    masked = mask(examined.text, result.spans, placeholders)
    common: dict[str, Any] = {
        "conversation": event.conversation,
        "epoch": event.epoch,
        "channel": event.channel,
        "inputs": inputs,
    }
    refused = _refusal(examined.text, result.judgement)
    if refused:
        category, rule = refused
        return TurnBlocked(**common, text=masked, language=result.language, category=category, rule=rule)
    return TurnScreened(
        **common,
        customer=event.customer,
        text=masked,
        language=result.language,
        found=result.found,
        flags=tuple(category.replace("_", "-") for category in result.judgement.categories),
    )


def _refusal(text: str, judgement: Judgement) -> tuple[BlockedFor, str] | None:
    if not any(char.isprintable() and not char.isspace() for char in view(text).text):
        return "unreadable", "empty"
    if judgement.verdict != "block":
        return None
    category, _, rule = judgement.reasons[0].partition(":")
    return _BLOCKED_FOR[category], rule
