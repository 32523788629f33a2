"""Of a long text, what each recogniser needs to read: the parts in which the prefilter saw something for it.

Reading all of it would cost as many passes over the text as there are recognisers, however few of its words each is for.
The text is cut into blocks between words. The prefilter looks at three blocks at a time, so that all that it looks for (no
more than a block and what stands around) is seen whole in some three, with a block before and one behind it.
"""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence

from shared.guardrails.normal import HOLE
from shared.guardrails.pii.span import Span

LONG = 4_096
"""Characters from which on a text is read in excerpts."""
_BLOCK = 128
_AT_ONCE = 3
_BETWEEN_WORDS = re.compile(r"\s(?=\S)")


class Excerpt:
    """Parts of a text in order, with a `HOLE` for what is left out between them."""

    def __init__(self, text: str, parts: Sequence[tuple[int, int]]) -> None:
        pieces: list[str] = []
        self._begins: list[int] = []
        """Where each piece begins in `text`."""
        self._whole: list[tuple[int, int, bool]] = []
        """Where it begins and ends in the whole, and whether it stands for what is left out."""
        size = end = 0
        for part in (*parts, (len(text), len(text))):
            for piece, (first, last), left_out in ((HOLE, (end, part[0]), True), (text[slice(*part)], part, False)):
                if first < last:
                    pieces.append(piece)
                    self._begins.append(size)
                    self._whole.append((first, last, left_out))
                    size += len(piece)
            end = part[1]
        self.text = "".join(pieces)
        self._is_whole = self._whole == [(0, len(text), False)]

    def in_whole(self, spans: Iterable[Span]) -> Iterable[Span]:
        """Spans of this text, none of them empty, as spans of the whole."""
        if self._is_whole:
            return spans
        return (Span(*self._stands_for(span.start, span.end), span.kind) for span in spans)

    def _stands_for(self, start: int, end: int) -> tuple[int, int]:
        first, last = bisect_right(self._begins, start) - 1, bisect_right(self._begins, end - 1) - 1
        begin, finish, left_out = self._whole[last]
        return (
            self._whole[first][0] + start - self._begins[first],
            finish if left_out else begin + end - self._begins[last],
        )


def excerpts(text: str, matched: Callable[[str], Sequence[int]]) -> dict[int, Excerpt]:
    """By the index that the prefilter `matched` gives for them: what is to be read of `text`, which is `LONG`."""
    blocks = list(_blocks(text))
    wanted: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    for first in range(max(1, len(blocks) - _AT_ONCE + 1)):
        start, end = blocks[first][0], blocks[min(first + _AT_ONCE, len(blocks)) - 1][1]
        for index in matched(text[start:end]):
            parts = wanted[index]
            if parts and start <= parts[-1][1]:
                parts[-1] = parts[-1][0], end
            else:
                parts.append((start, end))
    return {index: Excerpt(text, parts) for index, parts in sorted(wanted.items())}


def _blocks(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    while start < len(text):
        between = _BETWEEN_WORDS.search(text, start + _BLOCK)
        end = between.end() if between else len(text)
        yield start, end
        start = end
