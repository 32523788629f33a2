"""Fixtures that every kind of test may use. What only one area needs stands in that area's own conftest."""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import pytest

from tests.mongo import MongoServer, NoMongo, any_mongo, mongo_server_in
from tests.servers import NatsServer, nats_server_in


@pytest.fixture
def nats_server(tmp_path: Path) -> Iterator[NatsServer]:
    """A fresh nats-server of this test's own: `url`, `start()`, `kill()`, `stop()`, `wipe()`."""
    folder = tmp_path / "nats"
    folder.mkdir()
    with nats_server_in(folder) as server:
        yield server


@pytest.fixture(scope="session")
def mongo_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server for all tests of the records on MongoDB that do not harm it. Where there is none, they are left out."""
    with contextlib.ExitStack() as stack:
        try:
            url = stack.enter_context(any_mongo(tmp_path_factory.mktemp("mongo")))
        except NoMongo as error:
            left_out(str(error))
        yield url


@pytest.fixture
def mongo_server(tmp_path: Path) -> Iterator[MongoServer]:
    """A stand-in of this test's own: `url`, `start()`, `kill()`, `stop()`."""
    with contextlib.ExitStack() as stack:
        try:
            server = stack.enter_context(mongo_server_in(tmp_path / "mongo"))
        except NoMongo as error:
            left_out(str(error))
        yield server


def left_out(why: str) -> NoReturn:
    """Say so; where CI=true it is a failure."""
    if os.environ.get("CI") == "true":
        pytest.fail(why)
    pytest.skip(why)
