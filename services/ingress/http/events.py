"""CloudEvents of backends over HTTP."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from fastapi import APIRouter, Depends
from pydantic import BaseModel, ValidationError
from starlette.requests import Request

from services.ingress.cloudevents import BATCH, STRUCTURED, WrongEvent, WrongMediaType, events_in
from services.ingress.http.declared import PROGRAM
from services.ingress.http.gate import Gate
from shared.contracts import BackendEvent
from shared.errors import Rejected, Retryable
from shared.http.problems import Problem, invalid, responses, unavailable
from shared.telemetry.propagation import traceparent

_EVENT = {"$ref": "#/components/schemas/BackendEvent"}
_BODY = {
    "required": True,
    "content": {
        STRUCTURED: {"schema": _EVENT},
        BATCH: {"schema": {"type": "array", "items": _EVENT}},
        "application/json": {"schema": {"type": "object"}},
    },
    "description": "Structured, a batch, or the data of an event whose attributes are in `ce-*` headers.",
}


class EventsAccepted(BaseModel):
    """How many events are durable now; an event that was sent before counts, and has no further effect."""

    accepted: int


@dataclass(frozen=True, slots=True)
class Events:
    """`POST /v1/events`. `store` returns once an event is durable on `events.<type>`."""

    store: Callable[[BackendEvent], Awaitable[None]]
    gate: Gate

    def router(self) -> APIRouter:
        router = APIRouter(tags=["backends"], dependencies=[Depends(self.gate.program("events"))])
        router.add_api_route(
            "/v1/events",
            self.post,
            methods=["POST"],
            status_code=202,
            summary="Tell what happened (CloudEvents 1.0)",
            responses=responses(400, 401, 403, 413, 415, 429, 503),
            openapi_extra={**PROGRAM, "requestBody": _BODY},
        )
        return router

    async def post(self, request: Request) -> EventsAccepted:
        """All or nothing is promised: after any other answer than 202 send the whole again, `source` and `id` make it safe."""
        events = _taken(dict(request.headers), await request.body())
        try:
            for event in events:
                await self.store(event if event.traceparent else event.model_copy(update={"traceparent": traceparent()}))
        except Rejected:
            raise Problem(413, "An event is too large.") from None
        except Retryable as error:
            raise unavailable(error.after) from None
        return EventsAccepted(accepted=len(events))


def _taken(headers: dict[str, str], body: bytes) -> list[BackendEvent]:
    try:
        return events_in(headers, body)
    except WrongMediaType as error:
        raise Problem(415, f"Expected {error}.") from None
    except WrongEvent as error:
        raise Problem(400, f"This is no event that can be taken: {error}.") from None
    except ValidationError as error:
        raise invalid(error, "This is no CloudEvent 1.0.") from None
