"""CloudEvents in: over HTTP in three modes and over NATS; out: a notice in the customer's open conversation."""

import json
from typing import Any

import pytest

from services.ingress.cloudevents import BATCH, STRUCTURED
from tests.integration.ingress.conftest import BACKEND, DESK, Door, Opening
from tests.waiting import until

PARENT = "00-" + "a" * 32 + "-" + "b" * 16 + "-01"


def event(**changed: Any) -> dict[str, Any]:
    attributes = {"specversion": "1.0", "id": "1", "source": "/shop", "type": "order.shipped", "subject": "ann"}
    return attributes | {"data": {"order": "ORD-10003", "address": "12 Elm Street"}} | changed


async def post(door: Door, content: Any, media: str = STRUCTURED, **headers: str) -> Any:
    async with door.http(BACKEND) as http:
        return await http.post("/v1/events", content=json.dumps(content), headers={"content-type": media} | headers)


async def handled(door: Door) -> None:
    async def done() -> bool:
        info = await door.js.consumer_info("DESK_EVENTS", "ingress-backend-event")
        return info.num_pending == 0 and info.num_ack_pending == 0

    await until(done)


async def test_three_modes_one_stream(door: Door) -> None:
    binary = {f"ce-{key}": value for key, value in event(id="2").items() if key != "data"}
    answers = [
        await post(door, event()),
        await post(door, event()["data"], "application/json", **binary),
        await post(door, [event(id="3"), event(id="4", type="order.cancelled")], BATCH),
        await post(door, [], BATCH),
        await post(door, event()),
    ]
    assert [(answer.status_code, answer.json()["accepted"]) for answer in answers] == [(202, n) for n in (1, 1, 2, 0, 1)]
    stored = await door.stored(stream="DESK_EVENTS")
    assert [(subject, body["id"]) for subject, _, body in stored] == [
        ("events.order.shipped", "1"),
        ("events.order.shipped", "2"),
        ("events.order.shipped", "3"),
        ("events.order.cancelled", "4"),
    ]
    assert len({headers["Nats-Msg-Id"] for _, headers, _ in stored}) == 4
    assert all(body["traceparent"].split("-")[1] for _, _, body in stored)


async def test_an_event_becomes_a_turn_of_the_open_conversation(door: Door) -> None:
    await door.say("hello", conversation="c0")
    await door.say("hello again")
    door.clock.skip(1)
    assert (await post(door, event(), traceparent=PARENT)).headers["x-trace-id"] == "a" * 32
    await handled(door)
    lane = await door.lane()
    (item,) = lane.queue
    assert (item.kind, item.data) == ("event", {"type": "order.shipped", "data": {"order": "ORD-10003"}})
    assert "Elm" not in lane.model_dump_json()
    assert item.trace.split("-")[1] != "a" * 32, "a trace of its own"
    assert await door.stored("desk.v1.notice-due") == [], "it waits for the turn that runs"
    await post(door, event(id="2"))
    await handled(door)
    assert len((await door.lane()).queue) == 2
    assert (await door.lane("c0")).queue == ()


async def test_in_a_quiet_conversation_the_notice_is_due_at_once_and_once(door: Door) -> None:
    async with door.http(DESK) as http:
        await door.say("hello")
        await http.post("/v1/desk/conversations/c1/lease", json={"holder": "pat"})
        await http.post("/v1/desk/conversations/c1/replies", json={"holder": "pat", "text": "Hi"})
        await http.delete("/v1/desk/conversations/c1/lease", params={"holder": "pat"})
    for copy in (
        event(),
        event(),
        event(id="9", type="unknown.type"),
        event(id="8", subject="nobody"),
        event(id="7", subject=None),
    ):
        await door.js.publish(f"events.{copy['type']}", json.dumps(copy).encode(), headers={"content-type": STRUCTURED})
    await handled(door)
    ((_, headers, notice),) = await door.stored("desk.v1.notice-due")
    assert (notice["reason"], notice["epoch"], headers["Nats-Msg-Id"]) == ("event", 2, notice["id"])
    lane = await door.lane()
    assert lane.active
    assert (lane.active.epoch, lane.active.members[0].data["type"]) == (2, "order.shipped")


async def test_a_conversation_that_is_long_quiet_is_left_alone(door: Door) -> None:
    await door.say("hello")
    door.clock.skip(8 * 86400)
    await post(door, event())
    await handled(door)
    assert (await door.lane()).queue == ()


async def test_an_event_waits_for_room_and_is_not_lost(opening: Opening) -> None:
    door = await opening(room=2)
    for text in ("one", "two", "three"):
        await door.say(text)
    await post(door, event())

    async def tried() -> bool:
        info = await door.js.consumer_info("DESK_EVENTS", "ingress-backend-event")
        return bool(info.num_ack_pending and info.delivered.consumer_seq)

    await until(tried)
    assert [each.kind for each in (await door.lane()).queue] == ["message", "message"]


async def test_what_is_no_event_is_a_dead_letter(door: Door) -> None:
    await door.say("hello")
    before = (await door.lane()).model_dump_json()
    await door.js.publish("events.order.shipped", b"not json")
    await door.js.publish("events.order.shipped", b'{"id": 5}')
    await until(lambda: _dead(door, 2))
    assert (await door.lane()).model_dump_json() == before


async def _dead(door: Door, count: int) -> bool:
    return bool((await door.js.stream_info("DESK_DLQ")).state.messages == count)


@pytest.mark.parametrize(
    ("content", "media", "status"),
    [
        (event(), "application/json", 415),
        (event(), "text/plain", 415),
        ("text", STRUCTURED, 400),
        (event(specversion="0.3"), STRUCTURED, 400),
        (event(id=None), STRUCTURED, 400),
        (event(type="a.*"), STRUCTURED, 400),
        (event(data=[1]), STRUCTURED, 400),
        ([event(), {}], BATCH, 400),
        ([event(id=str(n)) for n in range(101)], BATCH, 400),
        (event(data={"x": "y" * 200_000}), STRUCTURED, 413),
    ],
)
async def test_what_is_no_event_is_refused_whole(door: Door, content: Any, media: str, status: int) -> None:
    answer = await post(door, content, media)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    assert await door.stored(stream="DESK_EVENTS") == []


async def test_only_backends_tell_what_happened(door: Door) -> None:
    async with door.http() as http:
        statuses = [
            (
                await http.post("/v1/events", content=json.dumps(event()), headers=headers | {"content-type": STRUCTURED})
            ).status_code
            for headers in ({}, {"authorization": "Bearer nonsense"}, {"x-api-key": ""}, door.bearer(), DESK)
        ]
    assert statuses == [401, 401, 401, 401, 403]
    assert await door.stored(stream="DESK_EVENTS") == []


async def test_without_nats_an_event_is_not_promised(door: Door, nats_server: Any) -> None:
    nats_server.kill()
    await until(lambda: door.stage.broker.problem)
    answer = await post(door, event())
    assert answer.status_code == 503
    assert int(answer.headers["retry-after"]) >= 1
    nats_server.start()
    await until(lambda: not door.stage.broker.problem)
