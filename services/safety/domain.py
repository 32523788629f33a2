"""What safety decides. Pure: from a text and what is known of its conversation to what goes on."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from shared.contracts import GUARD_FAILED, MessageReceived, TurnBlocked, TurnScreened
from shared.guardrails.moderation import DEFAULT, Category, Judgement, Thresholds, Verdict, judge
from shared.guardrails.normal import view
from shared.guardrails.pii import Recogniser, mask, quoted, unfinished
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


NO_OPINION = Judgement()
_FLAGGED: dict[str, tuple[Category, Verdict]] = {
    "harassment": ("abuse", "warn"),
    "harassment/threatening": ("threat", "handoff"),
    "hate": ("abuse", "block"),
    "hate/threatening": ("threat", "handoff"),
    "illicit": ("harmful", "block"),
    "illicit/violent": ("harmful", "block"),
    "self-harm": ("self_harm", "handoff"),
    "self-harm/intent": ("self_harm", "handoff"),
    "self-harm/instructions": ("self_harm", "handoff"),
    "sexual": ("abuse", "warn"),
    "sexual/minors": ("harmful", "block"),
    "violence": ("abuse", "warn"),
    "violence/graphic": ("abuse", "warn"),
}
"""What is done about a category of the moderation endpoint, as our own rules do about the like."""
_GRAVITY: tuple[Verdict, ...] = ("handoff", "block", "warn", "pass")
PERSISTENT = "persistent"
_SWEARING = ("abuse:profanity", "abuse:profanity-other-languages", "abuse:model")
_LOOKED_BACK = 5
_PATIENCE = 2
"""Turns with harassment, of the last five, after which the next one is a person's to answer."""


@dataclass(frozen=True, slots=True)
class Policy:
    """What the deployment knows: the company's own numbers, which are never masked, whose phone numbers to expect, and
    how sure the model of moderation must be.

    `extra` are recognisers of personal data beside those that are discovered.
    """

    company: re.Pattern[str] | None = None
    regions: tuple[str, ...] = ("US",)
    extra: tuple[Recogniser, ...] = ()
    thresholds: Thresholds = DEFAULT


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


def examine(
    texts: Sequence[str], language: str | None, policy: Policy, before: str = "", preferred: str | None = None
) -> Examined:
    """Screen the messages of a turn as one text, so that what is cut over two of them is found.

    `language` is the conversation's so far, `preferred` that of the customer's account or browser. `before` is what the turn
    before left `unfinished`: what of a number follows it here is found, too. A placeholder that the customer typed is none
    from here on.
    """
    text = quoted("\n".join(texts))
    result = screen(
        text,
        regions=policy.regions,
        company=policy.company,
        previous=language,
        preferred=preferred,
        before=before,
        extra=policy.extra,
        thresholds=policy.thresholds,
    )
    return Examined(text, result, unfinished(text, result.spans, before, policy.company))


def second_opinion_on(examined: Examined) -> str | None:
    """The text that may be shown to somebody else, masked; None where our own rules end the turn anyhow."""
    result = examined.result
    if result.judgement.verdict in ("block", "handoff"):
        return None
    return result.masked


def judged(categories: Mapping[str, Any], scores: Mapping[str, Any]) -> Judgement:
    """What a moderation endpoint has flagged, as one of our judgements. A category that we do not know is a warning."""
    flagged = {name: _FLAGGED.get(name, ("abuse", "warn")) for name, is_flagged in categories.items() if is_flagged is True}
    ranked = sorted(flagged.items(), key=lambda item: _GRAVITY.index(item[1][1]))
    return Judgement(
        ranked[0][1][1] if ranked else "pass",
        tuple(f"{category}:endpoint:{name}" for name, (category, _) in ranked),
        scores={f"endpoint:{name}": scores[name] for name in flagged if isinstance(scores.get(name), float)},
    )


def with_opinion(examined: Examined, other: Judgement) -> Examined:
    """Both judgements as one: the graver verdict, with the reasons of whoever gave it first."""
    own = examined.result.judgement
    first, second = sorted((own, other), key=lambda each: _GRAVITY.index(each.verdict))
    both = replace(own, verdict=first.verdict, reasons=first.reasons + second.reasons, scores={**own.scores, **other.scores})
    return replace(examined, result=replace(examined.result, judgement=both))


def conclude(
    event: MessageReceived, examined: Examined, placeholders: Sequence[str], earlier: Sequence[str] = ()
) -> TurnScreened | TurnBlocked:
    """The turn goes on, masked, or ends here. A text without a readable character is blocked as unreadable.

    `earlier` is what the customer said in the turns before, masked: who keeps harassing is handed to a person.
    """
    result, (language, assumed) = examined.result, examined.result.spoken
    masked = mask(examined.text, result.spans, placeholders)
    refused = _refusal(examined.text, result.judgement, earlier)
    if refused:
        category, rule, handoff = refused
        return TurnBlocked(
            **_common(event),
            text=masked,
            language=None if assumed else language,
            category=category,
            rule=rule,
            handoff=handoff,
        )
    return TurnScreened(
        **_common(event),
        customer=event.customer,
        text=masked,
        language=language,
        language_assumed=assumed,
        found=result.found,
        flags=tuple(category.replace("_", "-") for category in result.judgement.categories),
    )


def closed(event: MessageReceived, language: str | None) -> TurnBlocked:
    """A guard failed: nothing of a text that was not screened goes on, and the customer is told so."""
    return TurnBlocked(**_common(event), text="", language=language, category="unreadable", rule=GUARD_FAILED)


def harassing(judgement: Judgement) -> bool:
    """Whether a text is abuse of somebody. Swearing alone is not."""
    return any(reason.startswith("abuse:") and reason not in _SWEARING for reason in judgement.reasons)


def _common(event: MessageReceived) -> dict[str, Any]:
    return {
        "conversation": event.conversation,
        "epoch": event.epoch,
        "channel": event.channel,
        "inputs": tuple(each.id for each in event.inputs),
    }


def _refusal(text: str, judgement: Judgement, earlier: Sequence[str]) -> tuple[BlockedFor, str, bool] | None:
    if not any(char.isprintable() and not char.isspace() for char in view(text).text):
        return "unreadable", "empty", False
    persistent = harassing(judgement) and sum(harassing(judge(said)) for said in earlier[-_LOOKED_BACK:]) >= _PATIENCE
    if judgement.verdict in ("block", "handoff"):
        category, _, rule = judgement.reasons[0].partition(":")
        return _BLOCKED_FOR[category], rule, persistent or judgement.verdict == "handoff"
    return ("abuse", PERSISTENT, True) if persistent else None
