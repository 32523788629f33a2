"""Judges a text by every rule that is found in `rules/`, and by the linear model beside them."""

import importlib
import pkgutil
from collections.abc import Iterator
from functools import cache
from typing import cast

from shared.guardrails.moderation import rules
from shared.guardrails.moderation.model.linear import scores
from shared.guardrails.moderation.plain import WORD, Written
from shared.guardrails.moderation.readings import readings
from shared.guardrails.moderation.rule import Action, Category, Judgement, Rule, RuleFile, Thresholds, Verdict
from shared.guardrails.moderation.triggers import Triggers, keys

_ACTIONS: tuple[Action, ...] = ("handoff", "block", "warn", "flag")
_GRAVITY = {action: rank for rank, action in enumerate(_ACTIONS)}
_CATEGORIES = ("self_harm", "threat", "harmful", "injection", "jailbreak", "abuse", "social_engineering")
_VERDICTS: dict[Action, Verdict] = {"handoff": "handoff", "block": "block", "warn": "warn", "flag": "pass"}
_HIDDEN_MATTERS = ("injection", "jailbreak", "harmful")
_HEADS: dict[str, tuple[Category, Action]] = {
    "attack": ("injection", "block"),
    "harmful": ("harmful", "block"),
    "abuse": ("abuse", "warn"),
}
LEARNED = "model"
"""The rule that a reason names where the model, and no pattern, was sure."""
DEFAULT = Thresholds()
_WINDOW = 1_600
_OVERLAP = 400
"""Characters that rules see at once: hardly a pattern is longer than the overlap, so that padding hides nothing from them."""


@cache
def discovered() -> tuple[RuleFile, ...]:
    """Every module of `rules/`, by name."""
    names = sorted(module.name for module in pkgutil.iter_modules(rules.__path__))
    return tuple(cast("RuleFile", importlib.import_module(f"{rules.__name__}.{name}")) for name in names)


def judge(text: str, thresholds: Thresholds = DEFAULT) -> Judgement:
    """Whether a customer's message may go on.

    `handoff`: it ends here with a safe message, and a person is needed. `block`: it ends here with a refusal. `warn`: it goes
    on, and the assistant does not mirror it. `pass` may carry reasons too: signals for whoever decides in code, never a
    ground to give way. A signal, not the control: no right depends on it.
    """
    found: dict[str, tuple[int, bool, int, str, Action, str]] = {}
    sure: dict[str, float] = {}
    for disguise, reading in readings(text):
        for category, rule, action in _reasons(reading, thresholds, sure):
            if not disguise or category in _HIDDEN_MATTERS:
                reason = f"{category}:{rule}"
                rank = _GRAVITY[action], rule == LEARNED, _CATEGORIES.index(category)
                found.setdefault(reason, (*rank, reason, action, disguise))
    if not found:
        return Judgement(scores=sure)
    ranked = sorted(found.values())
    action, disguise = ranked[0][-2:]
    return Judgement(_VERDICTS[action], tuple(each[3] for each in ranked), disguise, sure)


def _reasons(reading: Written, thresholds: Thresholds, sure: dict[str, float]) -> Iterator[tuple[Category, str, Action]]:
    for file, rule in _matching(reading):
        yield file.CATEGORY, rule.name, file.ACTION
    for head, score in scores(reading.words).items():
        sure[head] = max(score, sure.get(head, 0.0))
        if score > getattr(thresholds, head):
            category, action = _HEADS[head]
            yield category, LEARNED, action


@cache
def _ruled() -> tuple[Triggers, tuple[tuple[RuleFile, Rule], ...]]:
    ruled = tuple((file, rule) for file in discovered() for rule in file.RULES)
    return Triggers(rule for _, rule in ruled), ruled


def _matching(reading: Written) -> Iterator[tuple[RuleFile, Rule]]:
    triggers, ruled = _ruled()
    matched: set[int] = set()
    refused = False
    for window, words in _windows(reading):
        for index in triggers.of(keys(window, words)):
            file, rule = ruled[index]
            if index in matched or (refused and file.ACTION != "handoff"):  # a long text: only a person changes its verdict
                continue
            if rule.matches(window):
                matched.add(index)
                refused = refused or (file.ACTION == "block" and len(reading.plain) > _WINDOW)
                yield file, rule


def _windows(reading: Written) -> Iterator[tuple[str, list[str]]]:
    if len(reading.plain) <= _WINDOW:
        yield reading.plain, reading.words
        return
    for start in range(0, len(reading.plain) - _OVERLAP, _WINDOW - _OVERLAP):
        window = reading.plain[start : start + _WINDOW]
        yield window, WORD.findall(window)
