"""The guards made ready at start-up: a part that is missing stops the start, and no customer pays for the first use."""

import re
from collections.abc import Sequence

from shared.errors import ConfigurationError
from shared.guardrails import moderation, parts, pii
from shared.guardrails.pii import Recogniser
from shared.guardrails.screening import screen

_MARKS = str.maketrans("", "", "⟦⟧")


def prepare(
    *, regions: Sequence[str] = ("US",), company: re.Pattern[str] | None = None, extra: Sequence[Recogniser] = ()
) -> None:
    """Compare the files with those of the release, then screen every example of every rule and recogniser, which reads all
    weights and compiles all patterns.

    Raises `ConfigurationError` that names what is missing or broken. Takes some tenths of a second.
    """
    parts.verify()
    try:
        for text in _examples():
            screen(text, regions=regions, company=company, extra=extra)
    except Exception as error:  # whatever a detector raises: without it nothing may run
        raise ConfigurationError(f"the guards cannot start: {type(error).__name__}: {error}") from error


def _examples() -> list[str]:
    found = [example.translate(_MARKS) for recogniser in pii.discovered() for example in recogniser.EXAMPLES]
    return found + [example for file in moderation.discovered() for rule in file.RULES for example in rule.examples]
