"""The HTTP side of a process: its stages' apps behind one port, served by uvicorn inside our own life cycle."""

import asyncio
import contextlib
import re
import socket
from collections.abc import Iterator, Sequence
from types import TracebackType
from typing import Any, Self

import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from services.health import Health
from shared.errors import ConfigurationError
from shared.http.problems import not_found
from shared.platform import Stage
from shared.telemetry.metrics import metrics

_EVENT_STREAM = re.compile(r"^/v1/conversations/[^/]+/events$")


def is_event_stream(path: str) -> bool:
    """Whether egress serves this path; ingress serves everything else."""
    return _EVENT_STREAM.match(path) is not None


def is_page(path: str) -> bool:
    """Whether the demo's page serves this path, where there is one."""
    return path in ("/", "/favicon.ico") or path.startswith("/demo/")


def front(stages: Sequence[Stage], health: Health, page: Any = None) -> Any:
    """One ASGI app over the stages' own: the probes and metrics, ingress' API and widget, egress' event streams.

    With `page` the demo's page answers `/` and what is below `/demo/`.
    """
    apps = {stage.name: stage.http for stage in stages if stage.http}
    rest = apps.get("ingress") or apps.get("egress") or not_found().response()
    streams = apps.get("egress", rest)

    async def app(scope: Any, receive: Any, send: Any) -> None:
        chosen: Any = rest
        if scope["type"] == "http":
            path = scope["path"]
            if path in ("/healthz", "/readyz"):
                chosen = health
            elif path == "/metrics":
                chosen = metrics
            elif is_event_stream(path):
                chosen = streams
            elif page and is_page(path):
                chosen = page
        await chosen(scope, receive, send)

    return app


class Server(uvicorn.Server):
    """uvicorn as an async context: it listens when entered, and leaves signals to the composition root."""

    def __init__(self, app: Any, host: str, port: int) -> None:
        super().__init__(
            uvicorn.Config(
                app,
                http=_OneWrite,
                host=host,
                port=port,
                log_config=None,
                access_log=False,
                lifespan="off",
                timeout_graceful_shutdown=5,
                proxy_headers=False,  # it would believe X-Forwarded-For of whoever comes over loopback
            )
        )
        self._sockets = [_listen(host, port)]
        self._serving: asyncio.Task[None] | None = None

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield

    async def __aenter__(self) -> Self:
        self._serving = asyncio.create_task(self.serve(self._sockets))
        while not self.started:
            if self._serving.done():
                await self._serving
            await asyncio.sleep(0.005)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.should_exit = True
        assert self._serving
        await self._serving


class _OneWrite(HttpToolsProtocol):
    """uvicorn writes head and body of an answer apart: two system calls and two packets for every message that is accepted."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(GatheringTransport(transport, self.loop))  # type: ignore[arg-type]


class GatheringTransport:
    """A transport that writes once a tick of the loop, all that was given to it meanwhile."""

    def __init__(self, transport: asyncio.Transport, loop: asyncio.AbstractEventLoop) -> None:
        self._transport, self._loop = transport, loop
        self._gathered: list[bytes] = []

    def write(self, data: bytes) -> None:
        if not self._gathered:
            self._loop.call_soon(self._flush)
        self._gathered.append(data)

    def close(self) -> None:
        self._flush()
        self._transport.close()

    def _flush(self) -> None:
        gathered, self._gathered = self._gathered, []
        if gathered:
            self._transport.write(b"".join(gathered))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)


def _listen(host: str, port: int) -> socket.socket:
    listener = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        raise ConfigurationError(f"cannot listen on {host}:{port} ({error.strerror}): set FRONTDESK_HTTP_PORT") from None
    listener.set_inheritable(True)
    return listener
