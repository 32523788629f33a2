"""The guard of what leaves: the same however it is cut, and no value in it."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.egress.guard.values import Forbidden, Values
from shared.guardrails.normal import view

ORIGINALS = {
    "<EMAIL_1>": "Ada@Example.com",
    "<EMAIL_2>": "ada@example.co",
    "<PHONE_1>": "+1 (212) 736-5000",
    "<IP_1>": "1.1.1.1",
    "<IBAN_1>": "DE89 3704 0044 0532 0130 00",
    "<SSN_1>": "536-90-4399",
}


def withhold(text: str, originals: dict[str, str]) -> str:
    return Values(Forbidden(originals)).feed(text, final=True)


SEPARATORS = " -.()/\n"
fragments = st.one_of(
    st.sampled_from(
        [
            "ada@example.com",
            "ADA@EXAMPLE.CO",
            "ada@exa",
            "mple.com",
            "2127365000",
            "212 736",
            " 5000",
            "+1-212-736-5000",
            "1.1.1.1",
            "1.1.1",
            "DE89",
            "370400440532013000",
            "536904399",
            "536-90",
            "-4399",
            "a",
            "1",
            "\u200b",
            "５３６",
            "@",
        ]
    ),
    st.text(alphabet="ad@.-1 2+7\n", max_size=6),
    st.text(max_size=4),
)
texts = st.lists(fragments, max_size=10).map("".join)


def letters(text: str, *, bare: bool) -> str:
    lower = "".join(view(char).text for char in view(text).text.casefold()).replace("\n", " ")
    return "".join(char for char in lower if char not in SEPARATORS) if bare else lower


@settings(max_examples=500, deadline=None)
@given(texts, st.lists(st.integers(0, 60), max_size=8))
def test_however_it_is_cut_the_output_is_that_of_the_whole(text: str, cuts: list[int]):
    guard = Values(Forbidden(ORIGINALS))
    places = sorted({min(cut, len(text)) for cut in cuts} | {0, len(text)})
    pieces = [text[start:end] for start, end in itertools.pairwise(places)]
    assert "".join(guard.feed(piece) for piece in pieces) + guard.feed("", final=True) == withhold(text, ORIGINALS)


@settings(max_examples=500, deadline=None)
@given(texts)
def test_no_value_can_be_read_in_the_output(text: str):
    output = withhold(text, ORIGINALS)
    for value in ("ada@example.com", "ada@example.co", "1.1.1.1"):
        assert value not in letters(output, bare=False)
    for value in ("12127365000", "2127365000", "de89370400440532013000", "536904399"):
        assert value not in letters(output, bare=True)


@settings(max_examples=300, deadline=None)
@given(texts)
def test_nothing_of_a_value_is_out_before_it_is_complete(text: str):
    guard, out = Values(Forbidden({"<SSN_1>": "536-90-4399"})), ""
    for char in text + "536-90-439":
        out += guard.feed(char)
    assert not letters(out, bare=True).endswith("536904399"[:9])
    assert "536904399" not in letters(out + guard.feed("9"), bare=True)


@settings(deadline=None)
@given(st.text(alphabet="xyz \n", max_size=60))
def test_text_that_begins_no_value_is_never_held_back(text: str):
    guard = Values(Forbidden(ORIGINALS))
    assert guard.feed(text) == text


def test_only_the_beginning_of_a_value_is_held_back():
    guard = Values(Forbidden(ORIGINALS))
    assert guard.feed("write to ada@exam") == "write to "
    assert guard.feed("ination.org") == "ada@examination.org"


@pytest.mark.parametrize(
    ("text", "output"),
    [
        ("Mail ADA@EXAMPLE.COM now", "Mail <EMAIL_2>M now"),
        ("call 212.736.50 00!", "call <PHONE_1>!"),
        ("a 1 (212) 736-5000 b", "a <PHONE_1> b"),
        ("ip 1.1.1.1, not 1111", "ip <IP_1>, not 1111"),
        ("iban de89370400440532013000", "iban <IBAN_1>"),
        ("ssn ５３６ ９０ ４３９９.", "ssn <SSN_1>."),
        ("ada@exam\u200bple.co", "<EMAIL_2>"),
    ],
)
def test_values_are_known_however_they_are_written(text: str, output: str):
    assert withhold(text, ORIGINALS) == output


def test_what_was_withheld_is_told_once():
    guard = Values(Forbidden({"<EMAIL_1>": "a@b.io", "<IP_1>": ""}))
    assert guard.feed("a@b.io a@b.io", final=True) == "<EMAIL_1> <EMAIL_1>"
    assert guard.found == {"EMAIL"}


def test_without_values_all_passes_at_once():
    assert Values(Forbidden({})).feed("anything at all") == "anything at all"


@given(st.lists(st.text("ab", min_size=1, max_size=7), min_size=1, max_size=4), st.text("abc", max_size=30))
def test_the_state_is_the_longest_end_of_the_text_that_begins_a_value(values: list[str], text: str):
    automaton = Forbidden({value: value for value in values}).exact
    node = automaton.root
    for end in range(1, len(text) + 1):
        node, read = automaton.step(node, text[end - 1]), text[:end]
        begun = [size for value in values for size in range(1, len(value) + 1) if read.endswith(value[:size])]
        complete = [(len(value), value) for value in values if read.endswith(value)]
        assert node.depth == max(begun, default=0)
        assert node.value == max(complete, default=None)
