"""Normalised text, and the way back to what was written."""

from hypothesis import given, settings
from hypothesis import strategies as st

from shared.guardrails.normal import HOLE, View, normal_character, view, visible

texts = st.text(max_size=80)


def test_what_only_looks_different_is_the_same():
    assert view("４１１１\u00a0٤ \u200bÀ\u2013ﬁ").text == "4111 4 À-fi"


def test_a_hole_that_a_customer_writes_is_no_hole():
    assert HOLE not in view(f"a{HOLE}b").text


def test_hidden_characters_are_taken_out_and_others_stay():
    assert visible("a\u200bb\U000e0041c\u202ed — é") == "abcd — é"


@settings(deadline=None)
@given(texts, texts)
def test_pieces_normalise_as_the_whole_does(left: str, right: str):
    assert view(left).text + view(right).text == view(left + right).text


@settings(deadline=None)
@given(texts)
def test_every_character_knows_where_it_was_written(text: str):
    seen = view(text)
    for index in range(len(seen.text)):
        start, end = seen.written(index, index + 1)
        assert 0 <= start < end <= len(text)
        assert seen.text[index] == "\n" or seen.text[index] in normal_character(text[start])


@settings(deadline=None)
@given(st.one_of(texts, st.text(alphabet="aé\u0416\u2026\u200b\ufb01\x85 \n", max_size=20)))
def test_the_quick_way_sees_what_one_character_after_the_other_does(text: str):
    seen = view(text)
    pieces = [normal_character(char) for char in text]
    assert seen.text == "".join(pieces)
    each = [seen.written(index, index + 1) for index in range(len(seen.text))]
    assert each == [(index, index + 1) for index, piece in enumerate(pieces) for _ in piece]


@settings(deadline=None)
@given(texts)
def test_normalising_twice_changes_nothing(text: str):
    once = view(text).text
    assert view(once).text == once


@settings(deadline=None)
@given(texts, st.data())
def test_a_hole_stands_for_what_was_taken_out(text: str, data: st.DataObject):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    if start == end:
        return
    seen: View = view(text).without([(start, end)])
    assert seen.text == view(text[:start]).text + HOLE + view(text[end:]).text
    assert seen.written(seen.text.index(HOLE), seen.text.index(HOLE) + 1) == (start, end)
