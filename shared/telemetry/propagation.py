"""W3C trace context as text, for records and headers. Source: https://www.w3.org/TR/trace-context/"""

import secrets

from opentelemetry import trace
from opentelemetry.context import Context
from opentelemetry.trace import NonRecordingSpan, SpanContext, TraceFlags

_SAMPLED = TraceFlags(TraceFlags.SAMPLED)


def traceparent(context: SpanContext | None = None) -> str:
    """The current span (or `context`) as a traceparent; empty when there is none."""
    context = context or trace.get_current_span().get_span_context()
    if not context.is_valid:
        return ""
    return f"00-{context.trace_id:032x}-{context.span_id:016x}-{context.trace_flags:02x}"


def parse(header: str) -> SpanContext | None:
    """A traceparent as a span context, or None when it is none."""
    parts = header.strip().split("-")
    if len(parts) < 4 or [len(p) for p in parts[:4]] != [2, 32, 16, 2] or parts[0] == "ff":
        return None
    try:
        trace_id, span_id, flags = (int(part, 16) for part in parts[1:4])
    except ValueError:
        return None
    context = SpanContext(trace_id, span_id, is_remote=True, trace_flags=TraceFlags(flags))
    return context if context.is_valid else None


def within(header: str) -> Context | None:
    """A context whose current span is the remote one that `header` names."""
    parsed = parse(header)
    return trace.set_span_in_context(NonRecordingSpan(parsed)) if parsed else None


def drawn() -> SpanContext:
    """A trace that nobody records: a turn has an id to be asked for by, also where tracing is off."""
    random = secrets.token_bytes(24)
    return SpanContext(int.from_bytes(random[:16]) or 1, int.from_bytes(random[16:]) or 1, is_remote=False)


def sampled(header: str) -> bool:
    """Whether anybody records this trace; the cheap question of the hot path."""
    return header.endswith(("1", "3", "5", "7", "9", "b", "d", "f"))
