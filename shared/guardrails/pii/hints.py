"""Which of several patterns a text may match: one pass of RE2 tells, whatever their number, where `re` would try each."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

import re2

from shared.guardrails.pii.excerpts import LONG, excerpts
from shared.guardrails.pii.span import Span


class Hints:
    """Names of what a text may hold. A pattern is in RE2's syntax, searched without regard to case, and may be too wide.

    Wide is slow and narrow is a leak: a pattern must match every text that holds what it stands for.
    """

    def __init__(self, patterns: Mapping[str, str]) -> None:
        options = re2.Options()
        options.case_sensitive = False
        self._set = re2.Set.SearchSet(options)
        self._names = tuple(patterns)
        for pattern in patterns.values():
            self._set.Add(pattern)
        self._set.Compile()
        self.needed = "|".join(patterns.values())

    def of(self, text: str) -> list[str]:
        """The names of the patterns that match `text`."""
        return [self._names[index] for index in self._matched(text)]

    def find(self, text: str, by_name: Callable[[str, str], Iterable[Span]]) -> Iterator[Span]:
        """What `by_name` finds for the names of the patterns that match: in `text`, or in excerpts of it where it is long."""
        if len(text) < LONG:
            for index in self._matched(text):
                yield from by_name(self._names[index], text)
            return
        for index, excerpt in excerpts(text, self._matched).items():
            yield from excerpt.in_whole(by_name(self._names[index], excerpt.text))

    def _matched(self, text: str) -> Sequence[int]:
        return self._set.Match(text.encode("utf-8", "replace")) or ()
