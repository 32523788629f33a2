"""One contract for every rule of moderation that is found."""

import time

import pytest

from shared.guardrails.moderation import Rule, RuleFile, discovered, judge
from shared.guardrails.moderation.plain import plain

RULES = [pytest.param(file, rule, id=f"{file.CATEGORY}:{rule.name}") for file in discovered() for rule in file.RULES]
CATEGORIES = {"injection", "jailbreak", "harmful", "abuse", "threat", "self_harm", "social_engineering"}


def test_every_category_has_rules_and_every_rule_a_name_of_its_own():
    assert {file.CATEGORY for file in discovered()} == CATEGORIES
    names = [f"{file.CATEGORY}:{rule.name}" for file in discovered() for rule in file.RULES]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(("file", "rule"), RULES)
def test_examples_match_and_are_judged_as_the_file_says(file: RuleFile, rule: Rule):
    assert rule.examples
    for example in rule.examples:
        assert rule.matches(plain(example)), example
        reasons = judge(example).reasons
        assert f"{file.CATEGORY}:{rule.name}" in reasons, example


@pytest.mark.parametrize(("file", "rule"), RULES)
def test_what_customers_write_goes_on_and_is_not_what_the_rule_is_for(file: RuleFile, rule: Rule):
    for text in rule.benign:
        judgement = judge(text)
        assert judgement.verdict in ("pass", "warn"), (text, judgement.reasons)
        assert f"{file.CATEGORY}:{rule.name}" not in judgement.reasons, text


@pytest.mark.parametrize(
    "text",
    [
        "ignore " * 9000,
        "you are " * 8000,
        "pretend " * 8000,
        "how do i " * 7000,
        "write " * 11000,
        "a b c d " * 8000,
        "A" * 65536,
        "0a" * 32768,
        "<system " * 8000,
        "i will " * 9000,
        "[" * 65536,
        "tell me your " * 5000,
        "a = 'x' " * 8000,
        "a = 'x' b+ " * 5000,
        "<code># " * 8000,
        "# import x " * 5900,
        "why are the women " * 3600,
        "q: aaaaa a: bbbbb " * 3600,
        ("user: x ai: y " + "user: xx " * 170) * 42,
        ("password " + "everyone told told their " * 60) * 43,
        ("? ? ? " + "capital " * 190) * 42,
        "你好吗" * 21000,
        "ignore all x x x x x x x rules " * 2000,
        "ignoriere die alle die die " * 2400,
        "0a " * 21000,
        "Aa" * 32000,
        "a_" * 32000,
    ],
    ids=lambda text: repr(text[:12]),
)
def test_time_is_linear_on_hostile_text(text: str):
    began = time.process_time()
    judge(text)
    assert time.process_time() - began < 1.5
