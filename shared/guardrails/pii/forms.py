"""Numbers that are known by their form and a check: many patterns, of which one pass of RE2 tells the few that may match."""

import re
from collections.abc import Callable, Iterator, Sequence

import re2

from shared.guardrails.pii.once import Once

Pattern = tuple[str, Callable[[str], bool]]
"""A form, in the syntax that `re` and RE2 share, and what else must hold for a number of that form."""


def any_digits(_: str) -> bool:
    """Nothing else: the form says it all."""
    return True


class Forms:
    """Finds numbers of `patterns` that stand apart from letters, digits and the characters of `joints`."""

    def __init__(self, patterns: Sequence[Pattern], joints: str = "") -> None:
        options = re2.Options()
        options.case_sensitive = False
        self._needed = re2.Set.SearchSet(options)
        self._forms: list[tuple[re.Pattern[str], Callable[[str], bool]]] = []
        for pattern, valid in patterns:
            self._needed.Add(pattern)
            apart = re.compile(rf"(?<![A-Za-z\d{joints}]){pattern}(?![A-Za-z\d])(?![-{joints}]\d)", re.IGNORECASE)
            self._forms.append((apart, valid))
        self._needed.Compile()
        self.needed = "|".join(pattern for pattern, _ in patterns)

    def find(self, text: str) -> Iterator[tuple[int, int]]:
        """Spans of numbers whose form and check are right."""
        for index in self._needed.Match(text.encode("utf-8", "replace")) or ():
            form, valid = self._forms[index]
            known = Once(valid)
            for match in form.finditer(text):
                if known[match[0]]:
                    yield match.span()
