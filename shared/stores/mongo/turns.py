"""Changes of one document by one process come one after the other: among themselves they never meet a conflict."""

import asyncio
from collections.abc import AsyncIterator, Hashable
from contextlib import asynccontextmanager


class Turns:
    """A queue for each key that somebody waits for, and nothing for those that nobody does."""

    def __init__(self) -> None:
        self._queues: dict[Hashable, tuple[asyncio.Lock, int]] = {}

    @asynccontextmanager
    async def of(self, key: Hashable) -> AsyncIterator[None]:
        """Held by one at a time, in the order of asking."""
        lock, waiting = self._queues.get(key, (None, 0))
        lock = lock or asyncio.Lock()
        self._queues[key] = lock, waiting + 1
        try:
            async with lock:
                yield
        finally:
            _, waiting = self._queues[key]
            if waiting == 1:
                del self._queues[key]
            else:
                self._queues[key] = lock, waiting - 1
