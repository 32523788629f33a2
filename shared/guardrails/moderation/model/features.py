"""What the linear model sees of a text: words and marks, pairs of them and, outside ASCII, characters in twos and threes.

Source: S. Wang and C. Manning, "Baselines and Bigrams", 2012: word pairs, and presence instead of counts, for short texts.
"""

import re
from itertools import pairwise

_WORD = re.compile(r"\w+|[^\w\s]")


def features(plain: str) -> set[str]:
    """The features of text that `plain.plain` made.

    Characters in twos and threes stand for the words of writing systems that put no space between them.
    """
    words = _WORD.findall(plain)
    found = set(words)
    found.update(map(" ".join, pairwise(words)))
    if not plain.isascii():
        found.update([plain[at : at + 2] for at in range(len(plain) - 1)])
        found.update([plain[at : at + 3] for at in range(len(plain) - 2)])
    return found
