"""Languages: how often a message's is told rightly.

Every message counts, one of which the language is not told as a miss; "right where told" asks how far to trust an answer.
Dialects count as their language. "Preferred" is as a first message of a customer whose account or browser names that
language. Bars: the best of lingua 2.1 (all 75 languages, high accuracy) and py3langid 0.4 on all
rows; `frontdesk eval guardrails peers` shows what they reach on these. The rows are few for short texts, so that one of them
is worth as much as the bar's distance: the words of the sentences, and each two that stand side by side, are sets of their
own.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from evals.data import read
from evals.rows import Row, tried
from shared.guardrails.language import detect, spoken
from shared.guardrails.language.scripts import runs

_SAME = {"nb": "no", "nn": "no", "fil": "tl", "gsw": "de", "nap": "it"}
_SENTENCES = "sentences, lingua"
_SETS = (
    ("utterances, xSID", "xsid_test_utterances", None, 0.858),
    (_SENTENCES, "lingua_testdata", "sentence", 0.960),
    ("word pairs, lingua", "lingua_testdata", "word-pair", 0.898),
    ("words, lingua", "lingua_testdata", "single-word", 0.739),
    ("tweets, XLM-T", "xlmt_tweets_8lang", None, 0.838),
)


_LONG = 5
"""Letters that each word of lingua's sets has, at least."""


@dataclass(frozen=True, slots=True)
class Set:
    """Rows of one kind: `(language, text)`. `bar` is the share to beat."""

    name: str
    bar: float | None
    rows: tuple[tuple[str, str], ...]


def sets(data: Path) -> list[Set]:
    """The sets in `data` (its folder `lang`)."""
    given = [
        Set(name, bar, tuple((_language(row["lang"]), row["text"]) for row in _read(data, file, kind)))
        for name, file, kind, bar in _SETS
    ]
    return given + [part for each in given if each.name == _SENTENCES for part in parts(each)]


def parts(sentences: Set) -> list[Set]:
    """The words of `sentences`, and the pairs of neighbours among them, each once: lower-case, of `_LONG` letters and more."""
    found: list[tuple[str, list[str]]] = [(language, runs(text.lower())) for language, text in sentences.rows]
    pairs = {
        (language, f"{first} {second}"): None
        for language, words in found
        for first, second in pairwise(words)
        if len(first) >= _LONG <= len(second)
    }
    words = {(language, word): None for language, said in found for word in said if len(word) >= _LONG}
    return [Set("word pairs in the sentences", None, tuple(pairs)), Set("words in the sentences", None, tuple(words))]


def same(language: str | None) -> str | None:
    """The code that stands for a language and those that are counted as it."""
    return language and _SAME.get(language, language)


def rows(data: Path) -> Iterator[Row]:
    """All figures about languages on the sets in `data`."""
    for each in sets(data):
        judged = [(right, detect(text), text) for right, text in each.rows]
        shown = [(right == told, f"{right}, told {told}: {text[:60]}") for right, told, text in judged]
        yield tried(each.name, shown, bar=each.bar)
        yield tried(f"{each.name}: told", [(told is not None, f"{right}: {text[:60]}") for right, told, text in judged])
        yield tried(f"{each.name}: right where told", [row for row, (_, told, _) in zip(shown, judged, strict=True) if told])
        foreign = [row for row in each.rows if row[0] != "en"]
        yield tried(f"{each.name}: its own preferred", [_with_preference(*row, row[0]) for row in each.rows])
        yield tried(f"{each.name}: another, English preferred", [_with_preference(*row, "en") for row in foreign])


def _with_preference(right: str, text: str, preferred: str) -> tuple[bool, str]:
    told = spoken(text, preferred=preferred).language
    return told == right, f"{right}, told {told}: {text[:60]}"


def _read(data: Path, file: str, kind: str | None) -> Iterator[dict[str, str]]:
    return (row for row in read(data / "lang" / f"{file}.jsonl") if kind in (None, row.get("kind")))


def _language(label: str) -> str:
    language = label if label in _SAME else label.partition("-")[0]
    return _SAME.get(language, language)
