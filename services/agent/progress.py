"""The answer while it is written: numbered deltas, the first ones at once, later ones gathered for a few milliseconds."""

import asyncio
import secrets
from typing import Protocol

from shared.contracts import Delta

AT_ONCE = 2
"""Deltas. The guard shows a word only once the next one begins, so that the second is what a reader waits for."""
GATHER = 0.025
"""Seconds. Gathering costs no time to the first word and saves wake-ups in agent, broker and egress."""


class Progress(Protocol):
    """Where deltas go: previews, which may be lost. Must speak on the connection that the reply leaves on, or the reply
    overtakes them."""

    async def delta(self, conversation: str, delta: Delta) -> None: ...


class DeltaStream:
    """The preview of one step. `count` is the number of deltas of the current attempt; `close` sends what is left."""

    def __init__(self, progress: Progress, conversation: str, epoch: int, step: int, gather: float = GATHER) -> None:
        self._progress, self._conversation, self._gather = progress, conversation, gather
        self._epoch, self._step = epoch, step
        self._run = secrets.token_hex(4)
        self._text = ""
        self._sent_at = 0.0
        self._timer: asyncio.TimerHandle | None = None
        self._late: asyncio.Task[None] | None = None
        self.count = 0

    def restart(self) -> None:
        """A new attempt: a new run, numbered from 0."""
        self._stop_timer()
        self._run, self._text, self._sent_at, self.count = secrets.token_hex(4), "", 0.0, 0

    async def text(self, piece: str) -> None:
        """Send now, or with what comes within the gathering time."""
        self._text += piece
        loop = asyncio.get_running_loop()
        wait = self._sent_at + self._gather - loop.time() if self.count >= AT_ONCE else 0.0
        if wait <= 0.0:
            self._stop_timer()
            await self._send()
        elif self._timer is None:
            self._timer = loop.call_later(wait, self._fire)

    async def close(self) -> None:
        """Send what has been gathered; nothing is sent after it."""
        self._stop_timer()
        if self._late is not None:
            await self._late
        await self._send()

    def _fire(self) -> None:
        self._timer = None
        self._late = asyncio.create_task(self._send())

    async def _send(self) -> None:
        if not self._text:
            return
        delta = Delta(epoch=self._epoch, step=self._step, run=self._run, number=self.count, text=self._text)
        self._text, self._sent_at = "", asyncio.get_running_loop().time()
        self.count += 1
        await self._progress.delta(self._conversation, delta)

    def _stop_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
