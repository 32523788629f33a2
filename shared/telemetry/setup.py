"""Tracing and logs of one process, set up once by the composition root."""

import logging
import sys
from collections.abc import MutableMapping
from typing import TYPE_CHECKING, Any

import structlog
from opentelemetry import trace

from shared.telemetry.settings import TelemetrySettings

if TYPE_CHECKING:
    from opentelemetry.sdk.trace import TracerProvider

_FLUSH_MS = 3000  # a dead collector must not hold a pod beyond its grace period


class Telemetry:
    """The process' tracer provider, or none. `shutdown` exports what is left, for at most three seconds."""

    def __init__(self, provider: "TracerProvider | None") -> None:
        self._provider = provider

    @property
    def traces(self) -> bool:
        return self._provider is not None

    def shutdown(self) -> None:
        if self._provider:
            self._provider.force_flush(_FLUSH_MS)
            self._provider.shutdown()


def configure(settings: TelemetrySettings, service: str) -> Telemetry:
    """Set up logs and, when an OTLP endpoint is set, tracing. `service` becomes `service.name` unless OTEL_* names it."""
    configure_logs(settings.log_format, settings.log_level)
    if not settings.endpoint:
        return Telemetry(None)
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import BatchSpanProcessor

    resource = Resource.create()  # reads OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES
    if str(resource.attributes.get("service.name", "")).startswith("unknown_service"):
        resource = resource.merge(Resource({"service.name": service}))
    provider = TracerProvider(resource=resource)
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(timeout=2)))  # as OTEL_BSP_* say
    trace.set_tracer_provider(provider)
    return Telemetry(provider)


def configure_logs(log_format: str, level: str) -> None:
    """One line an event on stderr: JSON for machines, colours for people. The trace id is on every line of a turn."""
    last: Any = (
        structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
        if log_format == "console"
        else structlog.processors.JSONRenderer()
    )
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso"),
            _trace_id,
            structlog.processors.dict_tracebacks if log_format == "json" else structlog.processors.ExceptionRenderer(),
            last,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(getattr(logging, level.upper())),
        logger_factory=structlog.WriteLoggerFactory(file=sys.stderr),
        cache_logger_on_first_use=False,
    )
    for noisy in ("nats", "faststream", "httpx2", "openai", "opentelemetry"):
        logging.getLogger(noisy).setLevel(logging.WARNING if level != "debug" else logging.INFO)


def _trace_id(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    context = trace.get_current_span().get_span_context()
    if context.is_valid:
        event["trace_id"] = format(context.trace_id, "032x")
    return event
