"""A rule of moderation, and what judging by rules tells."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Literal, NamedTuple, Protocol

Category = Literal["injection", "jailbreak", "harmful", "abuse", "threat", "self_harm", "social_engineering"]
Verdict = Literal["pass", "warn", "block", "handoff"]
Action = Literal["flag", "warn", "block", "handoff"]

SAME_LETTERS = str.maketrans({"ß": "ss", "ς": "σ", "ı": "i", "أ": "ا", "إ": "ا", "آ": "ا", "ى": "ي", "ی": "ي", "ک": "ك"})
"""Letters that are written either way: plain text and the patterns for it have only one of them."""
UNSPACED = "[\u0590-\u08ff\u0900-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\ufb00-\ufeff]"
"""Letters of writing systems that put no space between words, or write articles and endings into them."""
_RUN = re.compile(rf"{UNSPACED}{{2,}}|[^\W\d_]{{3,}}")


def _folded(pattern: str) -> str:
    return unicodedata.normalize("NFKC", pattern).translate(SAME_LETTERS)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(_folded(pattern))


def beginnings(*patterns: str, but: str = "") -> str:
    """The `stems` of patterns that begin with words: every run of letters in them, but for those of `but`.

    Too many are no harm but time.
    """
    left_out = set(_runs(but))
    return "|".join(dict.fromkeys(run for pattern in patterns for run in _runs(pattern) if run not in left_out))


def _runs(pattern: str) -> list[str]:
    return _RUN.findall(re.sub(r"\\[bBwWsSd]", " ", pattern))


@dataclass(frozen=True, slots=True)
class Rule:
    """A named pattern over normalised lower-case text (`plain.plain`).

    It is tried only on texts with a word that begins like one of the `stems` (parted by `|`; groups of them, parted by `&`,
    must all have one; `triggers` looks for those of all rules at once), and does not apply where `unless` matches too. Every
    one of `examples` must match; `benign` texts, of the kind that customers write, must not be stopped by anything.
    """

    name: str
    stems: str
    pattern: str
    examples: tuple[str, ...]
    benign: tuple[str, ...] = ()
    unless: str = ""

    def matches(self, text: str) -> bool:
        """Whether the pattern applies to plain text."""
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
