"""Before every route: traces, limits on size, headers, problem documents."""

from collections.abc import AsyncIterator, Iterator
from typing import Any

import httpx2
import pytest
from fastapi import FastAPI
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import StreamingResponse
from structlog.testing import capture_logs

from shared.errors import StoreBroken, StoreUnavailable
from shared.http.edge import EdgeSettings, edge
from shared.http.problems import Problem, install
from shared.telemetry import http as tracing

PARENT = "00-" + "a" * 32 + "-" + "b" * 16 + "-01"


class Body(BaseModel):
    number: int


def application() -> FastAPI:
    app = FastAPI(openapi_url=None)
    install(app)

    @app.get("/things/{id}")
    async def thing(id: str) -> dict[str, str]:
        errors = {
            "away": StoreUnavailable("x", after=2.5),
            "broken": StoreBroken("x"),
            "no": Problem(410, "Gone."),
            "bug": KeyError("4111"),
        }
        if id in errors:
            raise errors[id]
        return {"id": id}

    @app.post("/things")
    async def add(body: Body) -> Body:
        return body

    @app.post("/raw")
    async def raw(request: Request) -> int:
        return len(await request.body())

    @app.get("/stream")
    async def stream() -> StreamingResponse:
        async def events() -> AsyncIterator[bytes]:
            yield b"data: 1\n\n"

        return StreamingResponse(events(), media_type="text/event-stream")

    return app


def client(trusted: bool = False, **settings: object) -> httpx2.AsyncClient:
    app = edge(application(), EdgeSettings(largest_body=100, **settings), lambda _: trusted)  # type: ignore[arg-type]
    return httpx2.AsyncClient(transport=httpx2.ASGITransport(app), base_url="http://desk")


@pytest.fixture
def spans(monkeypatch: pytest.MonkeyPatch) -> Iterator[InMemorySpanExporter]:
    exporter, provider = InMemorySpanExporter(), TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    monkeypatch.setattr(tracing, "_tracer", provider.get_tracer("test"))
    yield exporter
    provider.shutdown()


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("GET", "/nowhere", None, 404),
        ("PUT", "/things", b"{}", 405),
        ("POST", "/things", b"{", 400),
        ("POST", "/things", b'{"number": "4111111111111111 x"}', 400),
        ("POST", "/things", b"\xff", 400),
        ("POST", "/things", b'{"number": 1' + b" " * 100 + b"}", 413),
        ("GET", "/things/no", None, 410),
        ("GET", "/things/away", None, 503),
        ("GET", "/things/broken", None, 503),
        ("GET", "/things/bug", None, 500),
    ],
)
async def test_every_error_is_a_problem_document(method: str, path: str, body: bytes | None, status: int) -> None:
    async with client() as desk:
        with capture_logs() as logs:
            answer = await desk.request(method, path, content=body, headers={"content-type": "application/json"})
    problem = answer.json()
    assert answer.status_code == problem["status"] == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert problem["trace_id"] == answer.headers["x-trace-id"] != "0" * 32
    assert problem["type"].startswith("urn:frontdesk:problem:")
    assert problem["title"]
    assert problem["detail"]
    assert "4111" not in answer.text + str(logs)
    assert ("retry-after" in answer.headers) == (status == 503)


async def test_what_is_our_fault_is_logged_with_its_place() -> None:
    async with client() as desk:
        with capture_logs() as logs:
            await desk.get("/things/bug")
    assert logs[0]["error"] == "KeyError"
    assert any("thing" in frame for frame in logs[0]["frames"])


async def test_a_body_of_unknown_length_is_cut_off_too() -> None:
    async def pieces() -> AsyncIterator[bytes]:
        for _ in range(20):
            yield b"x" * 10

    async with client() as desk:
        assert (await desk.post("/raw", content=pieces())).status_code == 413
        assert (await desk.post("/raw", content=b"x" * 100)).json() == 100


