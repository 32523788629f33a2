"""Long texts are read in excerpts: what is found does not depend on how much stands around it."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.guardrails.normal import HOLE
from shared.guardrails.pii import discovered, find
from shared.guardrails.pii.excerpts import LONG, Excerpt
from shared.guardrails.pii.span import Span

SENTENCE = "The lamp that came last week is fine, and the cable is as long as we had hoped for.\n"
EXAMPLES = [re.sub("[⟦⟧]", "", text) for recogniser in discovered() for text in recogniser.EXAMPLES]


@pytest.mark.parametrize("offset", [0, 40, 80, 120])
def test_what_a_short_text_holds_is_found_within_a_long_one(offset: int):
    around = SENTENCE * 4
    short = [f"{around}{'so ' * (offset // 3)}\n{example}\n{around}" for example in EXAMPLES]
    expected, at = [], 0
    for text in short:
        expected += [(at + span.start, at + span.end, span.kind) for span in find(text)]
        at += len(text)
    assert at > LONG
    assert len(expected) > len(discovered())
    assert [(span.start, span.end, span.kind) for span in find("".join(short))] == expected


def test_a_private_key_is_masked_from_its_beginning_to_its_end():
    key = "-----BEGIN PRIVATE KEY-----\n" + "x\n" * LONG + "-----END PRIVATE KEY-----"
    text = f"{SENTENCE}{key}\n{SENTENCE * 100}"
    assert [text[span.start : span.end] for span in find(text)] == [key]


def test_a_private_key_without_an_end_is_masked_to_the_end_of_the_text():
    text = SENTENCE + "-----BEGIN PRIVATE KEY-----\n" + "x\n" * LONG
    assert [(span.start, span.end) for span in find(text)] == [(len(SENTENCE), len(text))]


@given(st.text(min_size=1, max_size=40), st.lists(st.integers(0, 40), max_size=8))
def test_an_excerpt_knows_what_its_characters_stand_for(text: str, cuts: list[int]):
    edges = sorted({min(cut, len(text)) for cut in cuts})
    parts = list(zip(edges[::2], edges[1::2], strict=False))
    excerpt = Excerpt(text, parts)
    told = [(span.start, span.end) for span in excerpt.in_whole(Span(at, at + 1, "") for at in range(len(excerpt.text)))]
    assert [start for start, _ in told[1:]] == [end for _, end in told[:-1]]
    assert not told or (told[0][0], told[-1][1]) == (0, len(text))
    assert all(text[start:end] == char or char == HOLE for char, (start, end) in zip(excerpt.text, told, strict=True))
