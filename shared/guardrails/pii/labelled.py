"""Values that the words before, or behind, call by their name: "my tax id is 12-345", "12-345 is my tax id"."""

import re
from collections.abc import Iterator

from shared.guardrails.pii.hints import Hints
from shared.guardrails.pii.span import Span

_SPEECH = (
    r"is|was|are|ist|war|lautet|es|est|é|è|jest|är|er|on|to|number|numbers|numero|número|numéro|num|no\.?|nr\.?|n[°º]|n\.|nummer|"
    r"numer|code|id|of|for|the|my|as|follows|ending|in|der|die|das|für|mein|meine|von|de|do|da|du|del|della|di|van|het|voor|la|"
    r"s|has|hat|heeft|tiene|le|el|il|o|a|lo|mon|mi|mia|minha|mijn|mój|moja|min|mitt|ma|porte|lleva|tem|ha|meu|mio"
)
"""Words that may stand between a label and its value, in the languages of `shared/texts`."""
_LINK = rf"(?:[ \t]{{0,2}}(?:(?<![^\W_])(?:{_SPEECH})(?![^\W_])|[#:：=(,\"'`-]|\n)){{0,6}}[ \t]{{0,2}}[\"'`(#]?"
_LINK_HINT = rf"(?:[ \t]*(?:{_SPEECH}|[#:：=(,\"'`-]|\n))*[ \t]*[\"'`(#]?"
_BEHIND = (
    r"[\"'`)]?[ \t]{1,2}(?:is|was|as|ist|es|est|é|è|jest|är|er)[ \t](?:(?:my|your|our|the|his|her|mein|meine|unsere|mi|el|mon|"
    r"ma|le|la|il mio|la mia|o meu|a minha|mijn|het|mój|min|mitt|vårt)[ \t])?"
)

VALUE = (
    r"(?:[A-Z]{1,4} (?=\d)|[A-Za-z]{1,6}-?(?=\d))?\d[\dA-Za-z]*(?:[ ./-](?:[A-Z][ -])?\d[\dA-Za-z]*){0,7}(?:[ -]?[A-Z]{1,2}\d?|"
    r"-[A-Za-z\d]{1,4})?"
    r"(?![A-Za-z\d])"
)
"""A number in groups, with the letters that may stand before and behind it."""
_BEGINS = r"(?:[a-z]{1,4} |[a-z]{1,6}-?)?\d"


class Labelled:
    """Finds values of the pattern `value` by `words`, alternatives of a regular expression that stand as words.

    Where RE2 cannot read `words`, which may look around, `stems` are alternatives that it can read, and that are wider.
    `begins` is the beginning of a value in RE2.
    """

    def __init__(self, words: str, value: str = VALUE, *, stems: str = "", begins: str = _BEGINS) -> None:
        label = rf"(?:(?<![^\W_])(?:{words})(?![^\W\d_]))"
        self._patterns = {
            "before": re.compile(rf"(?i:{label}{_LINK})(?P<value>{value})"),
            "behind": re.compile(rf"(?<![A-Za-z\d./-])(?P<value>{value})(?i:{_BEHIND}{label})"),
        }
        stem = f"(?:{stems or words})"
        self._hints = Hints({"before": f"{stem}{_LINK_HINT}{begins}", "behind": rf"[a-z\d]{_BEHIND}{stem}"})
        self.needed = self._hints.needed

    def find(self, text: str) -> Iterator[tuple[int, int]]:
        """Spans of values."""
        for span in self._hints.find(text, self._named):
            yield span.start, span.end

    def _named(self, name: str, text: str) -> Iterator[Span]:
        return (Span(*match.span("value"), "") for match in self._patterns[name].finditer(text))


def digits_in(value: str) -> int:
    """How many decimal digits `value` has."""
    return sum(char.isdecimal() for char in value)
