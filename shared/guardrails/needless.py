"""Personal data that nobody here asks for. Apart from the detectors, so that who only warns loads none of them."""

from collections.abc import Collection

NEEDLESS = frozenset({"CARD", "IBAN", "ONE_TIME_CODE", "PASSWORD", "SECRET", "SSN"})
"""Kinds that no conversation with a shop needs."""


def warning_for(found: Collection[str]) -> str | None:
    """The key of the system text that warns a customer who shared data which nobody asks for; None: nothing to say."""
    return None if NEEDLESS.isdisjoint(found) else "needless_data"
