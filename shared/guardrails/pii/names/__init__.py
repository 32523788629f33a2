"""Given names, and the words that stand capitalised where names might.

`given.txt` holds given names of some sixty countries in Latin script; `python -m training.names` makes it of the person
providers of Faker (MIT) and of the United States census of 1990 (public domain, as packed by `names`, MIT), without what is
more often something else: `everyday.txt` holds words that are no name even when they are capitalised, `ambiguous.txt` names
that are words and places, both by hand.
"""

from functools import cache
from importlib import resources


def given(word: str) -> bool:
    """Whether `word`, as it is written, is a given name and nothing else."""
    return word in _words("given.txt")


def is_everyday(word: str) -> bool:
    """Whether `word` is an everyday word, in any case."""
    return word.lower() in _words("everyday.txt")


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(resources.files(__name__).joinpath(name).read_text(encoding="utf-8").split())
