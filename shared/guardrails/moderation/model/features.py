"""What the linear model sees of a text: words, their beginnings, pairs of them, and how long it is and how much it asks.

Source: S. Wang and C. Manning, "Baselines and Bigrams", 2012: word pairs, and presence instead of counts, for short texts.
"""

from collections.abc import Sequence
from itertools import pairwise

from shared.guardrails.moderation.triggers import UNSPACED_RUN

_BEGINNING = 5
"""Letters that the forms of a word have in common, in languages that inflect."""
_MOST_QUESTIONS = 4
_LONGEST = 9


def features(words: Sequence[str]) -> set[str]:
    """The features of the words and marks of plain text.

    Characters in twos and threes stand for the words of writing systems that put no space between them.
    """
    found = set(words)
    found.update(map(" ".join, pairwise(words)))
    found.update(["^" + word[:_BEGINNING] for word in words if len(word) >= _BEGINNING])
    found.add(f"#questions {min(_MOST_QUESTIONS, words.count('?') + words.count('؟'))}")
    found.add(f"#length {min(_LONGEST, len(words).bit_length())}")
    text = " ".join(words)
    if not text.isascii():
        for run in UNSPACED_RUN.findall(text):
            found.update([run[at : at + 2] for at in range(len(run) - 1)])
            found.update([run[at : at + 3] for at in range(len(run) - 2)])
    return found
