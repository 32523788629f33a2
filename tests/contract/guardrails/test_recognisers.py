"""One contract for every recogniser that is found: a new file is tested on arrival."""

import re
import time

import pytest

from shared.guardrails.pii import KINDS, Scope, discovered, find
from shared.guardrails.pii.finder import needed
from shared.guardrails.pii.span import Recogniser

RECOGNISERS = discovered()
EXAMPLES = [(r, text) for r in RECOGNISERS for text in r.EXAMPLES]
COUNTEREXAMPLES = [(r, text) for r in RECOGNISERS for text in r.COUNTEREXAMPLES]
BOMBS = [
    "1" * 65_536,
    "1 " * 32_768,
    "1\n" * 32_768,
    "a@" * 32_768,
    "a-" * 32_768 + "@",
    "+1-" * 21_000,
    "password is " * 5_400,
    "ada dot at example " * 3_400,
    "::" * 32_768,
    "1.1.1." * 10_900,
    "DE12 " * 13_000,
    "eyJ" * 21_000,
    "sk-" * 21_000,
    "-----BEGIN PRIVATE KEY-----" * 2_400,
    "4111 1111 1111 1111 " * 3_200,
    "212-736-5000 " * 5_000,
    "(" * 65_536,
    "\u200b1" * 32_768,
    "four one " * 7_281,
    "l1 " * 21_000,
    "https://a?token=" * 4_000,
    "my name is Ann " * 4_300,
    "Anna " * 13_000,
    "12 Main " * 8_000,
    "rue a " * 10_000,
    "tax id 1-" * 7_000,
    "is my id " * 7_000,
    "api_key = " * 6_500,
    '"' * 65_536,
    "a" * 65_536,
    "0x" * 32_768,
    "dear Ann,\n" * 6_000,
    "born on 1/" * 6_500,
    "Ａ" * 65_536,
]


def _name(value: object) -> str:
    return value.__name__.rpartition(".")[2] if hasattr(value, "__name__") else str(value)[:24]


def test_every_kind_has_an_example():
    found = {span.kind for r in RECOGNISERS for text in r.EXAMPLES for span in find(re.sub("[⟦⟧]", "", text), whole=True)}
    assert found == set(KINDS)


@pytest.mark.parametrize("recogniser", RECOGNISERS, ids=_name)
def test_a_recogniser_shows_what_it_finds_and_what_it_does_not(recogniser: Recogniser):
    assert len(recogniser.EXAMPLES) >= 3
    assert len(recogniser.COUNTEREXAMPLES) >= 3
    assert recogniser.__doc__


@pytest.mark.parametrize(("recogniser", "example"), EXAMPLES, ids=_name)
def test_what_is_marked_is_found_and_nothing_else(recogniser: Recogniser, example: str):
    text = re.sub("[⟦⟧]", "", example)
    assert [text[span.start : span.end] for span in find(text, whole=True)] == re.findall(r"⟦([^⟧]*)⟧", example)
    assert recogniser in needed(text), "the prefilter would keep the recogniser from running"
    assert list(recogniser.find(text, Scope()))


@pytest.mark.parametrize(("recogniser", "text"), COUNTEREXAMPLES, ids=_name)
def test_nothing_is_found_in_a_counterexample(recogniser: Recogniser, text: str):
    assert find(text, whole=True) == []


@pytest.mark.parametrize("text", BOMBS, ids=lambda text: repr(text[:12]))
def test_time_is_linear_on_hostile_text(text: str):
    """Four times the text takes four times as long, where a square would take sixteen; a millisecond is noise."""
    quarter = text[: len(text) // 4]
    assert _seconds(text) < 10 * (_seconds(quarter) + 0.001)


def _seconds(text: str) -> float:
    """Of processor time, for the fastest of three."""
    times = []
    for _ in range(3):
        began = time.process_time()
        find(text, whole=True)
        times.append(time.process_time() - began)
    return min(times)
