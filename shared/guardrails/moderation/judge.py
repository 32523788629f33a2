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
_REACH = 400
_LONGEST_WORD = 32
"""Characters that rules see at once, and on either side of the words that they are looked up by: hardly a pattern is longer,
so that padding hides nothing from them."""


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
    if len(reading.plain) <= _WINDOW:
        found = keys(reading.plain, reading.words)
        for index in triggers.of(found):
            file, rule = ruled[index]
            if rule.matches(reading.plain):
                yield file, rule
        return
    refused = False
    for index, places in sorted(_places(reading.plain, triggers).items()):
        file, rule = ruled[index]
        if refused and file.ACTION != "handoff":  # only a person changes the verdict on a long text
            continue
        if any(map(rule.matches, _windows(reading.plain, places))):
            refused = refused or file.ACTION == "block"
            yield file, rule


def _places(plain: str, triggers: Triggers) -> dict[int, list[int]]:
    """Where a long text has the words of rules: by a rule's index, the places of the pieces that have them."""
    pieces = [plain[max(0, start - _LONGEST_WORD) : start + _REACH] for start in range(0, len(plain), _REACH)]
    found = [keys(piece, WORD.findall(piece)) for piece in pieces]
    places: dict[int, list[int]] = {}
    for place, here in enumerate(found):
        for index in triggers.of(here, found[max(0, place - 1) : place + 2]):
            places.setdefault(index, []).append(place)
    return places


def _windows(plain: str, places: list[int]) -> Iterator[str]:
    """The pieces at `places` with those around them, as long as a rule may see."""
    start = end = max(0, places[0] - 1) * _REACH
    for place in places:
        if (place - 1) * _REACH > end:
            yield from _cut(plain[start:end])
            start = (place - 1) * _REACH
        end = (place + 2) * _REACH
    yield from _cut(plain[start:end])


def _cut(text: str) -> Iterator[str]:
    for start in range(0, max(1, len(text) - _REACH), _WINDOW - _REACH):
        yield text[start : start + _WINDOW]
