"""The trace of a request: one SERVER span, named by the route's template, and the ids for the caller on every answer.

`X-Trace-Id` and `traceresponse` (https://www.w3.org/TR/trace-context-2/#traceresponse-header) are there also where
nobody records: a customer can then still quote an id that stands in the logs.
"""

from collections.abc import Callable
from typing import Any

from opentelemetry import context as otel_context
from opentelemetry import trace
from opentelemetry.context import Context
from opentelemetry.trace import Link, NonRecordingSpan, Span, SpanKind, Status, StatusCode
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from shared.telemetry import names
from shared.telemetry.propagation import drawn, parse, traceparent, within

Trusted = Callable[[Scope], bool]

_tracer = trace.get_tracer("frontdesk.http")


class HttpTracing:
    """ASGI middleware, the outermost one. A `traceparent` continues its trace when `trusted` says so of the request;
    anybody else's is only linked, so that strangers cannot write into our traces or have them sampled."""

    def __init__(self, app: ASGIApp, trusted: Trusted = lambda _: False) -> None:
        self._app, self._trusted = app, trusted

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        span = self._begin(scope)
        answered = _Answer(span, scope, send)
        token = otel_context.attach(trace.set_span_in_context(span))
        try:
            await self._app(scope, receive, answered.send)
        except Exception as error:
            span.set_status(Status(StatusCode.ERROR, type(error).__name__))
            raise
        finally:
            answered.end()
            otel_context.detach(token)

    def _begin(self, scope: Scope) -> Span:
        parent, links = Context(), []
        if header := _header(scope, b"traceparent"):
            if self._trusted(scope) and (remote := within(header)) is not None:
                parent = remote
            elif stranger := parse(header):
                links.append(Link(stranger))
        method = scope["method"] if scope["method"] in _METHODS else "HTTP"
        span = _tracer.start_span(method, parent, SpanKind.SERVER, {names.HTTP_METHOD: method}, links)
        if span.is_recording() or (span.get_span_context().is_valid and not span.get_span_context().is_remote):
            return span
        remote_context = trace.get_current_span(parent).get_span_context()
        return NonRecordingSpan(remote_context if remote_context.is_valid else drawn())


class _Answer:
    """Writes the ids into the answer's head and tells the span what became of it."""

    def __init__(self, span: Span, scope: Scope, send: Send) -> None:
        self._span, self._scope, self._send = span, scope, send
        self._ended = False

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            context = self._span.get_span_context()
            ids = [(b"x-trace-id", b"%032x" % context.trace_id), (b"traceresponse", traceparent(context).encode())]
            headers = [*message.get("headers", ()), *ids]
            message = {**message, "headers": headers}
            if self._span.is_recording():
                self._told(message["status"])
            if any(name.lower() == b"content-type" and value.startswith(b"text/event-stream") for name, value in headers):
                self.end()  # a stream lasts for hours; its span tells how it began
        await self._send(message)

    def _told(self, status: int) -> None:
        route = getattr(self._scope.get("route"), "path", "")
        if route:
            self._span.update_name(f"{self._scope['method']} {route}")
            self._span.set_attribute(names.HTTP_ROUTE, route)
        self._span.set_attribute(names.HTTP_STATUS, status)
        if status >= 500:
            self._span.set_status(Status(StatusCode.ERROR))

    def end(self) -> None:
        if not self._ended:
            self._ended = True
            self._span.end()


_METHODS = {"GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"}


def _header(scope: Scope, name: bytes) -> str:
    headers: Any = scope["headers"]
    return next((value.decode("latin-1") for key, value in headers if key == name), "")
