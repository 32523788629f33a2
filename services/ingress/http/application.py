"""The HTTP side of ingress as one ASGI app."""

from collections.abc import Iterable
from importlib.metadata import version

from fastapi import APIRouter, FastAPI
from fastapi.telemetry import TelemetryConfig
from starlette.types import ASGIApp

from services.ingress.http.document import document
from services.ingress.http.gate import Gate
from shared.http.edge import EdgeSettings, edge
from shared.http.problems import install

_DESCRIPTION = """Customers talk, the company's people answer, backends tell what happened.

A 2xx means that it is durable. Every error is a problem document (RFC 9457) with the trace's id. Whatever changes something
may be sent again with the same ids: it is done once."""

_TELEMETRY: TelemetryConfig = {"tracing": False, "metrics": False, "logs": False, "auto_configure": False}
"""FastAPI traces by itself as soon as a tracer is set up: it would continue the trace that any stranger names, and write
paths and queries, in which tokens stand, into spans. The edge has the one span of a request."""


def api(routers: Iterable[APIRouter]) -> FastAPI:
    """The routes and `/openapi.json`. Pages that load scripts from elsewhere, such as FastAPI's `/docs`, are left out."""
    app = FastAPI(
        title="Frontdesk",
        version=version("frontdesk"),
        description=_DESCRIPTION,
        docs_url=None,
        redoc_url=None,
        telemetry=_TELEMETRY,
    )
    install(app)
    for router in routers:
        app.include_router(router)
    app.openapi = lambda: document(app)  # type: ignore[method-assign]
    return app


def behind_edge(app: ASGIApp, gate: Gate, settings: EdgeSettings) -> ASGIApp:
    """`app` as the network may see it. Traces are continued for programs with an API key."""
    return edge(app, settings, gate.trusted)
