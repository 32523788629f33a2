"""Markdown to passages: nothing is lost, nothing is too long, and each says where it is from."""

import re

from hypothesis import given
from hypothesis import strategies as st

from shared.stores.markdown import passages

PAGE = """\ufeff---
title: of no interest
---
Before any heading.

# Returns & refunds
You may return *things*.

## How **long** does a [refund](https://x.org/a) take? ##
Five days.

```sh
# not a heading
```

### Exceptions
None.
## Empty
# Shipping
Two days.
## Exceptions
Islands.
"""

LINE = st.text(alphabet="ab #`~*_[]().!?-\t中é\u2028", max_size=30)
TEXT = st.lists(LINE, max_size=25).flatmap(
    lambda lines: st.sampled_from(["\n", "\r\n", "\n\n"]).map(lambda end: end.join(lines))
)


def test_a_page_by_its_headings() -> None:
    found = passages("returns.md", PAGE)
    assert [(passage.id, passage.title, passage.text) for passage in found] == [
        ("returns.md", "returns.md", "Before any heading."),
        ("returns.md#returns--refunds", "Returns & refunds", "You may return *things*."),
        (
            "returns.md#how-long-does-a-refund-take",
            "Returns & refunds > How long does a refund take?",
            "Five days.\n\n```sh\n# not a heading\n```",
        ),
        ("returns.md#exceptions", "Returns & refunds > How long does a refund take? > Exceptions", "None."),
        ("returns.md#shipping", "Shipping", "Two days."),
        ("returns.md#exceptions~2", "Shipping > Exceptions", "Islands."),
    ]
    assert {passage.source for passage in found} == {"returns.md"}


def test_long_sections_are_cut_between_paragraphs() -> None:
    body = "\n\n".join(f"Paragraph {n}. " + "word " * 30 for n in range(20))
    found = passages("a.md", f"# Long\n{body}", largest=500)
    assert len(found) > 5
    assert all(passage.text.startswith("Paragraph") and len(passage.text) <= 500 for passage in found)
    assert [passage.id for passage in found][:3] == ["a.md#long", "a.md#long~2", "a.md#long~3"]


def test_a_long_paragraph_is_cut_between_sentences_and_a_list_between_lines() -> None:
    sentences = " ".join(f"This is sentence number {n}." for n in range(40))
    assert all(passage.text.endswith(".") for passage in passages("a.md", sentences, largest=120))
    items = "\n".join(f"- item {n} of the list. Really." for n in range(40))
    cut = passages("a.md", items, largest=120)
    assert all(line.startswith("- item") for passage in cut for line in passage.text.split("\n"))


def test_a_word_without_end() -> None:
    found = passages("a.md", "x" * 2500, largest=1000)
    assert [len(passage.text) for passage in found] == [1000, 1000, 500]


def test_nothing_gives_nothing() -> None:
    for text in ("", "\n\n", "# Only\n## Headings", "---\na: b\n---\n"):
        assert passages("a.md", text) == []


def test_a_rule_is_no_front_matter() -> None:
    assert [passage.text for passage in passages("a.md", "---\nText after a rule.")] == ["---\nText after a rule."]


@given(text=TEXT, largest=st.integers(1, 60))
def test_no_passage_is_empty_too_long_or_named_twice(text: str, largest: int) -> None:
    found = passages("a.md", text, largest=largest)
    assert found == passages("a.md", text, largest=largest)
    assert all(0 < len(passage.text) <= largest and passage.text.strip() for passage in found)
    assert len({passage.id for passage in found}) == len(found)
    assert all(passage.id.startswith("a.md") and passage.title for passage in found)


@given(lines=st.lists(st.text(alphabet="ab .!?-\t中é\u2028", max_size=40), max_size=25), largest=st.integers(1, 60))
def test_without_headings_every_character_that_is_no_space_comes_back_in_order(lines: list[str], largest: int) -> None:
    text = "x\n" + "\n".join(lines)
    together = "".join(passage.text for passage in passages("a.md", text, largest=largest))
    assert re.sub(r"\s", "", together) == re.sub(r"\s", "", text)
