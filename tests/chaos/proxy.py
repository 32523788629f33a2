"""A TCP proxy that cuts, delays and stops what passes through it, whatever it is."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

_CHUNK = 65536


@dataclass
class Proxy:
    """In front of `server`. `delay`: seconds that each piece is held; `stopped`: connections stand and nothing passes."""

    server: tuple[str, int]
    delay: float = 0.0
    port: int = 0
    _open: asyncio.Event = field(default_factory=asyncio.Event)
    _writers: set[asyncio.StreamWriter] = field(default_factory=set)
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)

    def cut(self) -> int:
        """Reset every connection; the answer is how many ends there were."""
        count = len(self._writers)
        for writer in self._writers:
            writer.transport.abort()
        return count

    def stop(self) -> None:
        """Nothing passes until `go`, and nobody is told."""
        self._open.clear()

    def go(self) -> None:
        self._open.set()

    @contextlib.asynccontextmanager
    async def listening(self) -> AsyncIterator[None]:
        """Serve on a port that the kernel chooses, for as long as the block lasts."""
        self._open.set()
        server = await asyncio.start_server(self._accepted, "127.0.0.1", 0)
        self.port = server.sockets[0].getsockname()[1]
        try:
            yield
        finally:
            server.close()
            self.cut()
            for task in tuple(self._tasks):
                task.cancel()
            await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _accepted(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            above, below = await asyncio.open_connection(*self.server)
        except OSError:
            writer.transport.abort()
            return
        self._writers |= {writer, below}
        pumps = [asyncio.create_task(self._pump(*ends)) for ends in ((reader, below), (above, writer))]
        self._tasks.update(pumps)
        await asyncio.wait(pumps, return_when=asyncio.FIRST_COMPLETED)
        for pump in pumps:
            pump.cancel()
        await asyncio.gather(*pumps, return_exceptions=True)
        self._tasks.difference_update(pumps)
        for end in (writer, below):
            end.transport.abort()
            self._writers.discard(end)

    async def _pump(self, source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError):
            while data := await source.read(_CHUNK):
                await self._open.wait()
                if self.delay:
                    await asyncio.sleep(self.delay)
                target.write(data)
                await target.drain()
