"""One trace a turn begins at its door: the request, what it published; an event's turn is linked to the event's."""

from collections.abc import Iterator

import pytest
from opentelemetry import trace
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from services.ingress import handlers
from services.ingress import sweeper as sweeping
from shared.telemetry import http as http_tracing
from shared.telemetry import nats as nats_tracing
from shared.telemetry.nats import Tracing
from tests.integration.ingress.conftest import Opening
from tests.integration.ingress.test_events_door import PARENT, event, handled, post
from tests.integration.ingress.test_messages import sweeper
from tests.waiting import until


@pytest.fixture
def spans(monkeypatch: pytest.MonkeyPatch) -> Iterator[InMemorySpanExporter]:
    exporter, provider = InMemorySpanExporter(), TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    for module, name in ((handlers, "tracer"), (sweeping, "tracer"), (http_tracing, "_tracer"), (nats_tracing, "_tracer")):
        monkeypatch.setattr(module, name, provider.get_tracer("test"))
    monkeypatch.setattr(trace, "get_tracer_provider", lambda: provider)  # what a framework that traces by itself looks for
    yield exporter
    provider.shutdown()


def trace_of(span: ReadableSpan) -> str:
    assert span.context
    return format(span.context.trace_id, "032x")


async def test_a_message_its_publication_and_its_sweep_are_one_trace(opening: Opening, spans: InMemorySpanExporter) -> None:
    door = await opening(middlewares=(Tracing,))
    answer = await door.say("hello", message_id="m1")
    door.clock.skip(25)
    assert await sweeper(door).sweep() == 1
    found = {span.name: span for span in spans.get_finished_spans()}
    server = found["POST /v1/conversations/{conversation_id}/messages"]
    assert set(found) == {server.name, "publish message-received", "sweep"}
    assert {trace_of(span) for span in found.values()} == {answer.json()["trace_id"]}
    assert server.attributes
    assert (server.attributes["desk.message.id"], server.attributes["desk.conversation.id"]) == ("m1", "c1")
    first, again = await door.stored("desk.v1.message-received")
    assert first[1]["traceparent"].split("-")[1] == again[1]["traceparent"].split("-")[1] == answer.json()["trace_id"]


async def test_an_events_turn_has_a_trace_of_its_own_linked_to_the_events(
    opening: Opening, spans: InMemorySpanExporter
) -> None:
    door = await opening(middlewares=(Tracing,))
    await door.say("hello")
    lane = await door.lane()
    await door.records.change(type(lane), "c1", lambda lane: (lane.model_copy(update={"active": None}), None))
    await post(door, event(), traceparent=PARENT)
    await handled(door)
    await until(lambda: any(span.name == "admit" for span in spans.get_finished_spans()))
    (admit,) = (span for span in spans.get_finished_spans() if span.name == "admit")
    assert admit.parent is None
    assert trace_of(admit) != "a" * 32
    assert {format(link.context.trace_id, "032x") for link in admit.links} == {"a" * 32}
    ((_, headers, _),) = await door.stored("desk.v1.notice-due")
    assert headers["traceparent"].split("-")[1] == trace_of(admit)
    stored = await door.lane()
    assert stored.active
    assert stored.active.members[0].trace.split("-")[1] == trace_of(admit)


async def test_one_span_a_request_whose_trace_no_stranger_chooses(opening: Opening, spans: InMemorySpanExporter) -> None:
    door = await opening()
    async with door.http(door.bearer() | {"traceparent": PARENT}) as http:
        answer = await http.post("/v1/conversations/c1/confirmations/secret-token?q=secret-query", json={"accept": 1})
    assert (answer.status_code, answer.json()["trace_id"]) == (400, answer.headers["x-trace-id"])
    (server,) = spans.get_finished_spans()
    assert trace_of(server) == answer.headers["x-trace-id"] != "a" * 32
    assert "secret" not in server.to_json()


async def test_without_a_tracer_a_turn_still_has_its_id_on_every_hop(opening: Opening) -> None:
    door = await opening()
    answer = await door.say("hello")
    lane = await door.lane()
    assert lane.active
    assert lane.active.members[0].trace.split("-")[1] == answer.json()["trace_id"]
    await post(door, event())
    await handled(door)
    assert len((await door.lane()).queue[0].trace) == 55
