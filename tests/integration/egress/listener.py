"""A client of the event stream that reads the wire itself, and keeps all it was told."""

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import httpx2

from tests.waiting import until


@dataclass
class Heard:
    event: str
    data: dict[str, Any]
    id: str = ""


@dataclass
class Listener:
    """`events` in their order; `comments` counts heartbeats; `ended` once the server closed the stream."""

    events: list[Heard] = field(default_factory=list)
    comments: int = 0
    retry: str = ""
    headers: httpx2.Headers | None = None
    ended: bool = False

    def named(self, *names: str) -> list[Heard]:
        return [each for each in self.events if each.event in names]

    @property
    def names(self) -> list[str]:
        return [each.event for each in self.events]

    @property
    def preview(self) -> str:
        """The preview that a client would show now."""
        shown = ""
        for each in self.events:
            if each.event == "delta":
                shown = each.data["text"] if each.data["restart"] else shown + each.data["text"]
            elif each.event != "accepted":
                shown = ""
        return shown

    async def until(self, name: str, count: int = 1) -> Heard:
        """The `count`-th event of this name."""
        return (await until(lambda: len(found := self.named(name)) >= count and found))[count - 1]

    async def read(self, response: httpx2.Response) -> None:
        name, id, data = "", "", []
        async for line in response.aiter_lines():
            kind, _, value = line.partition(":")
            value = value.removeprefix(" ")
            if not line:
                if data:
                    self.events.append(Heard(name, json.loads("\n".join(data)), id))
                name, id, data = "", "", []
            elif kind == "":
                self.comments += 1
            elif kind == "event":
                name = value
            elif kind == "id":
                id = value
            elif kind == "data":
                data.append(value)
            elif kind == "retry":
                self.retry = value
        self.ended = True


@contextlib.asynccontextmanager
async def listening(
    http: httpx2.AsyncClient, path: str = "/v1/conversations/c1/events", **more: Any
) -> AsyncIterator[Listener]:
    """A stream that is read in the background for as long as the block lasts. The answer's head has come."""
    listener = Listener()
    async with http.stream("GET", path, **more) as response:
        assert response.status_code == 200, await response.aread()
        listener.headers = response.headers
        task = asyncio.create_task(listener.read(response))
        try:
            yield listener
        finally:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError, httpx2.HTTPError):
                await task
