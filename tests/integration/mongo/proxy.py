"""A TCP proxy in front of MongoDB that loses answers: the server has done what it was asked, and the client never hears."""

import asyncio
import contextlib
import ssl
import struct
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from typing import TypeVar
from urllib.parse import urlsplit

import bson

Fault = str | None
"""`after`: cut when the server has answered; `before`: cut instead of asking it; `silence`: swallow the answer;
`stepdown`: say instead that the server, which has done it, is the primary no longer."""

_OP_MSG = 2013
STEPPED_DOWN = {  # https://github.com/mongodb/specifications/blob/master/source/retryable-writes/retryable-writes.md
    "ok": 0.0,
    "code": 189,
    "codeName": "PrimarySteppedDown",
    "errmsg": "Primary stepped down while waiting for replication",
    "errorLabels": ["RetryableWriteError"],
}


@dataclass
class Proxy:
    """`fault(command)` is asked about each command; what it names happens to it. `meanwhile` runs before an answer is lost."""

    server: tuple[str, int]
    fault: Callable[[str], Fault] = lambda command: None
    meanwhile: Callable[[], Awaitable[None]] | None = None
    lost: list[str] = field(default_factory=list)
    port: int = 0
    _watching: set[asyncio.StreamWriter] = field(default_factory=set)  # whose last command was `hello`

    def lose(self, command: str, how: str = "after", times: int = 1) -> None:
        """The answers to the next so many of these commands."""
        left = times

        def fault(name: str) -> Fault:
            nonlocal left
            if name != command or not left:
                return None
            left -= 1
            return how

        self.fault = fault

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            above, below = await asyncio.open_connection(*self.server)
        except OSError:
            await _closed(writer)
            return
        doomed: dict[int, tuple[str, str]] = {}
        pumps = [
            asyncio.create_task(self._ask(reader, writer, below, doomed)),
            asyncio.create_task(self._answer(above, writer, doomed)),
        ]
        try:
            await asyncio.wait(pumps, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for pump in pumps:
                pump.cancel()
            await asyncio.gather(*pumps, return_exceptions=True)
            self._watching.discard(writer)
            await _closed(writer, below)

    def instead(self, command: str, client: asyncio.StreamWriter) -> dict | None:
        """What the proxy answers by itself. Raises `ConnectionRefusedError` to cut the connection."""
        return None

    async def _ask(
        self, reader: asyncio.StreamReader, client: asyncio.StreamWriter, below: asyncio.StreamWriter, doomed: dict
    ) -> None:
        while True:
            number, _, message = await _message(reader)
            command = _command(message)
            if (own := self.instead(command, client)) is not None:
                client.write(_reply(number, own))
                continue
            (self._watching.add if command == "hello" else self._watching.discard)(client)
            how = self.fault(command)
            if how == "before":
                self.lost.append(command)
                return
            if how:
                doomed[number] = (how, command)
            below.write(message)
            await below.drain()

    async def _answer(self, above: asyncio.StreamReader, writer: asyncio.StreamWriter, doomed: dict) -> None:
        while True:
            _, answers, message = await _message(above)
            how, command = doomed.pop(answers, (None, ""))
            if how:
                self.lost.append(command)
                if self.meanwhile is not None:
                    await self.meanwhile()
                if how == "after":
                    return
                if how == "stepdown":
                    writer.write(_reply(answers, STEPPED_DOWN))
                    for watching in self._watching - {writer}:  # a server that steps down tells its monitors
                        watching.transport.abort()
                continue
            writer.write(message)
            await writer.drain()


P = TypeVar("P", bound=Proxy)


@contextlib.asynccontextmanager
async def proxy_before(url: str, kind: type[P] = Proxy, tls: ssl.SSLContext | None = None) -> AsyncIterator[P]:
    """With `tls`, that is what clients have to speak."""
    parts = urlsplit(url)
    assert parts.hostname
    assert parts.port
    proxy = kind((parts.hostname, parts.port))
    tasks: set[asyncio.Task[None]] = set()

    writers: list[asyncio.StreamWriter] = []

    def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writers.append(writer)
        task = asyncio.ensure_future(proxy.serve(reader, writer))
        tasks.add(task)
        task.add_done_callback(tasks.discard)

    listening = await asyncio.start_server(accept, "127.0.0.1", 0, ssl=tls)
    proxy.port = listening.sockets[0].getsockname()[1]
    try:
        yield proxy
    finally:
        listening.close()
        if tasks:  # a connection that is being made cannot be cancelled without a trace
            await asyncio.wait(list(tasks), timeout=0.5)
        for task in list(tasks):
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await _closed(*writers)


async def _closed(*writers: asyncio.StreamWriter) -> None:
    for writer in writers:
        writer.transport.abort()
    for writer in writers:
        with contextlib.suppress(OSError):
            await writer.wait_closed()


async def _message(reader: asyncio.StreamReader) -> tuple[int, int, bytes]:
    """(id, id that it answers, all bytes), https://www.mongodb.com/docs/manual/reference/mongodb-wire-protocol/."""
    header = await reader.readexactly(16)
    length, number, answers, _ = struct.unpack("<iiii", header)
    return number, answers, header + await reader.readexactly(length - 16)


def _command(message: bytes) -> str:
    """The name of the command of an OP_MSG whose first section is its body, as drivers send it."""
    if struct.unpack_from("<i", message, 12)[0] != _OP_MSG or message[20] != 0:
        return ""
    size = struct.unpack_from("<i", message, 21)[0]
    return next(iter(bson.decode(message[21 : 21 + size])))


def _reply(answers: int, document: dict) -> bytes:
    body = struct.pack("<iB", 0, 0) + bson.encode(document)
    return struct.pack("<iiii", 16 + len(body), 0, answers, _OP_MSG) + body
