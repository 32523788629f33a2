"""A small OTLP/HTTP receiver for development: traces in, one SQLite file out. Bound to loopback.

    python -m shared.telemetry.receiver --data .frontdesk/spans.db --port 4318

Source of the format: https://opentelemetry.io/docs/specs/otlp/#otlphttp (binary protobuf, gzip or plain).
"""

import argparse
import gzip
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import uvicorn
from google.protobuf.message import DecodeError
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest, ExportTraceServiceResponse
from opentelemetry.proto.common.v1.common_pb2 import AnyValue, KeyValue
from opentelemetry.proto.trace.v1 import trace_pb2
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from shared.telemetry.spans import Span, SpanStore

_LARGEST = 16 << 20
_PROTOBUF = "application/x-protobuf"


def create_app(store: SpanStore) -> Starlette:
    """The receiver as an ASGI app. Answers 400 to what is no OTLP trace request, 413 to what is too large."""
    exports = 0

    async def traces(request: Request) -> Response:
        nonlocal exports
        body = await request.body()
        if len(body) > _LARGEST:
            return Response("too large", 413)
        try:
            if request.headers.get("content-encoding") == "gzip":
                body = gzip.decompress(body)
            message = ExportTraceServiceRequest.FromString(body)
        except (DecodeError, OSError, EOFError, zlib.error):
            return Response("not an OTLP trace export in protobuf", 400)
        store.add(decode(message))
        exports += 1
        if exports % 200 == 0:
            store.trim()
        return Response(ExportTraceServiceResponse().SerializeToString(), media_type=_PROTOBUF)

    async def healthz(_: Request) -> Response:
        return Response("ok")

    return Starlette(routes=[Route("/v1/traces", traces, methods=["POST"]), Route("/healthz", healthz)])


def decode(request: ExportTraceServiceRequest) -> Iterator[Span]:
    """The spans of an export."""
    for resource in request.resource_spans:
        service = str(_attributes(resource.resource.attributes).get("service.name", ""))
        for scope in resource.scope_spans:
            for span in scope.spans:
                yield Span(
                    trace_id=span.trace_id.hex(),
                    span_id=span.span_id.hex(),
                    parent_id=span.parent_span_id.hex(),
                    name=span.name,
                    kind=trace_pb2.Span.SpanKind.Name(span.kind).removeprefix("SPAN_KIND_").lower(),
                    start=span.start_time_unix_nano,
                    end=span.end_time_unix_nano,
                    service=service,
                    scope=scope.scope.name,
                    error=_error(span.status),
                    attributes=_attributes(span.attributes),
                    links=tuple((x.trace_id.hex(), x.span_id.hex(), _attributes(x.attributes)) for x in span.links),
                )


def _error(status: trace_pb2.Status) -> str:
    if status.code != trace_pb2.Status.STATUS_CODE_ERROR:
        return ""
    return status.message or "error"


def _attributes(pairs: Iterable[KeyValue]) -> dict[str, Any]:
    return {pair.key: _value(pair.value) for pair in pairs}


def _value(value: AnyValue) -> Any:
    match value.WhichOneof("value"):
        case None:
            return None
        case "array_value":
            return [_value(item) for item in value.array_value.values]
        case "kvlist_value":
            return _attributes(value.kvlist_value.values)
        case "bytes_value":
            return value.bytes_value.hex()
        case kind:
            return getattr(value, kind)


def main() -> None:
    parser = argparse.ArgumentParser(description="Keeps the spans of a development machine.")
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--port", type=int, default=4318)
    options = parser.parse_args()
    store = SpanStore(options.data)
    uvicorn.run(create_app(store), host="127.0.0.1", port=options.port, log_level="warning", access_log=False)


if __name__ == "__main__":
    main()
