"""What the linear model sees of a text: words, their beginnings, pairs of them, and how long it is and how much it asks.

Source: S. Wang and C. Manning, "Baselines and Bigrams", 2012: word pairs, and presence instead of counts, for short texts.
"""

from collections.abc import Sequence
from itertools import pairwise

from shared.guardrails.moderation.triggers import UNSPACED_RUN

_BEGINNING = 5
"""Letters that the forms of a word have in common, in languages that inflect."""
_QUESTIONS = [f"#questions {number}" for number in range(5)]
_LENGTHS = [f"#length {bits}" for bits in range(10)]


def features(words: Sequence[str]) -> set[str]:
    """The features of the words and marks of plain text.

    Characters in twos and threes stand for the words of writing systems that put no space between them.
    """
    found = set(words)
    found.update(map(" ".join, pairwise(words)))
    found.update(["^" + word[:_BEGINNING] for word in words if len(word) >= _BEGINNING])
    asked = words.count("?") + words.count("؟") if "?" in found or "؟" in found else 0
    found.add(_QUESTIONS[min(asked, len(_QUESTIONS) - 1)])
    found.add(_LENGTHS[min(len(words).bit_length(), len(_LENGTHS) - 1)])
    text = " ".join(words)
    if not text.isascii():
        for run in UNSPACED_RUN.findall(text):
            found.update([run[at : at + 2] for at in range(len(run) - 1)])
            found.update([run[at : at + 3] for at in range(len(run) - 2)])
    return found
