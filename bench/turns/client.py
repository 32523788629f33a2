"""HTTP as the load generator speaks it: kept-alive connections that cost little, because they share the machine."""

import asyncio
import time
from collections.abc import Callable, Mapping
from typing import Self, cast
from urllib.parse import urlsplit

import httptools

from shared.errors import FrontdeskError

LATE = 30.0  # seconds
JSON = {"Content-Type": "application/json"}

Heard = Callable[[bytes], None]


class NotMeasured(FrontdeskError):
    """What was to be measured did not do its work: a figure of it would mean nothing."""


class Connection(asyncio.Protocol):
    """One connection, one request at a time. `heard` is told the bytes of a body as they come."""

    def __init__(self, host: str, heard: Heard | None = None) -> None:
        self._host, self._heard = host, heard
        self._parser = httptools.HttpResponseParser(self)
        self._transport: asyncio.Transport | None = None
        self._body = b""
        self._headers: asyncio.Future[int] | None = None
        self._whole: asyncio.Future[bytes] | None = None

    @classmethod
    async def open(cls, url: str, heard: Heard | None = None) -> Self:
        """A connection to the host and port of `url`."""
        address = urlsplit(url).netloc
        host, port = address.split(":")
        loop = asyncio.get_running_loop()
        _, connection = await loop.create_connection(lambda: cls(address, heard), host, int(port))
        return connection

    @property
    def alive(self) -> bool:
        """False once the server has closed it, which it does after some idle seconds."""
        return self._transport is not None and not self._transport.is_closing()

    def close(self) -> None:
        """Leave."""
        if self._transport is not None:
            self._transport.close()

    async def request(self, method: str, path: str, body: bytes = b"", headers: Mapping[str, str] = JSON) -> tuple[int, bytes]:
        """Status and body. Raises `NotMeasured` when the connection ends before, `TimeoutError` when it takes too long."""
        status = await self.begin(method, path, body, headers)
        assert self._whole
        return status, await asyncio.wait_for(self._whole, LATE)

    async def begin(self, method: str, path: str, body: bytes = b"", headers: Mapping[str, str] = JSON) -> int:
        """The status, once it is there; the body goes on coming."""
        loop = asyncio.get_running_loop()
        self._headers, self._whole, self._body = loop.create_future(), loop.create_future(), b""
        head = f"{method} {path} HTTP/1.1\r\nHost: {self._host}\r\nContent-Length: {len(body)}\r\n"
        head += "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        assert self._transport
        self._transport.write(head.encode() + b"\r\n" + body)
        return await asyncio.wait_for(self._headers, LATE)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)  # uvloop's has the methods, not the base class

    def connection_lost(self, error: Exception | None) -> None:
        for waiting in (self._headers, self._whole):
            if waiting and not waiting.done():
                waiting.set_exception(NotMeasured(f"{self._host} closed the connection"))
                waiting.exception()  # it may be that nobody waits

    def data_received(self, data: bytes) -> None:
        self._parser.feed_data(data)

    def on_headers_complete(self) -> None:
        if self._headers and not self._headers.done():
            self._headers.set_result(self._parser.get_status_code())

    def on_body(self, body: bytes) -> None:
        if self._heard is not None:
            self._heard(body)
        else:
            self._body += body

    def on_message_complete(self) -> None:
        if self._whole and not self._whole.done():
            self._whole.set_result(self._body)


class Frames:
    """Server-sent events out of bytes cut anywhere, as much of the format as our own server uses."""

    def __init__(self, heard: Callable[[bytes, bytes], None]) -> None:
        self._heard, self._rest = heard, b""

    def feed(self, data: bytes) -> None:
        """Tell `heard` the name and the data of each event that is whole now."""
        *frames, self._rest = (self._rest + data).split(b"\n\n")
        for frame in frames:
            fields = dict(line.split(b": ", 1) for line in frame.split(b"\n") if not line.startswith(b":"))
            if b"event" in fields:
                self._heard(fields[b"event"], fields[b"data"])


class Stopwatch:
    """Times of one turn, seconds from its start: the first and the second piece of its answer, and its end."""

    def __init__(self) -> None:
        self._began, self.first, self.second, self.total = time.perf_counter(), 0.0, 0.0, 0.0

    def piece(self) -> None:
        """A piece has come."""
        passed = time.perf_counter() - self._began
        if not self.first:
            self.first = passed
        else:
            self.second = self.second or passed

    def end(self) -> None:
        """The answer is whole."""
        self.total = time.perf_counter() - self._began
