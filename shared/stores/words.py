"""A customer's text as words to look for: what carries no meaning is dropped, scripts without spaces are taken apart."""

import re
import unicodedata
from itertools import islice

MOST_WORDS = 96

# Of everyday English, and of how people address a support desk. In other languages BM25 alone must weigh them down.
STOP_WORDS = frozenset(
    """
    a about after again all also am an and any are aren as ask at be because been before being below between both but by
    can cannot could couldn d did didn do does doesn doing don down during each few for from further get getting got had
    has hasn have haven having he hello help her here hers hey hi him his how i if in into is isn it its itself just know
    let like ll m me more most my myself need no nor not now of off on once one only or other our ours out over own please
    re s same she should shouldn so some such t tell than thank thanks that the their theirs them then there these they
    this those through to too under until up us ve very want was wasn we were weren what when where which while who whom
    why will with won would wouldn you your yours
    """.split()  # noqa: SIM905 a list of this length is no easier to read
)

_WORD = re.compile(r"\w+")
_UNSPACED = re.compile(r"([\u0e00-\u0e7f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff])")


def spaced(text: str) -> str:
    """`text` with every character of Thai, Chinese and Japanese as a word, so that pairs of them can be looked for."""
    return _UNSPACED.sub(r" \1 ", unicodedata.normalize("NFKC", text))


def words(text: str, *, most: int | None = MOST_WORDS) -> list[str]:
    """The words of `text` that carry meaning, in their order, lower case; the first `most`."""
    found = _WORD.findall(spaced(text).lower())
    kept = (word for word in found if word not in STOP_WORDS and (len(word) > 1 or not word.isascii() or word.isdigit()))
    return list(islice(kept, most))