async def test_a_body_that_is_cut_off_reaches_no_route() -> None:
    called: list[Any] = []
    parts = iter([{"type": "http.request", "body": b'{"accept": true}', "more_body": True}, {"type": "http.disconnect"}])

    async def receive() -> Any:
        return next(parts)

    async def send(message: Any) -> None:
        called.append(message)

    async def app(scope: Any, *_: Any) -> None:
        called.append(scope)

    scope = {"type": "http", "method": "POST", "path": "/", "headers": [(b"content-length", b"500")]}
    await edge(app, EdgeSettings())(scope, receive, send)
    assert called == []


async def test_without_a_tracer_there_is_an_id_all_the_same() -> None:
    async with client() as desk:
        one, two = await desk.get("/things/1"), await desk.get("/things/1")
    ids = {one.headers["x-trace-id"], two.headers["x-trace-id"]}
    assert len(ids) == 2
    assert all(len(id) == 32 and int(id, 16) for id in ids)
    assert one.headers["traceresponse"].split("-")[1] == one.headers["x-trace-id"]


async def test_a_span_is_named_by_the_route(spans: InMemorySpanExporter) -> None:
    async with client() as desk:
        answer = await desk.get("/things/secret-id")
        await desk.get("/nowhere/secret-id")
        await desk.get("/things/bug")
    named = spans.get_finished_spans()
    assert [span.name for span in named] == ["GET /things/{id}", "GET", "GET /things/{id}"]
    assert format(named[0].context.trace_id, "032x") == answer.headers["x-trace-id"]
    assert named[0].attributes == {"http.request.method": "GET", "http.route": "/things/{id}", "http.response.status_code": 200}
    assert [span.status.is_ok for span in named] == [True, True, False]
    assert "secret-id" not in str([span.attributes for span in named])


async def test_only_a_trusted_sender_continues_a_trace(spans: InMemorySpanExporter) -> None:
    async with client(trusted=True) as desk:
        mine = await desk.get("/things/1", headers={"traceparent": PARENT})
    async with client() as desk:
        other = await desk.get("/things/1", headers={"traceparent": PARENT})
        await desk.get("/things/1", headers={"traceparent": "nonsense"})
    assert mine.headers["x-trace-id"] == "a" * 32 != other.headers["x-trace-id"]
    continued, linked, alone = spans.get_finished_spans()
    assert continued.parent
    assert format(continued.parent.span_id, "016x") == "b" * 16
    assert [format(link.context.trace_id, "032x") for link in linked.links] == ["a" * 32]
    assert (linked.parent, alone.parent, alone.links) == (None, None, ())


async def test_a_trusted_trace_is_continued_without_a_tracer_too() -> None:
    async with client(trusted=True) as desk:
        assert (await desk.get("/things/1", headers={"traceparent": PARENT})).headers["x-trace-id"] == "a" * 32


async def test_a_stream_ends_its_span_when_it_begins(spans: InMemorySpanExporter) -> None:
    async with client() as desk, desk.stream("GET", "/stream") as answer:
        assert [span.name for span in spans.get_finished_spans()] == ["GET /stream"]
        assert await answer.aread() == b"data: 1\n\n"


async def test_answers_are_not_sniffed_framed_or_kept() -> None:
    async with client() as desk:
        headers = (await desk.get("/things/1")).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cache-control"] == "no-store"
    assert "frame-ancestors 'none'" in headers["content-security-policy"]


async def test_other_origins_only_where_they_are_named() -> None:
    ask = {"origin": "https://shop.example", "access-control-request-method": "POST"}
    async with client() as desk:
        assert "access-control-allow-origin" not in (await desk.options("/things", headers=ask)).headers
    async with client(origins=("https://shop.example",)) as desk:
        assert (await desk.options("/things", headers=ask)).headers["access-control-allow-origin"] == "https://shop.example"
        refused = await desk.post("/things", json={}, headers={"origin": "https://shop.example"})
        assert refused.headers["access-control-allow-origin"] == "https://shop.example"
        assert (
            "access-control-allow-origin" not in (await desk.get("/things/1", headers={"origin": "https://x.example"})).headers
        )


async def test_an_error_before_the_app_is_answered_too() -> None:
    async def broken(*_: object) -> None:
        raise KeyError("4111")

    app = edge(broken, EdgeSettings())
    async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app), base_url="http://desk") as desk:
        answer = await desk.get("/")
    assert (answer.status_code, answer.headers["content-type"]) == (500, "application/problem+json")
