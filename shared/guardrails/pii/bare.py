"""A message that is nothing but one value: an answer to a question that nobody needs to repeat.

Where a word names a value, the word decides; here nothing does, and what looks like personal data is taken for it. What the
company says is its own (order numbers) has been taken out before.
"""

import re

_BARE = re.compile(r"[\s\"'(\[]*(?P<value>[+(]{0,2}[^\W_](?:\S| {1,3}(?=\S)){2,60}?)[\s\"')\].,;!?]*\Z")
NEEDED = r"\A\W*[a-z]{0,6}[ ./-]{0,3}\d[\w ./-]{0,60}\W*\z"
"""In RE2: what every text matches that may be a bare value with a digit."""
_COUNTING = ("0123456789", "1234567890", "9876543210", "0987654321")


def bare(text: str) -> tuple[int, int] | None:
    """The span of the one value that `text` is, without quotes and the end of the sentence; None: it is more than that."""
    if len(text) > 64 or not (match := _BARE.match(text)):
        return None
    return match.span("value")


def made_up(digits: str) -> bool:
    """Whether a number only counts, or repeats one digit: what people type to show a shape."""
    return len(set(digits)) <= 1 or any((counted * 2).startswith(digits) for counted in _COUNTING)
