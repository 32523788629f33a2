"""The trace of a message: one span an attempt, child of whoever published it, linked to the attempt before.

    POST /v1/conversations/{id}/messages    SERVER
    └ publish message-received              PRODUCER
      ├ process message-received            CONSUMER  attempt 1 ERROR
      └ process message-received            CONSUMER  attempt 2        links: attempt 1
        └ process turn-screened             CONSUMER

FastStream's own middleware makes siblings of them and leaves redeliveries unlinked. A turn that is not sampled costs
one look at its header; its context is passed on all the same.
"""

import time
from collections.abc import Awaitable, Callable
from typing import Any

from faststream.message import StreamMessage
from faststream.nats.response import NatsPublishCommand
from nats.aio.msg import Msg
from opentelemetry import context as otel_context
from opentelemetry import trace
from opentelemetry.context import Context
from opentelemetry.trace import Link, Span, SpanContext, SpanKind, Status, StatusCode, TraceFlags

from shared.contracts import Event
from shared.messaging.delivery import origin
from shared.messaging.middleware import Settle, StageMiddleware, Verdict
from shared.telemetry import names
from shared.telemetry.attempts import attempt_span_id
from shared.telemetry.hop import start_hop
from shared.telemetry.propagation import parse, sampled, traceparent, within

_tracer = trace.get_tracer("frontdesk.messaging")
HEADER = "traceparent"
TURN_HEADER = "Desk-Turn"


class Tracing(StageMiddleware):
    """Middleware of one message: its span lasts until it is settled, and all that is published because of it is below it."""

    _span: Span | None = None
    _incoming = ""

    async def consume_scope(self, call_next: Callable[[Any], Awaitable[Any]], msg: StreamMessage[Msg]) -> Any:
        self._incoming = msg.headers.get(HEADER, "")
        if not sampled(self._incoming) or (parent := within(self._incoming)) is None:
            return await call_next(msg)
        self._span = _process_span(msg.raw_message, self._incoming, parent)
        token = otel_context.attach(trace.set_span_in_context(self._span, parent))
        try:
            return await call_next(msg)
        finally:
            otel_context.detach(token)

    @classmethod
    def overlooks(cls, msg: Msg) -> bool:
        return not sampled((msg.headers or {}).get(HEADER, ""))

    @classmethod
    def forward(cls, msg: Msg, command: NatsPublishCommand) -> None:
        own = command.body.trace if isinstance(command.body, Event) else ""
        if header := own or (msg.headers or {}).get(HEADER, ""):
            command.headers[HEADER] = header

    async def publish_scope(self, call_next: Callable[[Any], Awaitable[Any]], cmd: Any) -> Any:
        own = cmd.body.trace if isinstance(cmd.body, Event) else ""
        if self._span and not own:  # the next hop's span is below this one: a span of its own for the way would double them
            cmd.headers = cmd.headers | _turn(cmd) | {HEADER: traceparent(self._span.get_span_context())}
            return await call_next(cmd)
        base = own or self._incoming or traceparent()
        if not sampled(base):
            if base:
                cmd.headers = cmd.headers | {HEADER: base}
            return await call_next(cmd)
        links = [Link(self._span.get_span_context())] if self._span else None
        attributes = {
            names.SYSTEM: "nats",
            names.OPERATION: "publish",
            names.DESTINATION: _template(cmd.destination),
        }
        name = f"publish {_event_name(cmd.destination)}"
        parent = within(own) if own else None
        with _tracer.start_as_current_span(name, parent, SpanKind.PRODUCER, attributes, links) as span:
            cmd.headers = cmd.headers | _turn(cmd) | {HEADER: traceparent(span.get_span_context())}
            return await call_next(cmd)

    async def settle_scope(self, call_next: Settle, verdict: Verdict) -> None:
        if self._span and verdict.kind != "ack":
            self._span.set_attribute(names.SETTLED, verdict.kind)
            if verdict.error is not None:  # named, never quoted: its text may hold what a customer wrote
                self._span.set_status(Status(StatusCode.ERROR, type(verdict.error).__name__))
        await call_next(verdict)

    async def after_processed(self, exc_type: Any = None, exc_val: Any = None, exc_tb: Any = None) -> bool | None:
        if self._span:
            self._span.end()
        return False


def _process_span(msg: Msg, incoming: str, parent: Context) -> Span:
    """The span of this attempt."""
    stream, consumer, attempt, sequence, stored = origin(msg)
    links: list[Link] = []
    if attempt > 1 and (creation := parse(incoming)):
        before = attempt_span_id(stream, consumer, sequence, attempt - 1)
        earlier = SpanContext(creation.trace_id, before, is_remote=True, trace_flags=TraceFlags(TraceFlags.SAMPLED))
        links.append(Link(earlier, {"desk.link": "previous attempt"}))
    conversation = msg.subject.rsplit(".", 1)[-1]
    attributes: dict[str, str | int | float] = {
        names.SYSTEM: "nats",
        names.OPERATION: "process",
        names.DESTINATION: _template(msg.subject),
        names.CONSUMER: consumer,
        names.STAGE: consumer.split("-", 1)[0],
        names.SEQUENCE: sequence,
        names.QUEUE_WAIT: round(max(0.0, time.time() - stored) * 1000, 2),
        names.MESSAGE_ID: (msg.headers or {}).get("Nats-Msg-Id", ""),
        names.CONVERSATION: conversation,
        names.TURN: (msg.headers or {}).get(TURN_HEADER, ""),
    }
    if attempt > 1:
        attributes[names.ATTEMPT] = attempt
    id = attempt_span_id(stream, consumer, sequence, attempt)
    return start_hop(f"process {_event_name(msg.subject)}", parent, id, attributes, links)


def _turn(cmd: Any) -> dict[str, str]:
    return {TURN_HEADER: cmd.body.turn} if isinstance(cmd.body, Event) else {}


def _event_name(subject: str) -> str:
    """`desk.v1.turn-screened.c7` → `turn-screened`; of a dead letter, its origin's."""
    parts = subject.split(".")
    if parts[0] == "dlq":
        return f"dead letter of {_event_name(subject[4:])}"
    return parts[2] if parts[0] == "desk" and len(parts) > 2 else parts[0]


def _template(subject: str) -> str:
    """The subject without its ids, so that it may be a label."""
    parts = subject.split(".")
    return ".".join([*parts[:-1], "{conversation}"]) if "desk" in parts[:2] else f"{parts[0]}.>"
