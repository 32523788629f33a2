"""Figures of evaluations: shares, intervals, macro-F1, standings."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.rows import Row, bootstrapped, macro_f1, tried

OUTCOMES = st.lists(st.tuples(st.booleans(), st.text(max_size=5)), min_size=1, max_size=60)


@given(OUTCOMES, st.sampled_from(["higher", "lower"]))
def test_a_share_lies_in_its_interval_and_shows_what_went_wrong(outcomes: list[tuple[bool, str]], better: str):
    row = tried("x", outcomes, better=better)
    assert 0 <= row.low <= row.value <= row.high <= 1
    wrong = sum(hit is (better == "lower") for hit, _ in outcomes)
    assert len(row.misses) == min(wrong, 5)


def test_wilson_s_interval_is_the_one_of_the_books():
    row = tried("x", [(True, "")] * 8 + [(False, "")] * 2)
    assert (row.low, row.high) == pytest.approx((0.4902, 0.9433), abs=1e-3)


def test_a_share_of_nothing_is_refused():
    with pytest.raises(ValueError, match="of nothing"):
        tried("x", [])


@pytest.mark.parametrize(
    ("pairs", "f1"),
    [
        ([(True, True), (False, False)], 1.0),
        ([(True, False), (False, True)], 0.0),
        ([(True, True), (True, False), (False, False), (False, False)], (2 / 3 + 4 / 5) / 2),
    ],
)
def test_macro_f1_is_the_mean_of_both_classes(pairs: list[tuple[bool, bool]], f1: float):
    assert macro_f1(pairs) == pytest.approx(f1)
    assert bootstrapped("x", pairs, macro_f1).value == pytest.approx(f1)


@pytest.mark.parametrize(
    ("value", "better", "standing"),
    [
        (0.96, "higher", "aim"),
        (0.92, "higher", "bar"),
        (0.5, "higher", "missed"),
        (0.5, "lower", "aim"),
        (0.93, "lower", "missed"),
    ],
)
def test_a_row_stands_where_its_hardest_goal_is_met(value: float, better: str, standing: str):
    bar, aim = (0.9, 0.95) if better == "higher" else (0.92, 0.9)
    assert Row("x", value, value, value, bar, aim, better).standing == standing
    assert Row("x", value, value, value, better=better).standing == ""
