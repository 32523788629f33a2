"""A message is answered 202 only once it is durable, sealed, and once."""

import asyncio
import json
from typing import Any

import pytest
from structlog.testing import capture_logs

from services.ingress.backlog import Backlog
from services.ingress.sweeper import Pace, Sweeper
from shared.errors import StoreUnavailable
from shared.identity.confirmation import token_hash
from shared.lane.documents import Conversation
from shared.stores.port import Records
from tests.integration.ingress.conftest import BACKEND, Door, Opening
from tests.servers import NatsServer
from tests.waiting import until

CARD = "4111 1111 1111 1111"


async def test_a_message_is_durable_sealed_and_on_its_way(door: Door) -> None:
    live = await door.hears("live.c1.accepted")
    with capture_logs() as logs:
        answer = await door.say(f"my card is {CARD}", message_id="m1")
    assert answer.status_code == 202
    assert answer.json() == {"message_id": "m1", "conversation_id": "c1", "trace_id": answer.headers["x-trace-id"]}
    lane = await door.lane()
    assert lane.active
    assert (lane.customer, lane.active.epoch, [each.id for each in lane.active.members]) == ("ann", 1, ["m1"])
    assert await door.keys.open(lane.customer, lane.active.members[0].sealed, bound_to="c1/m1") == f"my card is {CARD}"
    ((subject, headers, event),) = await door.stored()
    assert subject == "desk.v1.message-received.c1"
    assert (event["epoch"], event["customer"], event["channel"]) == (1, {"id": "ann", "assurance": "verified"}, "web")
    assert [each["id"] for each in event["inputs"]] == ["m1"]
    assert headers["Nats-Msg-Id"] == event["id"]
    await until(lambda: live)
    assert json.loads(live[0].data) == {"message_id": "m1", "trace_id": answer.headers["x-trace-id"]}
    everything = str(logs) + str(event) + lane.model_dump_json()
    assert CARD not in everything
    assert "Bearer" not in str(logs)


async def test_the_same_message_again_is_the_same_answer_and_nothing_else(door: Door) -> None:
    first = await door.say("hello", message_id="m1")
    again = await door.say("something else", message_id="m1")
    assert (again.status_code, again.json()) == (202, first.json())
    lane = await door.lane()
    assert lane.active
    assert (len(lane.active.members), lane.queue) == (1, ())
    assert await door.keys.open(lane.customer, lane.active.members[0].sealed, bound_to="c1/m1") == "hello"
    assert len(await door.stored()) == 1


async def test_sent_by_many_at_once_it_is_one(door: Door) -> None:
    answers = await asyncio.gather(*(door.say("hello", message_id="m1") for _ in range(12)))
    assert {answer.status_code for answer in answers} == {202}
    assert len({answer.json()["trace_id"] for answer in answers}) == 1
    lane = await door.lane()
    assert lane.active
    assert len(lane.active.members) == 1
    assert lane.queue == ()


async def test_further_messages_wait_for_the_turn_that_runs(door: Door) -> None:
    answers = [await door.say(text) for text in ("one", "two", "three")]
    ids = [answer.json()["message_id"] for answer in answers]
    lane = await door.lane()
    assert lane.active
    assert ([each.id for each in lane.active.members], [each.id for each in lane.queue]) == (ids[:1], ids[1:])
    assert len(set(ids)) == 3
    assert len(await door.stored()) == 1


async def test_a_conversation_belongs_to_who_opened_it(door: Door) -> None:
    await door.say("mine")
    before = (await door.lane()).model_dump_json()
    answers = [await door.say("mine?", customer="eve")]
    async with door.http(door.bearer("eve")) as http:
        answers.append(await http.get("/v1/conversations/c1"))
        answers.append(await http.post("/v1/conversations/c1/feedback", json={"rating": 1}))
        answers.append(await http.post(f"/v1/conversations/c1/confirmations/{token_hash('x')}", json={"accept": True}))
        unknown = await http.get("/v1/conversations/never-there")
    assert {answer.status_code for answer in answers} == {404}
    same = [{key: value for key, value in answer.json().items() if key != "trace_id"} for answer in (*answers, unknown)]
    assert all(each == same[0] for each in same), "what is another's looks as if it were not there"
    assert (await door.lane()).model_dump_json() == before


class Away:
    """A store that takes nothing."""

    def __init__(self, records: Records) -> None:
        self._records = records

    def __getattr__(self, name: str) -> Any:
        async def refuse(*_: Any, **__: Any) -> None:
            raise StoreUnavailable("full", after=7)

        return refuse if name in ("change", "insert", "get", "ping") else getattr(self._records, name)


async def test_what_cannot_be_kept_is_not_promised(opening: Opening) -> None:
    door = await opening(wrap=Away)
    answer = await door.say("hello")
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "7")
    assert answer.headers["content-type"] == "application/problem+json"
    assert await door.stored() == []
    async with door.http() as http:
        probe = await http.get("/readyz")
    assert (probe.status_code, probe.json()["missing"]) == (503, {"records": "StoreUnavailable"})


async def test_a_consumer_that_is_lost_keeps_no_message_waiting(door: Door) -> None:
    """Ingress' own, of backends' events: messages do not pass it, and the sweeper would send them much later."""
    await door.js.delete_consumer("DESK_EVENTS", "ingress-backend-event")
    await until(lambda: door.stage.broker.problem)
    assert (await door.say("hello")).status_code == 202
    assert len(await door.stored("desk.v1.message-received.c1")) == 1


