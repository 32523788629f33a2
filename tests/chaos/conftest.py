"""What a load generator leaves behind when services are killed under it."""

import gc
import warnings
from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True)
def abandoned_connections() -> Iterator[None]:
    """Sockets that the HTTP client lost in a storm are collected here, where nobody minds: once in some dozen runs it leaves
    a few open, and the collector may find them while another test runs, which then fails for them."""
    yield
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        gc.collect()
