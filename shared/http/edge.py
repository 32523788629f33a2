"""What stands before every route: a limit on size, the headers of a careful server, other origins only where configured."""

from collections.abc import Sequence
from dataclasses import dataclass

import structlog
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from shared.http.problems import Problem, recorded
from shared.telemetry.http import HttpTracing, Trusted

log = structlog.get_logger(__name__)

_HEADERS = [
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-frame-options", b"DENY"),
]
_OF_DATA = [
    (b"cache-control", b"no-store"),
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
]
_BODILESS = {"GET", "HEAD", "OPTIONS", "DELETE"}


@dataclass(frozen=True, slots=True)
class EdgeSettings:
    """`largest_body` in bytes; `origins` other than our own that browsers may call from (none: CORS stays off)."""

    largest_body: int = 256 * 1024
    origins: Sequence[str] = ()


def edge(app: ASGIApp, settings: EdgeSettings, trusted: Trusted = lambda _: False) -> ASGIApp:
    """`app` behind tracing, CORS, security headers and the limit on size, from the outside in."""
    inner: ASGIApp = _LastResort(_Headers(_BodyLimit(app, settings.largest_body)))
    if settings.origins:
        inner = CORSMiddleware(
            inner,
            allow_origins=settings.origins,
            allow_methods=["GET", "POST", "DELETE"],
            allow_headers=["Authorization", "Content-Type", "Last-Event-ID"],
            expose_headers=["X-Trace-Id", "Retry-After"],
            max_age=600,
        )
    return HttpTracing(inner, trusted)


class _LastResort:
    """Ends what the frameworks raise again after they answered it: the server would print it, and its text may quote input."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        started = False

        async def watched(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self._app(scope, receive, watched)
        except Exception as error:
            if started:
                log.info("answer ended by an error", error=type(error).__name__)
            else:
                await recorded(error).response()(scope, receive, send)


class _BodyLimit:
    """Reads the body before the route does, and answers 413 as soon as it is too large, announced or not."""

    def __init__(self, app: ASGIApp, largest: int) -> None:
        self._app, self._largest = app, largest

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] in _BODILESS:
            return await self._app(scope, receive, send)
        try:
            body = await self._body(scope, receive)
        except ClientDisconnect:
            return None  # what has come may be valid by chance, and is not what was meant
        if body is None:
            problem = Problem(413, f"At most {self._largest} bytes are taken.", headers={"Connection": "close"})
            return await problem.response()(scope, receive, send)
        return await self._app(scope, _replayed(body, receive), send)

    async def _body(self, scope: Scope, receive: Receive) -> bytes | None:
        for name, value in scope["headers"]:
            if name == b"content-length" and value.isdigit() and int(value) > self._largest:
                return None
        body, more = b"", True
        while more:
            message = await receive()
            if message["type"] != "http.request":
                raise ClientDisconnect
            body, more = body + message.get("body", b""), message.get("more_body", False)
            if len(body) > self._largest:
                return None
        return body


def _replayed(body: bytes, receive: Receive) -> Receive:
    """The body once, then whatever the client does next."""
    read = False

    async def replay() -> Message:
        nonlocal read
        if read:
            return await receive()
        read = True
        return {"type": "http.request", "body": body, "more_body": False}

    return replay


class _Headers:
    """Adds the headers that an answer does not set itself. Answers other than pages are never cached."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = list(message.get("headers", ()))
                present = {name.lower() for name, _ in headers}
                page = any(
                    n.lower() == b"content-type" and v.startswith((b"text/html", b"text/javascript")) for n, v in headers
                )
                wanted = _HEADERS if page else _HEADERS + _OF_DATA
                message = {**message, "headers": headers + [each for each in wanted if each[0] not in present]}
            await send(message)

        await self._app(scope, receive, with_headers if scope["type"] == "http" else send)
