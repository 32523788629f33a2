"""What a rule of moderation is, and what comes of judging a text."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal, Protocol

Category = Literal["injection", "jailbreak", "harmful", "abuse", "threat", "self_harm", "social_engineering"]
Verdict = Literal["pass", "warn", "block"]
Action = Literal["flag", "warn", "block"]


@cache
def _parts(stems: str) -> tuple[str, ...]:
    return tuple(stems.split("|"))


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


@dataclass(frozen=True, slots=True)
class Rule:
    """A named pattern over normalised lower-case text (`disguise.plain`).

    It is tried only on texts that hold one of the `stems` (parted by `|`), and does not apply where `unless` matches
    too. Every one of `examples` must match; `benign` texts, of the kind that customers write, must pass all rules.
    """

    name: str
    stems: str
    pattern: str
    examples: tuple[str, ...]
    benign: tuple[str, ...] = ()
    unless: str = ""

    def matches(self, text: str) -> bool:
        for stem in _parts(self.stems):
            if stem in text:
                break
        else:
            return False
        if _compiled(self.pattern).search(text) is None:
            return False
        return not self.unless or _compiled(self.unless).search(text) is None


class RuleFile(Protocol):
    """A module of `rules/`: the rules of one category for which the same is done."""

    CATEGORY: Category
    ACTION: Action
    RULES: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class Judgement:
    """`verdict`, and why: `reasons` are `<category>:<rule>`, the gravest first. `disguise` names how it was hidden."""

    verdict: Verdict = "pass"
    reasons: tuple[str, ...] = ()
    disguise: str = ""

    @property
    def categories(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(reason.partition(":")[0] for reason in self.reasons))
