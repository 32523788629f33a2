"""Medians, spreads, ratios within a round, and goals."""

import math
import statistics

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.statistics import Figure, Spread, median, quantile, ratios, series

NUMBERS = st.lists(st.floats(-1e6, 1e6, allow_nan=False), min_size=1, max_size=50)


@given(NUMBERS, st.floats(0, 1))
def test_a_quantile_lies_within_the_values_and_grows_with_its_share(values: list[float], share: float) -> None:
    found = quantile(values, share)
    assert min(values) <= found <= max(values)
    assert quantile(values, 0) == min(values)
    assert quantile(values, 1) == max(values)
    assert quantile(values, share / 2) <= found + 1e-9


@given(NUMBERS)
def test_the_median_is_that_of_the_standard_library(values: list[float]) -> None:
    assert median(values) == pytest.approx(statistics.median(values), abs=1e-6)


@given(st.lists(st.floats(-1e6, 1e6, allow_nan=False), min_size=3, max_size=50))
def test_quartiles_are_those_of_the_standard_library(values: list[float]) -> None:
    below, _, above = statistics.quantiles(values, n=4, method="inclusive")
    assert quantile(values, 0.25) == pytest.approx(below, abs=1e-6)
    assert quantile(values, 0.75) == pytest.approx(above, abs=1e-6)


def test_infinite_values_do_not_make_a_quantile_that_is_no_number() -> None:
    assert quantile([1.0, math.inf, math.inf], 0.9) == math.inf


@pytest.mark.parametrize(("values", "share"), [([], 0.5), ([1.0], -0.1), ([1.0], 1.1)])
def test_a_quantile_of_nothing_or_beyond_the_ends_is_refused(values: list[float], share: float) -> None:
    with pytest.raises(ValueError, match="quantile"):
        quantile(values, share)


def test_the_spread_of_few_rounds_is_their_range_and_of_more_their_quartiles() -> None:
    assert Spread.of([3.0, 1.0, 2.0]) == Spread(2.0, 1.0, 3.0)
    assert Spread.of([5.0, 1.0, 2.0, 3.0, 4.0]) == Spread(3.0, 2.0, 4.0)
    assert Spread.of([7.0]) == Spread(7.0, 7.0, 7.0)


ROUNDS = [
    {"bare": {"cpu": 1.0}, "ours": {"cpu": 2.0}},
    {"bare": {"cpu": 10.0}, "ours": {"cpu": 15.0}},
    {"bare": {"cpu": 0.0}, "ours": {"cpu": 4.0}},
    {"bare": {}, "ours": {"cpu": 4.0}},
    {"ours": {"cpu": 4.0}},
]


def test_ratios_are_taken_within_a_round_and_only_where_both_were_measured() -> None:
    assert ratios(ROUNDS, "ours", "bare", "cpu") == [2.0, 1.5]


def test_a_series_leaves_out_rounds_without_the_metric() -> None:
    assert series(ROUNDS, "bare", "cpu") == [1.0, 10.0, 0.0]
    assert series(ROUNDS, "nobody", "cpu") == []


@pytest.mark.parametrize(
    ("value", "better", "must", "aim", "standing"),
    [
        (1.5, "lower", 2.0, 1.5, "aim"),
        (1.6, "lower", 2.0, 1.5, "must"),
        (2.1, "lower", 2.0, 1.5, "missed"),
        (4.0, "higher", 2.0, 4.0, "aim"),
        (2.0, "higher", 2.0, 4.0, "must"),
        (1.9, "higher", 2.0, 4.0, "missed"),
        (9.9, "lower", None, None, ""),
        (3.0, "lower", 2.0, None, "missed"),
        (1.0, "lower", 2.0, None, "must"),
        (1.1, "lower", None, 1.1, "aim"),
        (1.2, "lower", None, 1.1, "missed"),
        (0.6, "higher", None, 0.7, "missed"),
    ],
)
def test_a_figure_tells_the_hardest_goal_that_it_meets(
    value: float, better: str, must: float | None, aim: float | None, standing: str
) -> None:
    figure = Figure("x", "", "×", Spread(value, value, value), better, must, aim)  # type: ignore[arg-type]
    assert figure.standing == standing


def test_a_figure_is_recorded_as_programs_read_it() -> None:
    figure = Figure("chain.cpu", "CPU", "×", Spread(1.54321, 1.5, 1.6), "lower", 2.0, 1.5)
    assert figure.record() == {
        "name": "chain.cpu",
        "value": 1.5432,
        "low": 1.5,
        "high": 1.6,
        "better": "lower",
        "must": 2.0,
        "aim": 1.5,
    }
