"""Answers from the passages of the request: their best sentences, or nothing. Pure."""

import re
from dataclasses import dataclass

from demo.understudy.conversation import Passage

_STOP = frozenset(
    [
        "a",
        "an",
        "and",
        "any",
        "are",
        "as",
        "at",
        "be",
        "been",
        "but",
        "by",
        "can",
        "could",
        "did",
        "do",
        "does",
        "for",
        "from",
        "get",
        "got",
        "had",
        "has",
        "have",
        "how",
        "i",
        "if",
        "in",
        "is",
        "it",
        "its",
        "just",
        "long",
        "me",
        "much",
        "my",
        "no",
        "not",
        "of",
        "on",
        "or",
        "our",
        "out",
        "please",
        "should",
        "so",
        "some",
        "that",
        "the",
        "their",
        "them",
        "there",
        "they",
        "this",
        "to",
        "up",
        "us",
        "was",
        "we",
        "what",
        "when",
        "where",
        "which",
        "who",
        "why",
        "will",
        "with",
        "would",
        "you",
        "your",
        "about",
        "tell",
        "need",
        "want",
        "know",
        "order",
        "orders",
        "thing",
        "things",
        "something",
        "anything",
    ]
)
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")
_ENOUGH = 0.5  # of the question's words, weighed by length


@dataclass(frozen=True, slots=True)
class Quote:
    """Sentences that answer, and where they stand."""

    text: str
    source: str


def answer(question: str, passages: tuple[Passage, ...]) -> Quote | None:
    """The sentence of the passages that shares most with the question, and the one after it. None: they do not answer.

    At least half of what the question is about must be in the passage, else it speaks of something else.
    """
    asked = stems(question)
    if not asked:
        return None
    best: tuple[float, Quote] | None = None
    for passage in passages:
        held = stems(passage.text) | stems(passage.source)
        if _share(asked, held) < _ENOUGH:
            continue
        sentences = [
            each.strip() for each in _SENTENCE.split(passage.text) if len(each.strip()) > 15 and each.strip()[0] != "#"
        ]
        for n, sentence in enumerate(sentences):
            following = sentences[n + 1] if n + 1 < len(sentences) else ""
            score = _share(asked, stems(sentence)) + 0.3 * _share(asked, stems(following)) + 0.2 * _share(asked, held)
            if best is None or score > best[0]:
                text = f"{sentence} {following}".strip() if len(sentence) < 160 else sentence
                best = score, Quote(text, passage.source)
    return best[1] if best and best[0] > 0.2 else None


def stems(text: str) -> set[str]:
    """The words that matter, without their endings."""
    words = re.findall(r"[a-zà-ÿ0-9]+", text.lower())
    return {_stem(word) for word in words if word not in _STOP and len(word) > 1}


def _stem(word: str) -> str:
    for ending in ("ing", "ies", "ied", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) > 2:
            return word[: -len(ending)] + ("y" if ending in ("ies", "ied") else "")
    return word


def _share(asked: set[str], held: set[str]) -> float:
    total = sum(len(word) for word in asked)
    return sum(len(word) for word in asked & held) / total if total else 0.0
