"""A person takes over, reads, answers, gives back, or is forgotten."""

from typing import Any

import pytest

from services.ingress.backlog import Backlog
from services.ingress.sweeper import Pace, Sweeper
from shared.contracts import Draft, Text
from shared.lane.delivery import claim, settle
from shared.lane.documents import Conversation, Turn
from tests.integration.ingress.conftest import BACKEND, DESK, Door
from tests.integration.ingress.test_messages import sweeper
from tests.waiting import until

LEASE, REPLIES = "/v1/desk/conversations/c1/lease", "/v1/desk/conversations/c1/replies"
PAT, SAM = {"holder": "pat"}, {"holder": "sam"}


async def call(door: Door, method: str, path: str, headers: dict[str, str] = DESK, **arguments: Any) -> Any:
    async with door.http(headers) as http:
        return await http.request(method, path, **arguments)


async def test_take_over_read_answer_give_back(door: Door) -> None:
    live = await door.hears("live.c1.*")
    await door.say("my number is 555-0100", message_id="m1")
    taken = await call(door, "POST", LEASE, json=PAT)
    assert (taken.status_code, taken.json()) == (200, {"state": "granted"})
    await door.say("hello?", message_id="m2")
    view = await call(door, "GET", "/v1/desk/conversations/c1")
    assert view.headers["cache-control"] == "no-store"
    assert [each["text"] for each in view.json()["inbox"]] == ["my number is 555-0100", "hello?"]
    assert (view.json()["owner"], view.json()["holder"], view.json()["customer_id"]) == ("person", "pat", "ann")
    answered = await call(door, "POST", REPLIES, json=PAT | {"text": "We call you."})
    assert (answered.status_code, answered.json()) == (201, {"event_id": 1, "answers": ["m1", "m2"]})
    async with door.http(door.bearer()) as http:
        seen = (await http.get("/v1/conversations/c1")).json()
    assert [(turn["text"], turn["by"], turn["answers"]) for turn in seen["turns"]] == [("We call you.", "person", ["m1", "m2"])]
    await door.say("thanks", message_id="m3")
    assert (await call(door, "DELETE", LEASE, params=PAT)).status_code == 204
    lane = await door.lane()
    assert lane.active
    assert (lane.owner, lane.active.epoch, [each.id for each in lane.active.members]) == ("bot", 2, ["m3"])
    assert [event["epoch"] for _, _, event in await door.stored("desk.v1.message-received")] == [1, 2]
    await until(lambda: len(live) >= 6)
    kinds = [message.subject.rpartition(".")[2] for message in live]
    assert kinds == ["accepted", "lease", "accepted", "settled", "accepted", "lease"]
    assert [turn.reply.parts[0].text for turn in await door.records.find(Turn, "c1") if turn.reply] == ["We call you."]  # type: ignore[union-attr]


async def test_one_person_at_a_time(door: Door) -> None:
    await door.say("hello")
    assert (await call(door, "POST", LEASE, json=PAT)).status_code == 200
    assert (await call(door, "POST", LEASE, json=PAT | {"seconds": 60})).status_code == 200
    for method, path, arguments in (
        ("POST", LEASE, {"json": SAM}),
        ("POST", REPLIES, {"json": SAM | {"text": "x"}}),
        ("DELETE", LEASE, {"params": SAM}),
    ):
        answer = await call(door, method, path, **arguments)
        assert (answer.status_code, answer.headers["content-type"]) == (409, "application/problem+json")
    door.clock.skip(61)
    assert (await call(door, "POST", REPLIES, json=PAT | {"text": "late"})).status_code == 409


async def test_an_answer_that_is_sent_again_is_said_once(door: Door) -> None:
    """Its 201 was lost, and meanwhile the lease ran out: the desk learns what became of it."""
    await door.say("hello", message_id="m1")
    await call(door, "POST", LEASE, json=PAT | {"seconds": 30})
    body = PAT | {"text": "hi, Pat here", "reply_id": "r1"}
    first = await call(door, "POST", REPLIES, json=body)
    await door.say("thanks", message_id="m2")
    door.clock.skip(31)
    again = await call(door, "POST", REPLIES, json=body)
    assert (again.status_code, again.json()) == (first.status_code, first.json()) == (201, {"event_id": 1, "answers": ["m1"]})
    lane = await door.lane()
    assert ([done.seq for done in lane.done], [each.id for each in lane.inbox]) == ([1], ["m2"])


