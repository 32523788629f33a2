import asyncio
import gzip
import subprocess
import sys

import httpx2
import pytest
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.trace import Link, Status, StatusCode
from starlette.testclient import TestClient

from shared.telemetry.receiver import create_app
from shared.telemetry.spans import SpanStore
from tests.servers import free_port
from tests.waiting import until


@pytest.fixture
def store(tmp_path):
    store = SpanStore(tmp_path / "spans.db")
    yield store
    store.close()


async def test_the_real_exporter_is_understood(tmp_path):
    port = free_port()
    command = [sys.executable, "-m", "shared.telemetry.receiver", "--data", tmp_path / "spans.db", "--port", str(port)]
    process = subprocess.Popen(command)
    try:
        await until(lambda: _answers(port), 20)
        provider = TracerProvider()
        provider.add_span_processor(SimpleSpanProcessor(OTLPSpanExporter(endpoint=f"http://127.0.0.1:{port}/v1/traces")))
        tracer = provider.get_tracer("frontdesk.test")
        with tracer.start_as_current_span("outer") as outer:
            linked = Link(outer.get_span_context(), {"why": "attempt"})
            with tracer.start_as_current_span(
                "inner", links=[linked], attributes={"desk.turn.id": "c:1", "n": [1, 2]}
            ) as inner:
                inner.set_status(Status(StatusCode.ERROR, "Boom"))
        await asyncio.to_thread(provider.shutdown)
    finally:
        process.terminate()
        process.wait(10)
    store = SpanStore(tmp_path / "spans.db", read_only=True)
    (trace_id,) = store.find("c:1")
    first, second = store.trace(trace_id)
    store.close()
    assert (first.name, second.name, second.parent_id) == ("outer", "inner", first.span_id)
    assert (second.error, second.attributes["n"], second.links[0][1:]) == ("Boom", [1, 2], (first.span_id, {"why": "attempt"}))


def _answers(port):
    try:
        return httpx2.get(f"http://127.0.0.1:{port}/healthz").status_code == 200
    except httpx2.TransportError:
        return False


@pytest.mark.parametrize("body", [b"\xff\xff\xff", b"{}", b"not protobuf at all"])
def test_what_is_no_export_is_refused_and_nothing_is_kept(store, body):
    with TestClient(create_app(store)) as client:
        assert client.post("/v1/traces", content=body).status_code == 400
        assert client.post("/v1/traces", content=body, headers={"content-encoding": "gzip"}).status_code == 400


def test_gzip(store):
    body = gzip.compress(ExportTraceServiceRequest().SerializeToString())
    with TestClient(create_app(store)) as client:
        assert client.post("/v1/traces", content=body, headers={"content-encoding": "gzip"}).status_code == 200
