"""The OpenAPI document: FastAPI's, completed by what FastAPI cannot see. One document for ingress and egress."""

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from services.ingress.http.declared import CONVERSATION_PARAMETER, CUSTOMER, SCHEMES
from services.ingress.http.sessions import SessionRequest
from shared.channels.web import EVENTS, Message
from shared.contracts import BackendEvent
from shared.http.problems import ProblemDocument, responses

_TEMPLATE = "#/components/schemas/{model}"
_IDS = {
    "X-Trace-Id": {"description": "The trace of this request.", "schema": {"type": "string", "pattern": "^[0-9a-f]{32}$"}},
    "traceresponse": {"description": "The same as W3C trace context.", "schema": {"type": "string"}},
}
_STREAM = """Everything that happens in the conversation from now on, or after the event that `Last-Event-ID` names.

Each frame is `event: <name>` and `data: <one JSON object>`; recorded ones have an `id`. Lines that begin with a colon keep
the connection open. The events:

"""


def document(app: FastAPI) -> dict[str, Any]:
    """The whole document, made once."""
    if app.openapi_schema is None:
        made = get_openapi(
            title=app.title,
            version=app.version,
            description=app.description,
            routes=app.routes,
            separate_input_output_schemas=False,
        )
        components = made.setdefault("components", {})
        schemas = components.setdefault("schemas", {})
        schemas |= _schemas(Message, SessionRequest, BackendEvent, ProblemDocument, *EVENTS.values())
        for unused in ("HTTPValidationError", "ValidationError"):
            schemas.pop(unused, None)
        components["securitySchemes"] = SCHEMES
        components["headers"] = _IDS
        made["paths"]["/v1/conversations/{conversation_id}/events"] = {"get": _stream()}
        for operation in (each for path in made["paths"].values() for each in path.values()):
            _complete(operation)
        app.openapi_schema = made
    return app.openapi_schema


def _complete(operation: dict[str, Any]) -> None:
    """Each answer carries the trace's ids; a wrong request is a 400 here, never FastAPI's 422."""
    operation["responses"].pop("422", None)
    operation["responses"] |= {str(key): value for key, value in responses(500).items()}
    for answer in operation["responses"].values():
        answer["headers"] = {name: {"$ref": f"#/components/headers/{name}"} for name in _IDS}


def _stream() -> dict[str, Any]:
    """The event stream of egress. `itemSchema` is OpenAPI 3.2's word for one frame of a stream."""
    events = "\n".join(f"- `{name}`: {(model.__doc__ or '').split('.')[0]}." for name, model in EVENTS.items())
    frames = [
        {
            "type": "object",
            "required": ["event", "data"],
            "properties": {
                "event": {"const": name},
                "id": {"type": "string", "description": "Give it back as Last-Event-ID."},
                "data": {
                    "type": "string",
                    "contentMediaType": "application/json",
                    "contentSchema": {"$ref": _TEMPLATE.format(model=model.__name__)},
                },
            },
        }
        for name, model in EVENTS.items()
    ]
    last = {"name": "Last-Event-ID", "in": "header", "required": False, "schema": {"type": "string", "pattern": "^[0-9]*$"}}
    return {
        "tags": ["conversations"],
        "summary": "Follow a conversation (server-sent events)",
        "description": _STREAM + events,
        "operationId": "follow_v1_conversations__conversation_id__events_get",
        "parameters": [CONVERSATION_PARAMETER, last],
        "responses": {
            "200": {
                "description": "The stream",
                "content": {"text/event-stream": {"schema": {"type": "string"}, "itemSchema": {"oneOf": frames}}},
            },
            **{str(status): answer for status, answer in responses(400, 401, 404, 429, 503).items()},
        },
        **CUSTOMER,
    }


def _schemas(*models: type[BaseModel]) -> dict[str, Any]:
    _, definitions = models_json_schema([(model, "validation") for model in models], ref_template=_TEMPLATE)
    found: dict[str, Any] = definitions["$defs"]
    return found
