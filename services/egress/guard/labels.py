"""Placeholders into words: `<EMAIL_1>` becomes "your e-mail address" for whoever reads the reply."""

import re
from collections.abc import Callable

from services.egress.guard.scanner import PLACEHOLDER, Scanner, Step, placeholder_at


class Labels(Scanner):
    """Puts `label(type)` in the place of each placeholder, such as `label("EMAIL")`."""

    plain = re.compile(r"[^<]+")

    def __init__(self, label: Callable[[str], str]) -> None:
        super().__init__()
        self._label = label

    def _step(self, text: str, at: int, final: bool) -> Step:
        end = placeholder_at(text, at, final)
        if end is None:
            return None
        if end == at:
            return at + 1, "<"
        found = PLACEHOLDER.match(text, at)
        assert found
        return end, self._label(found[1])
