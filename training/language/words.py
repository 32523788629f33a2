"""Words as likely as in a corpus of which only n-gram frequencies are published.

The language models of lingua (Apache-2.0) hold the frequencies of letters' 1- to 5-grams in text of the Leipzig Corpora,
whole: as every n-gram that no letter precedes begins a word, and every one that none follows ends it, the difference
between an n-gram's count and the counts of its extensions tells how many words begin or end there. So words of up to three
letters come out with their true frequencies, and longer ones as a Markov chain of fourth order writes them.
"""

import json
import random
from bisect import bisect
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path

_ORDERS = ("unigrams", "bigrams", "trigrams", "quadrigrams", "fivegrams")
_LONGEST = 25
_NOTHING = 1e-12  # a difference of two shares that should be equal

Choices = tuple[list[str], list[float]]
"""What may come next ("" ends the word), and the sums of the weights up to each."""


def words(model: Path, count: int, chance: random.Random, decompress: Callable[[bytes], bytes]) -> list[str]:
    """`count` words of a language, from the folder `models` of its crate, drawn independently of each other."""
    shares = [_shares(decompress((model / f"{order}.json.br").read_bytes())) for order in _ORDERS]
    counts = [shares[0]]
    for longer in shares[1:]:
        counts.append({gram: share * counts[-1][gram[:-1]] for gram, share in longer.items()})
    starts = [_starts(counts[order], counts[order + 1]) for order in range(4)]
    first = _choices(starts[0].items(), 0.0)
    begun = [_by_prefix(starts[order], starts[order - 1]) for order in range(1, 4)]
    within = _by_prefix(shares[4], dict.fromkeys(counts[3], 1.0))
    return list(islice(_drawn(first, begun, within, chance), count))


def _shares(packed: bytes) -> dict[str, float]:
    """Of each n-gram among those with the same beginning; the file groups them by that fraction."""
    shares = {}
    for fraction, grams in json.loads(packed)["ngrams"].items():
        numerator, denominator = fraction.split("/")
        shares.update(dict.fromkeys(grams.split(" "), int(numerator) / int(denominator)))
    return shares


def _starts(counts: Mapping[str, float], longer: Mapping[str, float]) -> dict[str, float]:
    """How many words begin with each n-gram: its count less those that a letter precedes."""
    preceded = defaultdict[str, float](float)
    for gram, count in longer.items():
        preceded[gram[1:]] += count
    return {gram: max(0.0, count - preceded[gram]) for gram, count in counts.items()}


def _by_prefix(counts: Mapping[str, float], prefixes: Mapping[str, float]) -> dict[str, Choices]:
    following = defaultdict[str, list[tuple[str, float]]](list)
    for gram, count in counts.items():
        following[gram[:-1]].append((gram[-1], count))
    return {prefix: _choices(following[prefix], total) for prefix, total in prefixes.items()}


def _choices(weights: Iterable[tuple[str, float]], total: float) -> Choices:
    letters, sums, reached = [], [], 0.0
    for letter, weight in weights:
        if weight > _NOTHING:
            reached += weight
            letters.append(letter)
            sums.append(reached)
    if total > reached + _NOTHING or not letters:
        letters.append("")
        sums.append(max(total, reached + _NOTHING))
    return letters, sums


def _drawn(first: Choices, begun: list[dict[str, Choices]], within: dict[str, Choices], chance: random.Random) -> Iterator[str]:
    def drawn(choices: Choices) -> str:
        letters, sums = choices
        return letters[bisect(sums, chance.random() * sums[-1])] if len(letters) > 1 else letters[0]

    while True:
        word = drawn(first)
        while len(word) < _LONGEST:
            choices = begun[len(word) - 1].get(word) if len(word) < 4 else within.get(word[-4:])
            if choices is None or not (letter := drawn(choices)):
                break
            word += letter
        yield word
