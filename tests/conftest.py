"""Fixtures that every kind of test may use. What only one area needs stands in that area's own conftest."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.servers import NatsServer, nats_server_in


@pytest.fixture
def nats_server(tmp_path: Path) -> Iterator[NatsServer]:
    """A fresh nats-server of this test's own: `url`, `start()`, `kill()`, `stop()`, `wipe()`."""
    folder = tmp_path / "nats"
    folder.mkdir()
    with nats_server_in(folder) as server:
        yield server
