"""The span of a hop, as an exporter gets it."""

import pytest
from opentelemetry import trace
from opentelemetry.exporter.otlp.proto.common.trace_encoder import encode_spans
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.sdk.trace.sampling import ALWAYS_OFF, ParentBased, Sampler
from opentelemetry.trace import Link, SpanKind, StatusCode

from shared.telemetry.hop import start_hop
from shared.telemetry.propagation import parse, within

TRACE, ABOVE, OWN = "4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7", 0x1234
SAMPLED, DROPPED = (f"00-{TRACE}-{ABOVE}-{flags}" for flags in ("01", "00"))


def recording(monkeypatch: pytest.MonkeyPatch, sampler: Sampler | None = None) -> InMemorySpanExporter:
    exporter, provider = InMemorySpanExporter(), TracerProvider(sampler=sampler)
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    monkeypatch.setattr(trace, "get_tracer_provider", lambda: provider)
    return exporter


def started(header: str, *links: Link) -> trace.Span:
    parent = within(header)
    assert parent
    return start_hop("process asked", parent, OWN, {"desk.stage": "safety"}, links)


def test_it_is_exported_whole_and_once(monkeypatch):
    exporter = recording(monkeypatch)
    earlier = parse(SAMPLED)
    span = started(SAMPLED, Link(earlier, {"desk.link": "previous attempt"}))
    assert span.is_recording()
    span.set_attribute("desk.settled", "nak")
    span.set_attributes({"desk.attempt": 2})
    span.add_event("guard failed", {"error.type": "OSError"})
    span.set_status(StatusCode.ERROR, "OSError")
    span.end()
    span.end()
    assert not span.is_recording()
    (told,) = exporter.get_finished_spans()
    assert (told.name, told.kind, told.context.span_id) == ("process asked", SpanKind.CONSUMER, OWN)
    assert (f"{told.context.trace_id:032x}", f"{told.parent.span_id:016x}", told.parent.is_remote) == (TRACE, ABOVE, True)
    assert told.attributes == {"desk.stage": "safety", "desk.settled": "nak", "desk.attempt": 2}
    assert (told.status.status_code, told.status.description) == (StatusCode.ERROR, "OSError")
    assert [event.name for event in told.events] == ["guard failed"]
    assert told.start_time <= told.events[0].timestamp <= told.end_time
    (scope,) = encode_spans([told]).resource_spans[0].scope_spans
    assert scope.scope.name == "frontdesk.messaging"
    assert scope.spans[0].links[0].span_id.hex() == ABOVE


def test_an_exceptions_text_is_not_exported(monkeypatch):
    exporter = recording(monkeypatch)
    span = started(SAMPLED)
    span.record_exception(ValueError("my card is 4111"))
    span.end()
    (event,) = exporter.get_finished_spans()[0].events
    assert event.attributes == {"exception.type": "ValueError"}


@pytest.mark.parametrize(
    ("header", "sampler"), [(DROPPED, None), (SAMPLED, ALWAYS_OFF), (SAMPLED, ParentBased(ALWAYS_OFF, ALWAYS_OFF))]
)
def test_what_the_sampler_drops_is_not_recorded_and_tells_those_below_so(monkeypatch, header, sampler):
    exporter = recording(monkeypatch, sampler)
    span = started(header)
    assert not span.is_recording()
    assert not span.get_span_context().trace_flags.sampled
    assert f"{span.get_span_context().trace_id:032x}" == TRACE
    span.end()
    assert exporter.get_finished_spans() == ()


def test_where_tracing_is_off_the_context_goes_on(monkeypatch):
    monkeypatch.setattr(trace, "get_tracer_provider", trace.NoOpTracerProvider)
    span = started(SAMPLED)
    assert not span.is_recording()
    assert f"{span.get_span_context().span_id:016x}" == ABOVE
