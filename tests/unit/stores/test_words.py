"""Which words of a customer's text are looked for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.stores.fts5 import matching
from shared.stores.spelling import meant, one_slip
from shared.stores.words import MOST_WORDS, STOP_WORDS, words


def test_words_that_carry_meaning_in_their_order() -> None:
    assert words("Hi! Can you tell me when I'll get my REFUND for the iPhone 7, please?") == ["refund", "iphone", "7"]


def test_scripts_without_spaces_are_taken_apart() -> None:
    assert words("退款 Refund") == ["退", "款", "refund"]


def test_full_width_letters_are_letters() -> None:
    assert words("ＲＥＦＵＮＤ") == ["refund"]


def test_words_and_pairs_of_neighbours_are_matched_once() -> None:
    assert matching(words("gift card gift card")) == '"gift" OR "card" OR "gift card" OR "card gift"'
    assert matching(["gift"], ["card"]) == '"gift" OR "card"'


@pytest.mark.parametrize("slip", ["refnd", "reffund", "refudn", "rafund", "refunds", "refun", "refund"])
def test_one_slip_is_forgiven(slip: str) -> None:
    assert one_slip(slip, "refund")
    assert meant(slip, ["return", "refund", "found"]) == ["refund"]


@pytest.mark.parametrize("other", ["return", "fund", "refuund5", "dnufer", ""])
def test_two_slips_are_another_word(other: str) -> None:
    assert not one_slip(other, "refund")


def test_short_words_and_numbers_are_taken_as_they_are() -> None:
    assert meant("car", ["card", "cart"]) == []
    assert meant("12345", ["12346"]) == []
    assert meant("cards", ["car", "card"]) == ["card"]


@given(word=st.text(max_size=8), other=st.text(max_size=8))
def test_a_slip_goes_both_ways(word: str, other: str) -> None:
    assert one_slip(word, other) == one_slip(other, word)
    assert one_slip(word, word)


@given(text=st.text())
def test_words_are_bounded_and_never_hold_a_quote(text: str) -> None:
    found = words(text)
    assert len(found) <= MOST_WORDS
    assert not STOP_WORDS.intersection(found)
    assert '"' not in "".join(found)
