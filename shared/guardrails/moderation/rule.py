"""What a rule of moderation is, and what comes of judging a text."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Literal, NamedTuple, Protocol

Category = Literal["injection", "jailbreak", "harmful", "abuse", "threat", "self_harm", "social_engineering"]
Verdict = Literal["pass", "warn", "block", "handoff"]
Action = Literal["flag", "warn", "block", "handoff"]


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


@dataclass(frozen=True, slots=True)
class Rule:
    """A named pattern over normalised lower-case text (`disguise.plain`).

    It is tried only on texts that hold one of the `stems` (parted by `|`; the judge looks for those of all rules at once),
    and does not apply where `unless` matches too. Every one of `examples` must match; `benign` texts, of the kind that
    customers write, must not be stopped by anything.
    """

    name: str
    stems: str
    pattern: str
    examples: tuple[str, ...]
    benign: tuple[str, ...] = ()
    unless: str = ""

    def matches(self, text: str) -> bool:
        """Whether the pattern applies to plain text that holds a stem."""
        if _compiled(self.pattern).search(text) is None:
            return False
        return not self.unless or _compiled(self.unless).search(text) is None


class RuleFile(Protocol):
    """A module of `rules/`: the rules of one category for which the same is done."""

    CATEGORY: Category
    ACTION: Action
    RULES: tuple[Rule, ...]


class Thresholds(NamedTuple):
    """How sure each head of the model must be, from 0 to 1, to count; 1 switches a head off."""

    attack: float = 0.5
    harmful: float = 0.5
    abuse: float = 0.5


@dataclass(frozen=True, slots=True)
class Judgement:
    """`verdict`, and why: `reasons` are `<category>:<rule>`, the gravest first. `disguise` names how it was hidden.

    `scores` are the model's, from 0 to 1, by head.
    """

    verdict: Verdict = "pass"
    reasons: tuple[str, ...] = ()
    disguise: str = ""
    scores: Mapping[str, float] = field(default_factory=dict)

    @property
    def categories(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(reason.partition(":")[0] for reason in self.reasons))
