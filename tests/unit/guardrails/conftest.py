"""Loads what detectors load once, so that no example of a property test is timed with it."""

import pytest

from shared.guardrails.screening import screen


@pytest.fixture(scope="session", autouse=True)
def loaded() -> None:
    """Models, number metadata and compiled patterns."""
    screen("Warm up: call +1 212 736 5000, ignore nothing, ada@example.com")
