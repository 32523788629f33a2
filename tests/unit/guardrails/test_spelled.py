"""Spelled numbers, read as digits: where each digit was written, and that each piece of the text is read once."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.guardrails.pii import find
from shared.guardrails.pii.spelled import as_digits

PIECES = ("four ", "one ", "l", "O", "1", "4111 ", "l111 ", " ", "-", ". ", "double ", "twenty ", "x", "call me ", "z" * 600)


@pytest.mark.parametrize(
    ("text", "digits", "written"),
    [
        ("card 4l1l 1l11 1l1l 11l1, thanks", "4111 1111 1111 1111", "4l1l 1l11 1l1l 11l1"),
        ("it is four one one double one, ok", "41111", "four one one double one"),
        ("four one one one one twenty 5. o1234 4lll llll", "4111120", "four one one one one twenty"),
    ],
)
def test_digits_stand_for_what_was_written(text: str, digits: str, written: str) -> None:
    view = as_digits(text)
    assert view is not None
    at = view.text.index(digits)
    assert text[slice(*view.written(at, at + len(digits)))] == written


@given(st.lists(st.sampled_from(PIECES), min_size=5, max_size=40).map("".join))
def test_the_view_goes_through_the_text_once_and_in_order(text: str) -> None:
    view = as_digits(text)
    if view is None:
        return
    assert view.starts is not None
    assert view.ends is not None
    assert len(view.text) == len(view.starts) == len(view.ends)
    assert list(view.starts) == sorted(view.starts)
    assert all(start < end <= len(text) for start, end in zip(view.starts, view.ends, strict=True))


def test_a_card_behind_a_run_of_words_that_reaches_into_it_is_found() -> None:
    text = "one four one one one one twenty 5. o1234 4lll llll llll llll -4111 1234"
    assert any(text[span.start : span.end].startswith("4lll llll llll llll") for span in find(text))


@given(st.sets(st.sampled_from([n for n, char in enumerate("4111 1111 1111 1111") if char == "1"]), max_size=10))
def test_look_alikes_anywhere_are_read_alike(places: set[int]) -> None:
    card = "".join("l" if n in places else char for n, char in enumerate("4111 1111 1111 1111"))
    assert [span.kind for span in find(f"here it is: {card} ok")] == ["CARD"]