async def test_without_nats_it_is_kept_and_sent_later(door: Door, nats_server: NatsServer) -> None:
    nats_server.kill()
    await until(lambda: door.stage.broker.problem)
    with capture_logs() as logs:
        answer = await door.say(f"card {CARD}", message_id="m1")
        door.clock.skip(21)
        assert await sweeper(door).sweep() == 0
    assert answer.status_code == 202
    assert [each["event"] for each in logs] == ["not published: left to the sweeper"], "the sweeper waits in silence"
    async with door.http(BACKEND) as http:
        probe = await http.get("/readyz")
        assert (probe.status_code, probe.json()["missing"]) == (503, {"nats": "not connected to NATS"})
        assert (await http.get("/healthz")).status_code == 200
    nats_server.start()
    await until(lambda: not door.stage.broker.problem)
    assert await sweeper(door).sweep() == 1
    ((_, headers, event),) = await door.stored("desk.v1.message-received.c1")
    assert headers["Nats-Msg-Id"] == f"{event['id']}#sweep-0"
    assert CARD not in str(logs)


async def test_what_cannot_be_answered_in_time_is_not_taken_in(opening: Opening) -> None:
    """Nobody answers here: turns stand until the door closes, and it opens once they are gone."""
    door = await opening(sweep_every=0.1, refuse_turns=2)

    async def refused() -> bool:
        return (await door.say("and me?", conversation="c3")).status_code == 503

    assert [(await door.say("hello", conversation=each)).status_code for each in ("c1", "c2")] == [202, 202]
    door.clock.skip(61)
    await until(refused)
    answer = await door.say("hello", conversation="c1", message_id="m9")
    assert (answer.json()["type"], answer.headers["retry-after"]) == ("urn:frontdesk:problem:overloaded", "1")
    async with door.http(door.bearer()) as http:
        pressed = await http.post("/v1/conversations/c1/confirmations/none", json={"accept": True})
        assert pressed.status_code == 404, "buttons are not turned away"
        assert list((await http.get("/readyz")).json()["degraded"]) == ["intake"]
    await door.records.delete(Conversation, "c1")
    await until(lambda: not_(refused))


async def not_(asked: Any) -> bool:
    return not await asked()


def sweeper(door: Door) -> Sweeper:
    from services.ingress.outbox import Outbox
    from shared.messaging import StageBroker

    assert isinstance(door.stage.broker, StageBroker)
    outbox = Outbox(door.stage.broker.outlet)
    outbox.attach(door.stage.broker)
    return Sweeper(door.records, outbox, Pace(), (), door.clock, Backlog())


async def test_a_full_conversation_says_so_and_still_knows_its_messages(opening: Opening) -> None:
    door = await opening(room=2)
    assert [(await door.say("x", message_id=f"m{n}")).status_code for n in range(4)] == [202, 202, 202, 429]
    full = await door.say("x", message_id="m3")
    assert full.json()["type"].endswith("conversation-full")
    assert int(full.headers["retry-after"]) > 0
    assert (await door.say("x", message_id="m2")).status_code == 202


@pytest.mark.parametrize(
    ("body", "media", "status"),
    [
        (b"", "application/json", 400),
        (b"not json", "application/json", 400),
        (b"\xff\xfe", "application/json", 400),
        (b"[]", "application/json", 400),
        (b"{}", "application/json", 400),
        (b'{"text": 5}', "application/json", 400),
        (b'{"text": ""}', "application/json", 400),
        (b'{"text": " \\n "}', "application/json", 400),
        (b'{"text": "\\ud800"}', "application/json", 400),
        (b'{"text": "x", "other": 1}', "application/json", 400),
        (b'{"text": "x", "message_id": "a b"}', "application/json", 400),
        (b'{"text": "x", "message_id": "' + b"a" * 65 + b'"}', "application/json", 400),
        (b'{"text": "x", "message_id": 7}', "application/json", 400),
        (b'{"text": "' + b"x" * 8001 + b'"}', "application/json", 413),
        (b'{"text": "' + b"x" * 1_000_000 + b'"}', "application/json", 413),
        (b'{"text": "x"}', "text/plain", 415),
        (b"text=x", "application/x-www-form-urlencoded", 415),
        (b'{"text": "x"}', "", 415),
        (b'{"text": "\xc3\xa9\xf0\x9f\x98\x80"}', "application/json; charset=utf-8", 202),
    ],
)
async def test_bad_input_is_refused_and_changes_nothing(door: Door, body: bytes, media: str, status: int) -> None:
    async with door.http(door.bearer()) as http:
        answer = await http.post(
            "/v1/conversations/c1/messages", content=body, headers={"content-type": media} if media else {}
        )
    assert answer.status_code == status
    if status != 202:
        problem = answer.json()
        assert answer.headers["content-type"] == "application/problem+json"
        assert (problem["status"], problem["trace_id"]) == (status, answer.headers["x-trace-id"])
        assert await door.records.get(Conversation, "c1") is None
        assert await door.stored() == []


@pytest.mark.parametrize("id", ["a.b", "a%20b", "%3E", "x" * 65, "caf%C3%A9", "a%0Ab"])
async def test_an_id_that_is_none_is_refused(door: Door, id: str) -> None:
    async with door.http(door.bearer()) as http:
        answers = [
            await http.post(f"/v1/conversations/{id}/messages", json={"text": "x"}),
            await http.get(f"/v1/conversations/{id}"),
            await http.post(f"/v1/conversations/{id}/feedback", json={"rating": 5}),
        ]
    assert [answer.status_code for answer in answers] == [400, 400, 400]
    assert all(answer.headers["content-type"] == "application/problem+json" for answer in answers)
