"""One door before two processes, as an Ingress of Kubernetes is: event streams go to egress, all else to ingress."""

from typing import Any

import httpx2
from starlette.applications import Starlette
from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from services.http import is_event_stream

_HOP_BY_HOP = {"connection", "keep-alive", "transfer-encoding", "upgrade", "te", "trailer", "proxy-authorization"}
_METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]


def create_app(ingress: str, egress: str) -> tuple[Starlette, httpx2.AsyncClient]:
    """The door, and its client, which the caller closes. 503 with Retry-After while the process behind it restarts."""
    client = httpx2.AsyncClient(timeout=httpx2.Timeout(30.0, read=None), limits=httpx2.Limits(max_connections=None))

    async def forward(request: Request) -> Response:
        base = egress if is_event_stream(request.url.path) else ingress
        target = f"{base}{request.url.path}" + (f"?{request.url.query}" if request.url.query else "")
        headers = [(k, v) for k, v in request.headers.raw if k.decode() not in _HOP_BY_HOP]
        sent = client.build_request(request.method, target, headers=headers, content=await request.body())
        try:
            answer = await client.send(sent, stream=True)
        except httpx2.TransportError:
            problem = {"type": "about:blank", "title": "Service Unavailable", "status": 503, "detail": "restarting"}
            return JSONResponse(problem, 503, {"Retry-After": "1"}, media_type="application/problem+json")
        response = StreamingResponse(_body(answer), answer.status_code, background=BackgroundTask(answer.aclose))
        response.raw_headers = [(k, v) for k, v in answer.headers.raw if k.lower().decode() not in _HOP_BY_HOP]
        return response

    return Starlette(routes=[Route("/{path:path}", forward, methods=_METHODS)]), client


async def _body(answer: httpx2.Response) -> Any:
    try:
        async for chunk in answer.aiter_raw():
            yield chunk
    except httpx2.TransportError:
        return  # the process behind was killed: the reader's connection ends, and the reader comes again
