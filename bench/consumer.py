"""The least that a durable consumer can be on nats-py: what our messaging and our pipeline are measured against."""

import asyncio
from collections.abc import Awaitable, Callable

from nats.aio.client import Client
from nats.aio.msg import Msg

_ASK, _CONCURRENCY = 200, 512
_PULL = b'{"batch":%d,"expires":30000000000}'


class Consumer:
    """One long pull request kept topped up; `handle` runs as a task, and its message is acknowledged when it returns."""

    def __init__(self, client: Client, stream: str, durable: str, handle: Callable[[Msg], Awaitable[None]]) -> None:
        self._client, self._handle = client, handle
        self._next = f"$JS.API.CONSUMER.MSG.NEXT.{stream}.{durable}"
        self._inbox, self._owed = client.new_inbox(), 0
        self._free = asyncio.Semaphore(_CONCURRENCY)
        self._tasks: set[asyncio.Task[None]] = set()

    async def start(self) -> None:
        """Begin to take messages."""
        await self._client.subscribe(self._inbox, cb=self._receive)
        await self._top_up()

    async def _top_up(self) -> None:
        asked, self._owed = _ASK - self._owed, _ASK
        await self._client.publish(self._next, _PULL % asked, self._inbox)

    async def _receive(self, msg: Msg) -> None:
        if not msg.reply:  # the request has ended
            self._owed = 0
            await self._top_up()
            return
        self._owed -= 1
        if self._owed <= _ASK // 2:
            await self._top_up()
        await self._free.acquire()
        task = asyncio.create_task(self._work(msg))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _work(self, msg: Msg) -> None:
        try:
            await self._handle(msg)
            await msg.ack()
        finally:
            self._free.release()
