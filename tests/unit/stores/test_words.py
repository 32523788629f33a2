"""Which words of a customer's text are looked for."""

from hypothesis import given
from hypothesis import strategies as st

from shared.stores.fts5 import matching
from shared.stores.words import MOST_WORDS, STOP_WORDS, words


def test_words_that_carry_meaning_in_their_order() -> None:
    assert words("Hi! Can you tell me when I'll get my REFUND for the iPhone 7, please?") == ["refund", "iphone", "7"]


def test_scripts_without_spaces_are_taken_apart() -> None:
    assert words("退款 Refund") == ["退", "款", "refund"]


def test_full_width_letters_are_letters() -> None:
    assert words("ＲＥＦＵＮＤ") == ["refund"]


def test_words_and_pairs_of_neighbours_are_matched_once() -> None:
    assert matching("gift card gift card") == '"gift" OR "card" OR "gift card" OR "card gift"'
    assert matching("what is it?") == ""


@given(text=st.text())
def test_words_are_bounded_and_never_hold_a_quote(text: str) -> None:
    found = words(text)
    assert len(found) <= MOST_WORDS
    assert not STOP_WORDS.intersection(found)
    assert '"' not in "".join(found)
