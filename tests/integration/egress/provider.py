"""A provider of messages on loopback, and the channel that sends through it."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import httpx2
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from shared.channels.base import Guarantee
from shared.contracts import Part
from shared.errors import Rejected, Retryable


@dataclass
class Provider:
    """Delivers what is posted. `landed` is what the customer's telephone got, in order.

    `keeps_keys`: a key that comes again is answered as the first time and delivers nothing.
    """

    keeps_keys: bool = False
    landed: list[tuple[str, str]] = field(default_factory=list)  # key, text
    known: dict[str, str] = field(default_factory=dict)  # key to id
    answer_after: list[float] = field(default_factory=list)  # seconds, of the next requests
    status: list[int] = field(default_factory=list)  # of the next requests; other than 200 delivers nothing
    asked: list[str] = field(default_factory=list)
    during: Any = None  # called with the key after it has landed, before the answer

    def app(self) -> Starlette:
        return Starlette(routes=[Route("/messages", self.send, methods=["POST"]), Route("/messages/{key}", self.look_up)])

    async def send(self, request: Request) -> Response:
        body = await request.json()
        key = request.headers["idempotency-key"]
        status = self.status.pop(0) if self.status else 200
        if status != 200:
            return JSONResponse({}, status)
        if not (self.keeps_keys and key in self.known):
            self.landed.append((key, body["text"]))
            self.known[key] = f"id{len(self.landed)}"
        if self.during:
            await self.during(key)
        if self.answer_after:
            await asyncio.sleep(self.answer_after.pop(0))
        return JSONResponse({"id": self.known[key]})

    async def look_up(self, request: Request) -> Response:
        key = request.path_params["key"]
        self.asked.append(key)
        return JSONResponse({"id": self.known[key]}) if key in self.known else JSONResponse({}, 404)


class Sms:
    """A push channel: a text a part."""

    def __init__(self, url: str, guarantee: Guarantee, hooks: Any = None) -> None:
        self.guarantee: Guarantee = guarantee
        self._http = httpx2.AsyncClient(base_url=url, timeout=10, event_hooks=hooks)

    def messages(self, parts: Sequence[Part]) -> Sequence[Sequence[Part]]:
        return [(part,) for part in parts if part.type in ("text", "notice")]

    async def send(self, address: str, parts: Sequence[Part], key: str) -> str:
        body = {"to": address, "text": getattr(parts[0], "text", "")}
        try:
            answer = await self._http.post("/messages", json=body, headers={"idempotency-key": key})
        except httpx2.ConnectError as error:
            raise Retryable("the provider is away", after=0.02) from error
        if answer.status_code == 429:
            raise Retryable("too many", after=0.02)
        if answer.status_code == 400:
            raise Rejected("no such number")
        answer.raise_for_status()
        return str(answer.json()["id"])

    async def look_up(self, key: str) -> str | None:
        answer = await self._http.get(f"/messages/{key}")
        return str(answer.json()["id"]) if answer.status_code == 200 else None

    async def close(self) -> None:
        await self._http.aclose()
