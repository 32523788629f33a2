"""Languages: how often a message's is told rightly.

Every message counts, one of which the language is not told as a miss; "where told" asks how far to trust an answer.
Dialects count as their language. Bars: the best of lingua 2.1 (all 75 languages, high accuracy) and py3langid 0.4 on all
rows; on the development rows these have .849 (xSID without dialects), .945, .891, .719 and .823.
"""

from collections.abc import Iterator
from pathlib import Path

from evals.data import read
from evals.rows import Row, tried
from shared.guardrails.language import detect

_SAME = {"nb": "no", "nn": "no", "fil": "tl", "gsw": "de", "nap": "it"}
_SETS = (
    ("utterances, xSID", "xsid_test_utterances", None, 0.858),
    ("sentences, lingua", "lingua_testdata", "sentence", 0.960),
    ("word pairs, lingua", "lingua_testdata", "word-pair", 0.898),
    ("words, lingua", "lingua_testdata", "single-word", 0.739),
    ("tweets, XLM-T", "xlmt_tweets_8lang", None, 0.838),
)


def rows(data: Path) -> Iterator[Row]:
    """All figures about languages on the sets in `data` (`lang`)."""
    for name, file, kind, bar in _SETS:
        messages = [row for row in read(data / "lang" / f"{file}.jsonl") if kind in (None, row.get("kind"))]
        judged = [(_language(row["lang"]), detect(row["text"]), row["text"]) for row in messages]
        shown = [(right == told, f"{right}, told {told}: {text[:60]}") for right, told, text in judged]
        yield tried(name, shown, bar=bar)
        yield tried(f"{name}: told", [(told is not None, f"{right}: {text[:60]}") for right, told, text in judged])
        yield tried(f"{name}: right where told", [each for each, (_, told, _) in zip(shown, judged, strict=True) if told])


def _language(label: str) -> str:
    language = label if label in _SAME else label.partition("-")[0]
    return _SAME.get(language, language)
