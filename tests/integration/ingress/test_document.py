"""The OpenAPI document tells every answer, and what the event stream says."""

from typing import Any

import pytest

from shared.channels.web import EVENTS
from tests.integration.ingress.conftest import Door


@pytest.fixture
async def document(door: Door) -> dict[str, Any]:
    async with door.http() as http:
        answer = await http.get("/openapi.json")
        assert (await http.get("/docs")).status_code == 404
    assert answer.status_code == 200
    found: dict[str, Any] = answer.json()
    return found


def refs(value: Any) -> set[str]:
    if isinstance(value, dict):
        return {value["$ref"]} if isinstance(value.get("$ref"), str) else set().union(*map(refs, value.values()))
    return set().union(*map(refs, value)) if isinstance(value, list) else set()


async def test_every_reference_leads_somewhere(document: dict[str, Any]) -> None:
    for ref in refs(document):
        found: Any = document
        for part in ref.removeprefix("#/").split("/"):
            found = found[part]
        assert found


async def test_every_answer_is_described(document: dict[str, Any]) -> None:
    statuses = {
        (method, path): set(operation["responses"])
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    }
    message = statuses["post", "/v1/conversations/{conversation_id}/messages"]
    assert message == {"202", "400", "401", "404", "413", "415", "429", "500", "503"}
    assert "410" in statuses["post", "/v1/conversations/{conversation_id}/confirmations/{token}"]
    assert all("422" not in each for each in statuses.values())
    assert all(
        answer["headers"].keys() == {"X-Trace-Id", "traceresponse"}
        for methods in document["paths"].values()
        for operation in methods.values()
        for answer in operation["responses"].values()
    )
    errors = document["paths"]["/v1/events"]["post"]["responses"]["400"]["content"]
    assert list(errors) == ["application/problem+json"]


async def test_every_event_of_the_stream_is_described(document: dict[str, Any]) -> None:
    stream = document["paths"]["/v1/conversations/{conversation_id}/events"]["get"]
    frames = stream["responses"]["200"]["content"]["text/event-stream"]["itemSchema"]["oneOf"]
    named = {frame["properties"]["event"]["const"]: frame["properties"]["data"]["contentSchema"]["$ref"] for frame in frames}
    assert set(named) == set(EVENTS) == {"accepted", "delta", "reply", "confirm", "notice", "handoff", "withdrawn", "error"}
    reply = document["components"]["schemas"]["Reply"]
    assert {"turn_id", "answers", "text", "parts"} <= set(reply["properties"])
    assert {"token", "title", "amount"} <= set(document["components"]["schemas"]["Confirm"]["properties"])
