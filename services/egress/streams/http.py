"""The door of the streams: `GET /v1/conversations/{id}/events`, for the customer who opened the conversation."""

import asyncio
import re
from contextlib import suppress
from dataclasses import dataclass

import structlog
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Message, Receive, Scope, Send

from services.egress.streams.hub import Hub
from services.egress.streams.sse import last_event_id, retry
from services.egress.streams.stream import Streaming
from services.egress.streams.view import View
from shared.errors import StoreBroken, StoreUnavailable
from shared.http.problems import Problem, answer, not_found, unauthenticated
from shared.identity.credentials import Credentials
from shared.identity.sessions import Session, Unauthenticated
from shared.lane.documents import Conversation

log = structlog.get_logger(__name__)

_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_HEADERS = {
    "content-type": "text/event-stream",
    "cache-control": "no-store",
    "x-accel-buffering": "no",  # nginx would collect frames otherwise
}


@dataclass(frozen=True, slots=True)
class Room:
    """Streams open at a time."""

    of_conversation: int = 16
    of_process: int = 20_000


@dataclass(frozen=True, slots=True)
class Door:
    """Lets customers in to their own conversations. Another's, and one that is not there, are the same 404."""

    credentials: Credentials
    streaming: Streaming
    hub: Hub
    room: Room

    async def events(self, request: Request) -> Response:
        """Everything remembered, or what came after `Last-Event-ID`; then what happens."""
        session = self._session(request)
        conversation = request.path_params["id"]
        try:
            seen = last_event_id(request.headers.get("last-event-id") or request.query_params.get("last_event_id"))
        except ValueError:
            raise Problem(400, "Last-Event-ID is not an id of this stream.") from None
        lane = await self.streaming.records.get(Conversation, conversation) if _ID.fullmatch(conversation) else None
        if lane is None or lane.customer != session.customer.id:
            raise not_found()
        if self.hub.streams(conversation) >= self.room.of_conversation:
            raise Problem(429, "Too many streams of this conversation are open.", headers={"Retry-After": "5"})
        if self.hub.streams() >= self.room.of_process:
            raise Problem(503, "Too many streams are open.", headers={"Retry-After": "5"})
        return EventStream(self.streaming, self.hub, View(conversation, self.streaming.telling, seen), session.expires)

    def _session(self, request: Request) -> Session:
        try:
            return self.credentials.session(request.scope["headers"])
        except Unauthenticated as error:
            raise unauthenticated(str(error), presented="authorization" in request.headers) from None

    def app(self) -> Starlette:
        """The route; every error is a problem document."""
        errors = (Problem, HTTPException, StoreUnavailable, StoreBroken, Exception)
        routes = [Route("/v1/conversations/{id}/events", self.events, methods=["GET"])]
        return Starlette(routes=routes, exception_handlers=dict.fromkeys(errors, answer))


class EventStream(Response):
    """A response that lasts until the client leaves, or the stream ends."""

    def __init__(self, streaming: Streaming, hub: Hub, view: View, expires: float) -> None:
        super().__init__(status_code=200, headers=_HEADERS)
        self._streaming, self._hub, self._view, self._expires = streaming, hub, view, expires

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = [(name, value) for name, value in self.raw_headers if name != b"content-length"]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        if scope["method"] == "HEAD":
            await send(_body(b"", more=False))
            return
        told = asyncio.create_task(self._tell(send))
        gone = asyncio.create_task(_disconnected(receive))
        try:
            await asyncio.wait({told, gone}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in (told, gone):
                task.cancel()
            await asyncio.wait({told, gone})
        if not told.cancelled() and (error := told.exception()):
            raise error

    async def _tell(self, send: Send) -> None:
        async def write(data: bytes) -> None:
            await send(_body(data, more=True))

        with self._hub.joined(self._view.conversation) as box:
            await write(retry(self._streaming.pace.come_again))
            with suppress(TimeoutError):
                await self._streaming.open(self._view, box, write, self._expires).run()
                await send(_body(b"", more=False))
                return
        log.info("slow client: stream closed", conversation=self._view.conversation)


def _body(data: bytes, *, more: bool) -> Message:
    return {"type": "http.response.body", "body": data, "more_body": more}


async def _disconnected(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
