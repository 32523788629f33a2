"""Judges a text by every rule that is found in `rules/`."""

import importlib
import pkgutil
from collections.abc import Iterator
from functools import cache
from typing import cast

import re2

from shared.guardrails.moderation import rules
from shared.guardrails.moderation.disguise import readings
from shared.guardrails.moderation.rule import Action, Judgement, Rule, RuleFile, Verdict

_GRAVITY: dict[Action, int] = {"block": 0, "warn": 1, "flag": 2}
_VERDICTS: dict[Action, Verdict] = {"block": "block", "warn": "warn", "flag": "pass"}
_HIDDEN_MATTERS = ("injection", "jailbreak", "harmful")


@cache
def discovered() -> tuple[RuleFile, ...]:
    """Every module of `rules/`, by name."""
    names = sorted(module.name for module in pkgutil.iter_modules(rules.__path__))
    return tuple(cast("RuleFile", importlib.import_module(f"{rules.__name__}.{name}")) for name in names)


def judge(text: str) -> Judgement:
    """Whether a customer's message may go on.

    `block`: it ends here with a refusal. `warn`: it goes on, and the assistant does not mirror it. `pass` may carry
    reasons too: signals for whoever decides in code, never a ground to give way. A signal, not the control: no right
    depends on it.
    """
    found: dict[str, tuple[int, str, Action]] = {}
    for disguise, reading in readings(text):
        for file, rule in _matching(reading):
            if not disguise or file.CATEGORY in _HIDDEN_MATTERS:
                found.setdefault(f"{file.CATEGORY}:{rule.name}", (_GRAVITY[file.ACTION], disguise, file.ACTION))
    if not found:
        return Judgement()
    reasons = sorted(found, key=lambda reason: (found[reason][0], reason))
    _, disguise, action = found[reasons[0]]
    return Judgement(_VERDICTS[action], tuple(reasons), disguise)


@cache
def _ruled() -> tuple[re2.Set, tuple[tuple[RuleFile, Rule], ...]]:
    """Every rule, and one RE2 set that tells in a single pass which of them have a stem in a text."""
    ruled = tuple((file, rule) for file in discovered() for rule in file.RULES)
    stems = re2.Set.SearchSet()
    for _, rule in ruled:
        stems.Add("|".join(map(re2.escape, rule.stems.split("|"))))
    stems.Compile()
    return stems, ruled


def _matching(reading: str) -> Iterator[tuple[RuleFile, Rule]]:
    stems, ruled = _ruled()
    for index in stems.Match(reading) or ():
        file, rule = ruled[index]
        if rule.matches(reading):
            yield file, rule
