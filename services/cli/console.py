"""The terminal that commands print to."""

import sys

from rich.console import Console

_PIPED = 140  # columns, where there is no terminal that has a width


def terminal() -> Console:
    """As wide as the terminal; in a pipe or a log wide enough that tables keep their columns."""
    return Console(width=None if sys.stdout.isatty() else _PIPED)
