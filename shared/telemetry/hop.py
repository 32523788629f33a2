"""The span of one attempt at a message, at a third of what the SDK's own span costs.

Every process makes one for each message of a recorded turn, so that it is most of what tracing costs. The SDK decides
whether it is recorded, and exports it; only its making is ours.
"""

import time
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from opentelemetry import trace
from opentelemetry.context import Context
from opentelemetry.sdk.trace import Event, ReadableSpan, Tracer
from opentelemetry.sdk.trace.sampling import Decision
from opentelemetry.sdk.util.instrumentation import InstrumentationScope
from opentelemetry.trace import Link, Span, SpanContext, SpanKind, Status, StatusCode, TraceFlags
from opentelemetry.util.types import Attributes, AttributeValue

_SCOPE = InstrumentationScope("frontdesk.messaging")
_SAMPLED = TraceFlags(TraceFlags.SAMPLED)


class HopSpan(ReadableSpan, Span):
    """A CONSUMER span that one task writes to. Unlike the SDK's it takes attributes as they are, without limits or checks:
    they are this package's own, few and short."""

    _attributes: dict[str, AttributeValue]
    _events: list[Event]

    def __init__(
        self,
        tracer: Tracer,
        name: str,
        context: SpanContext,
        parent: SpanContext,
        attributes: dict[str, AttributeValue],
        links: Sequence[Link],
    ) -> None:
        super().__init__(
            name,
            context,
            parent,
            tracer.resource,
            attributes,
            [],
            links,
            SpanKind.CONSUMER,
            start_time=time.time_ns(),
            instrumentation_scope=_SCOPE,
        )
        self._processor = tracer.span_processor

    def get_span_context(self) -> SpanContext:
        assert self._context
        return self._context

    def is_recording(self) -> bool:
        return self._end_time is None

    def set_attribute(self, key: str, value: AttributeValue) -> None:
        self._attributes[key] = value

    def set_attributes(self, attributes: Mapping[str, AttributeValue]) -> None:
        self._attributes.update(attributes)

    def add_event(self, name: str, attributes: Attributes = None, timestamp: int | None = None) -> None:
        self._events.append(Event(name, attributes, timestamp))

    def update_name(self, name: str) -> None:
        self._name = name

    def set_status(self, status: Status | StatusCode, description: str | None = None) -> None:
        self._status = status if isinstance(status, Status) else Status(status, description)

    def record_exception(
        self,
        exception: BaseException,
        attributes: Attributes = None,
        timestamp: int | None = None,
        escaped: bool = False,
    ) -> None:
        """The exception's type; its text may quote a customer."""
        self.add_event("exception", {"exception.type": type(exception).__qualname__, **(attributes or {})}, timestamp)

    def end(self, end_time: int | None = None) -> None:
        """Hand it to the exporter; once."""
        if self._end_time is None:
            self._end_time = end_time or time.time_ns()
            self._processor.on_end(self)


def start_hop(name: str, parent: Context, span_id: int, attributes: dict[str, Any], links: Sequence[Link] = ()) -> Span:
    """The span `span_id` below the remote one that is current in `parent`, started now; one that records nothing where
    tracing is off or the sampler drops it."""
    above = trace.get_current_span(parent).get_span_context()
    tracer = _tracer(trace.get_tracer_provider())
    if tracer is None:
        return trace.NonRecordingSpan(above)
    decided = tracer.sampler.should_sample(parent, above.trace_id, name, SpanKind.CONSUMER, attributes, links)
    recorded = decided.decision is Decision.RECORD_AND_SAMPLE
    flags = TraceFlags(above.trace_flags | _SAMPLED) if recorded else TraceFlags(above.trace_flags & ~_SAMPLED)
    context = SpanContext(above.trace_id, span_id, is_remote=False, trace_flags=flags, trace_state=decided.trace_state)
    return HopSpan(tracer, name, context, above, attributes, links) if recorded else trace.NonRecordingSpan(context)


@cache
def _tracer(provider: trace.TracerProvider) -> Tracer | None:
    tracer = provider.get_tracer(_SCOPE.name)
    return tracer if isinstance(tracer, Tracer) else None
