"""A server that speaks MongoDB's wire protocol for tests: one that exists, a container, or what `tests/mongo.sh` builds."""

import contextlib
import functools
import os
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pymongo
from pymongo.errors import OperationFailure, PyMongoError

from tests.servers import free_port

SCRIPT = Path(__file__).with_name("mongo.sh")


class NoMongo(Exception):
    """There is none; the message tells what to do."""


class MongoServer:
    """The stand-in on loopback, in a process of its own. It keeps its port and its data over `kill()`, `stop()`, `start()`."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        self.url = f"mongodb://127.0.0.1:{self.port}"
        self._executable = stand_in()
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int:
        assert self._process, "the server is not running"
        return self._process.pid

    def start(self, *options: str, timeout: float = 30.0) -> None:
        """Start it and wait until it answers. `--sync-on-commit`: without it what it acknowledged dies with it."""
        assert self._process is None, "the server is running"
        self.folder.mkdir(parents=True, exist_ok=True)
        address = ["--host", "127.0.0.1", "--port", str(self.port), "--storage-path", str(self.folder)]
        command = [str(self._executable), *address, "--sync-on-commit", "--log-level", "ERROR", *options]
        with self._log().open("ab") as log:
            self._process = subprocess.Popen(command, stdout=log, stderr=log, stdin=subprocess.DEVNULL, cwd=self.folder)
        end = time.monotonic() + timeout
        answers = self._accepts if "--tls-cert-file" in options else self._answers
        while not answers():
            if self._process.poll() is not None or time.monotonic() > end:
                self.kill()
                raise AssertionError(f"the MongoDB stand-in did not start and said: {self._log().read_text()}")
            time.sleep(0.02)

    def kill(self) -> None:
        """SIGKILL, as a crash would."""
        self._end(subprocess.Popen.kill)

    def stop(self) -> None:
        """SIGTERM."""
        self._end(subprocess.Popen.terminate)

    def _log(self) -> Path:
        return self.folder.with_name(f"{self.folder.name}.log")

    def _accepts(self) -> bool:
        with socket.socket() as sock:
            return sock.connect_ex(("127.0.0.1", self.port)) == 0

    def _answers(self) -> bool:
        with pymongo.MongoClient(self.url, serverSelectionTimeoutMS=500, connectTimeoutMS=500) as client:
            try:
                client.admin.command("ping")
            except OperationFailure:
                return True  # it wants to know who we are
            except PyMongoError:
                return False
            return True

    def _end(self, how) -> None:
        if self._process:
            how(self._process)
            self._process.wait(20)
            self._process = None


@functools.cache
def stand_in() -> Path:
    """The server that `tests/mongo.sh` installs, a matter of seconds, once. Raises `NoMongo`."""
    made = subprocess.run([SCRIPT], capture_output=True, text=True, timeout=100, check=False)
    if made.returncode:
        said = (made.stderr.strip().splitlines() or ["nothing"])[-1]
        raise NoMongo(f"no server for the records on MongoDB (`make mongo` said: {said}); or set FRONTDESK_TEST_MONGODB_URL")
    return Path(made.stdout.strip())


@contextlib.contextmanager
def mongo_server_in(folder: Path) -> Iterator[MongoServer]:
    """The stand-in, running, for a test that kills it. Raises `NoMongo`."""
    server = MongoServer(folder)
    server.start()
    try:
        yield server
    finally:
        server.kill()


@contextlib.contextmanager
def any_mongo(folder: Path) -> Iterator[str]:
    """The URL of a server: of FRONTDESK_TEST_MONGODB_URL, else a container where Docker answers, else the stand-in.

    Raises `NoMongo`.
    """
    if url := os.environ.get("FRONTDESK_TEST_MONGODB_URL"):
        yield url
    elif _docker_answers():
        from testcontainers.mongodb import MongoDbContainer

        with MongoDbContainer("mongo:8.0") as container:
            yield container.get_connection_url()
    else:
        with mongo_server_in(folder) as server:
            yield server.url


def _docker_answers() -> bool:
    try:
        return subprocess.run(["docker", "info"], capture_output=True, timeout=10, check=False).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False
