"""A client of the HTTP API, as a customer's browser is one: it posts, streams, confirms, and comes again after a cut."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Self

import httpx2

from shared.errors import FrontdeskError

TERMINAL = ("reply", "confirm", "notice", "handoff")


class RequestRefused(FrontdeskError):
    """The API answered with a problem document."""

    def __init__(self, response: httpx2.Response) -> None:
        self.status = response.status_code
        try:
            problem = response.json()
        except ValueError:
            problem = {}
        super().__init__(f"{self.status} {problem.get('title', '')}: {problem.get('detail', response.text[:200])}")


@dataclass(frozen=True, slots=True)
class StreamEvent:
    """One server-sent event. `id` is empty for a preview."""

    event: str
    data: dict[str, Any]
    id: str = ""


class Client:
    """Speaks for one customer."""

    def __init__(self, address: str, token: str) -> None:
        headers = {"Authorization": f"Bearer {token}"}
        self._http = httpx2.AsyncClient(base_url=address, headers=headers, timeout=httpx2.Timeout(15.0, read=60.0))

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._http.aclose()

    async def send(self, conversation: str, text: str, message_id: str | None = None) -> dict[str, Any]:
        """Post a message. Raises `RequestRefused`."""
        body = {"text": text} | ({"message_id": message_id} if message_id else {})
        return await self._json("POST", f"/v1/conversations/{conversation}/messages", json=body)

    async def confirm(self, conversation: str, token: str, accept: bool) -> dict[str, Any]:
        """Press a button of a confirmation. Raises `RequestRefused` (410: too late)."""
        return await self._json("POST", f"/v1/conversations/{conversation}/confirmations/{token}", json={"accept": accept})

    async def transcript(self, conversation: str) -> dict[str, Any]:
        return await self._json("GET", f"/v1/conversations/{conversation}")

    @asynccontextmanager
    async def stream(self, conversation: str, last_id: str = "") -> AsyncIterator[AsyncIterator[StreamEvent]]:
        """The events of a conversation after `last_id`, or all that are remembered. Raises `RequestRefused`."""
        headers = {"Accept": "text/event-stream"} | ({"Last-Event-ID": last_id} if last_id else {})
        async with self._http.stream("GET", f"/v1/conversations/{conversation}/events", headers=headers) as response:
            if response.status_code != 200:
                await response.aread()
                raise RequestRefused(response)
            yield events_of(response)

    async def _json(self, method: str, path: str, **more: Any) -> dict[str, Any]:
        response = await self._http.request(method, path, **more)
        if response.status_code >= 400:
            raise RequestRefused(response)
        answer: dict[str, Any] = response.json()
        return answer


async def events_of(response: httpx2.Response) -> AsyncIterator[StreamEvent]:
    """The events of a response as they come. Source of the format: https://html.spec.whatwg.org/multipage/server-sent-events.html"""
    name, id, data = "message", "", []
    async for line in response.aiter_lines():
        if line:
            field, _, value = line.partition(":")
            value = value.removeprefix(" ")
            match field:
                case "event":
                    name = value
                case "id":
                    id = value
                case "data":
                    data.append(value)
        elif data:
            yield StreamEvent(name, json.loads("\n".join(data)), id)
            name, id, data = "message", "", []
        else:
            name, id = "message", ""
