"""Answers from the passages of the request: their best sentences, or nothing. Pure."""

import re
from collections import Counter
from dataclasses import dataclass
from math import log

from demo.understudy.conversation import Passage
from demo.understudy.words import stems

_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")
_MUCH = re.compile(r"\bhow much\b|\bwie viel\b|\bcu[aá]nto cuesta\b|\bcombien co[uû]te\b", re.IGNORECASE)
_HELD = 0.55  # of what the question is about must stand in the passage, title included
_SAID = 0.2  # of it must stand in the sentence that is quoted, or in its title
_SYNONYMS = [
    stems(each)
    for each in (
        "ship shipping shipment deliver delivery",
        "return send",
        "cost price charge fee much kosten cuesta combien",
        "long window period deadline days lange tiempo",
        "warranty guarantee",
        "pay payment accept",
        "store shop showroom",
        "hours opening",
        "broken damaged faulty defect fault",
        "eco environment environmental sustainability sustainable green",
        "password login",
        "cheque check",
        "reset forgot forgotten",
        "size measure fit dimension",
    )
]


_EMPTY = stems("policy policies question information info answer opinion")


@dataclass(frozen=True, slots=True)
class Quote:
    """Sentences that answer, and where they stand."""

    text: str
    source: str


def answer(question: str, passages: tuple[Passage, ...]) -> Quote | None:
    """The part of one passage that answers best, at most three sentences of it. None: the passages do not answer.

    A passage answers when it holds most of what the question is about; rare words among the passages weigh more.
    """
    asked = {each for each in stems(_MUCH.sub(" cost ", question)) if not each.isdigit()} - _EMPTY
    if not asked - {"long", "cost"}:
        return None
    frequency = Counter(stem for passage in passages for stem in _held(passage.text))
    weight = {stem: log(1 + (len(passages) + 1) / (1 + frequency[stem])) for stem in asked}
    best: tuple[float, Quote] | None = None
    for place, passage in enumerate(passages):
        title, body = _parted(passage.text)
        source = title.split(" > ")[0] or passage.source
        whole = _share(asked, _held(f"{title} {body} {passage.source.replace('-', ' ')}"), weight)
        title = title.rsplit(">", 1)[-1]
        if whole < _HELD:
            continue
        sentences = [each.strip() for each in _SENTENCE.split(body) if stems(each)]
        scores = [_share(asked, _held(each), weight) for each in sentences]
        top = max(scores, default=0.0)
        in_title = _share(asked, _held(title), weight)
        if max(top, in_title) < _SAID:
            continue
        score = whole + 0.5 * in_title + 0.5 * top - 0.02 * place
        if best is None or score > best[0]:
            best = score, Quote(_chosen(sentences, scores, in_title > top), source)
    return best[1] if best else None


def _chosen(sentences: list[str], scores: list[float], by_title: bool) -> str:
    """All of a short passage; of a longer one from its start, if its title matched best, else around the best sentence."""
    if len(sentences) <= 3:
        return " ".join(sentences)
    start = 0 if by_title else min(max(range(len(scores)), key=scores.__getitem__), len(sentences) - 1)
    return " ".join(sentences[start : start + (3 if by_title else 2)])


def _parted(text: str) -> tuple[str, str]:
    """The title, which is a first line that is no sentence, and the text."""
    first, _, rest = text.partition("\n")
    return (first, rest) if rest.strip() and not first.rstrip().endswith((".", "!", "?")) else ("", text)


def _held(text: str) -> set[str]:
    """The stems of a text, and those that mean the same."""
    found = stems(text) | ({"cost"} if "$" in text else set())
    return found.union(*(group for group in _SYNONYMS if group & found)) if found else found


def _share(asked: set[str], held: set[str], weight: dict[str, float]) -> float:
    total = sum(weight.values())
    return sum(weight[stem] for stem in asked & held) / total if total else 0.0
