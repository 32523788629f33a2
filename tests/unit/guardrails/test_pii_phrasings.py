"""How people tell what is personal, in seven languages, and what they say with the same words.

`phrasings.tsv`: the kind, or `-` where there is nothing to hide, and what is said, with what is masked between ⟦ and ⟧.
"""

import re
from pathlib import Path

import pytest

from shared.guardrails.pii import find

ROWS = [line.split("\t") for line in Path(__file__).with_name("phrasings.tsv").read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize(("kind", "marked"), [row for row in ROWS if row[0] != "-"])
def test_what_is_told_is_masked_whole_as_what_it_is(kind: str, marked: str):
    text = re.sub("[⟦⟧]", "", marked)
    for said in (text, f"Hello, {text}", f"{text}\nThanks!"):
        found = [(span.kind, said[span.start : span.end]) for span in find(said)]
        assert found == [(kind, re.findall("⟦(.*)⟧", marked)[0])]


@pytest.mark.parametrize("text", [text for kind, text in ROWS if kind == "-"])
def test_the_same_words_with_nothing_to_hide_are_left(text: str):
    assert find(text) == []
    assert find(f"Hello, {text}") == []