async def test_a_reply_that_is_leaving_is_waited_for(door: Door) -> None:
    await door.say("hello")
    draft = Draft(kind="reply", parts=(Text(text="hi"),))
    await door.records.change(Conversation, "c1", lambda lane: claim(lane, 1, draft, attempt="a", now=door.clock()))
    taken = await call(door, "POST", LEASE, json=PAT)
    assert (taken.status_code, taken.json()) == (202, {"state": "wanted"})
    assert (await call(door, "GET", "/v1/desk/conversations/c1")).json()["wanted_by"] == "pat"
    await door.records.change(Conversation, "c1", lambda lane: settle(lane, 1, "a", "answered", now=door.clock()))
    assert (await call(door, "POST", LEASE, json=PAT)).json() == {"state": "granted"}


async def test_a_lease_that_ran_out_is_ended_by_the_sweeper(door: Door) -> None:
    await door.say("hello", message_id="m1")
    await call(door, "POST", LEASE, json=PAT | {"seconds": 30})
    sweeping = sweeper(door)
    door.clock.skip(29)
    await sweeping.sweep()
    assert (await door.lane()).owner == "person"
    door.clock.skip(30)
    await sweeping.sweep()
    lane = await door.lane()
    assert lane.active
    assert (lane.owner, [each.id for each in lane.active.members]) == ("bot", ["m1"])
    assert [event["epoch"] for _, _, event in await door.stored("desk.v1.message-received")] == [1, 2]


async def test_the_sweeper_sends_each_age_of_a_turn_once_and_gives_up(door: Door) -> None:
    await door.say("hello")
    sweeping, other = sweeper(door), sweeper(door)
    counts = []
    for seconds in (19, 2, 5, 20, 40, 40):
        door.clock.skip(seconds)
        counts.append(await sweeping.sweep())
        await other.sweep()
    assert counts == [0, 1, 0, 1, 1, 1]
    sent = await door.stored("desk.v1.message-received")
    assert [event["attempt"] for _, _, event in sent] == ["", "sweep-0", "sweep-1", "sweep-2"]
    assert len({event["id"] for _, _, event in sent}) == 1
    ((_, _, notice),) = await door.stored("desk.v1.notice-due")
    assert (notice["reason"], notice["epoch"]) == ("expired", 1)


async def test_a_sweep_sees_all_that_stands_however_many_they_are(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("services.ingress.sweeper._AT_ONCE", 3)
    for number in range(8):
        await door.say("hello", conversation=f"c{number}")
    door.clock.skip(21)
    assert await sweeper(door).sweep() == 8


async def test_what_came_while_a_person_typed_waits_for_them(door: Door) -> None:
    await door.say("hello", message_id="m1")
    await call(door, "POST", LEASE, json=PAT)
    await door.say("one more thing", message_id="m2")
    answered = await call(door, "POST", REPLIES, json=PAT | {"text": "Hi", "answers": ["m1"]})
    assert answered.json()["answers"] == ["m1"]
    assert [each.id for each in (await door.lane()).inbox] == ["m2"]


async def test_a_sweeper_outlives_a_broken_store(door: Door) -> None:
    import asyncio

    class Broken:
        calls = 0

        async def due(self, *_: Any, **__: Any) -> list[Any]:
            self.calls += 1
            raise RuntimeError("broken")

    broken: Any = Broken()
    outbox: Any = None
    task = asyncio.create_task(Sweeper(broken, outbox, Pace(every=0.01), (), door.clock, Backlog()).run())
    await until(lambda: broken.calls >= 3)
    task.cancel()


async def test_the_desk_is_for_its_own_programs(door: Door) -> None:
    await door.say("hello")
    statuses = [
        (await call(door, "GET", "/v1/desk/conversations/c1", headers)).status_code for headers in ({}, door.bearer(), BACKEND)
    ]
    assert statuses == [401, 401, 403]
    assert (await call(door, "GET", "/v1/desk/conversations/nowhere")).status_code == 404
    assert (await call(door, "POST", "/v1/desk/conversations/nowhere/lease", json=PAT)).status_code == 404
    for body in ({}, {"holder": "a b"}, {"holder": "pat", "seconds": 0}, {"holder": "pat", "x": 1}):
        assert (await call(door, "POST", LEASE, json=body)).status_code == 400
    assert (await call(door, "DELETE", LEASE)).status_code == 400
    assert (await door.lane()).owner == "bot"
