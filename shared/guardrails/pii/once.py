"""What was worked out about a candidate of a text is not worked out again: a text may hold the same one thousands of times."""

from collections.abc import Callable
from typing import Generic, TypeVar

Answer = TypeVar("Answer")


class Once(dict[str, Answer], Generic[Answer]):
    """The answers of `asked`, by what it was asked about. Kept no longer than one text is looked at: it is personal data."""

    def __init__(self, asked: Callable[[str], Answer]) -> None:
        super().__init__()
        self._asked = asked

    def __missing__(self, candidate: str) -> Answer:
        answer = self[candidate] = self._asked(candidate)
        return answer
