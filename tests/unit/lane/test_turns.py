"""The steps ledger: the answer that was stored is the answer that is published."""

import pytest

from shared.lane.documents import Step, Turn, turn_of
from shared.lane.turns import store_result, store_step
from tests.unit.lane.samples import NOW

CALLS = frozenset({"a", "b"})


def turn(*answers: str) -> Turn:
    steps = tuple(Step(answer={"content": answer}) for answer in answers)
    return turn_of("conv", 1, NOW, steps=steps)


def test_a_step_is_stored_once_and_who_comes_second_learns_the_first_answer() -> None:
    after, first = store_step(turn(), 0, Step(answer={"content": "one"}))
    again, second = store_step(after, 0, Step(answer={"content": "two"}))
    assert again is after
    assert second == first
    with pytest.raises(ValueError, match="cannot follow"):
        store_step(after, 2, Step(answer={}))


def test_results_are_joined_in_any_order_and_the_last_is_not_written() -> None:
    waits, nothing = store_result(turn("look"), 0, "b", {"ok": 2}, CALLS)
    assert nothing is None
    assert waits.waiting == {"b": {"ok": 2}}
    after, results = store_result(waits, 0, "a", {"ok": 1}, CALLS)
    assert after is waits
    assert results == {"a": {"ok": 1}, "b": {"ok": 2}}
    stepped, _ = store_step(after, 1, Step(results=results, answer={"content": "done"}))
    assert stepped.waiting == {}


def test_the_same_result_again_completes_nothing() -> None:
    waits, _ = store_result(turn("look"), 0, "b", {"ok": 2}, CALLS)
    assert store_result(waits, 0, "b", {"ok": 2}, CALLS)[1] is None


def test_a_result_again_after_its_step_is_told_what_stands_there_so_that_it_is_published() -> None:
    joined = {"a": {"ok": 1}, "b": {"ok": 2}}
    after, _ = store_step(turn("look"), 1, Step(results=joined, answer={"content": "done"}))
    same, results = store_result(after, 0, "a", {"ok": 9}, CALLS)
    assert same is after
    assert results == joined
    assert store_step(same, 1, Step(answer={"content": "asked again"}))[1].answer == {"content": "done"}


def test_a_result_of_a_step_to_come_is_none() -> None:
    assert store_result(turn("look"), 3, "a", {}, CALLS) == (turn("look"), None)
