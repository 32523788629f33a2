"""Training text as people type it."""

import random

import pytest

from training.language.typed import latin, plain


def test_marks_are_left_out_and_letters_stay():
    assert plain("příští") == "pristi"
    assert plain("łódź") == "lodz"
    assert plain("smørrebrød") == "smorrebrod"
    assert plain("ırmağı") == "irmagi"


@pytest.mark.parametrize(
    ("hindi", "typed"),
    [
        ("कमल", {"kamal"}),
        ("चलना", {"chalna"}),
        ("क्या", {"kya"}),
        ("नहीं", {"nahi", "nahee", "nahin", "naheen"}),
        ("ज़रूर", {"zarur", "zaroor"}),
        ("आज", {"aj", "aaj"}),
    ],
)
def test_hindi_in_latin_letters_has_no_silent_vowels(hindi: str, typed: set[str]):
    chance = random.Random(1)
    assert {latin(hindi, chance) for _ in range(50)} == typed


def test_what_is_not_hindi_stays():
    assert latin("order 12 कब आएगा?", random.Random(1)).startswith("order 12 kab ")
