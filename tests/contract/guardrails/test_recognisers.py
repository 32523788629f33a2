"""One contract for every recogniser that is found: a new file is tested on arrival."""

import re
import time

import pytest

from bench.guard.hostile import hostile
from shared.guardrails.pii import KINDS, Scope, discovered, find
from shared.guardrails.pii.finder import needed
from shared.guardrails.pii.span import Recogniser

RECOGNISERS = discovered()
EXAMPLES = [(r, text) for r in RECOGNISERS for text in r.EXAMPLES]
COUNTEREXAMPLES = [(r, text) for r in RECOGNISERS for text in r.COUNTEREXAMPLES]
BOMBS = hostile(16_384)


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


@pytest.mark.parametrize(("recogniser", "example"), EXAMPLES, ids=_name)
def test_without_digits_the_prefilter_declines_only_what_finds_nothing(recogniser: Recogniser, example: str):
    text = re.sub(r"\d", "x", example.translate(str.maketrans("", "", "⟦⟧")))
    if recogniser not in needed(text):
        assert not list(recogniser.find(text, Scope()))


@pytest.mark.parametrize("text", BOMBS.values(), ids=BOMBS)
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
