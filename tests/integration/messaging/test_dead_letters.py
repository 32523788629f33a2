"""What a person does with dead letters."""

from collections.abc import Mapping

import pytest

from shared.errors import Rejected
from shared.messaging import Limits, connected, stage
from shared.messaging.dead_letters import DeadLetters, NoSuchDeadLetter
from tests.integration.messaging.conftest import Bus, Running
from tests.integration.messaging.sample import Owner, asked
from tests.integration.messaging.test_publishing import Desk
from tests.waiting import until

QUICK = Limits(attempts=2, patience=2, expires=4.0, idle_heartbeat=0.5)


async def test_listed_shown_and_dropped(desk: Bus, running: Running) -> None:
    settings = await desk.provision()
    await running(stage("demo", settings, Owner(), (Owner.answer,), limits=QUICK))
    await desk.send(asked("poison 1"), traceparent="00-a-b-01")
    await desk.ask("poison 2", "poison 3")
    await until(desk.settled)
    async with connected(settings, "test") as client:
        letters = DeadLetters(client)
        found = [each async for each in letters.all()]
        assert [each.number for each in found] == [1, 2, 3]
        assert [each.number async for each in letters.all(after=2)] == [3]
        first = await letters.show(1)
        assert (first.subject, first.stream, first.consumer, first.sequence) == ("desk.v1.asked.c1", "DESK", "demo-asked", 1)
        assert (first.error, first.reason, first.attempts, first.traceparent) == ("Rejected", "never", 1, "00-a-b-01")
        assert first.body == asked("poison 1").model_dump_json().encode()
        assert first.headers == {"Nats-Msg-Id": asked("poison 1").id, "traceparent": "00-a-b-01"}
        assert "poison 1" not in repr(first), "a listing does not show what a customer wrote"
        await letters.drop(2)
        assert [each.number async for each in letters.all()] == [1, 3]
        for missing in (2, 99):
            with pytest.raises(NoSuchDeadLetter):
                await letters.show(missing)
            with pytest.raises(NoSuchDeadLetter):
                await letters.drop(missing)


async def test_an_event_of_a_turn_is_readmitted_and_then_gone(desk: Bus, running: Running) -> None:
    settings = await desk.provision()
    await running(stage("demo", settings, Owner(), (Owner.answer,), limits=QUICK))
    await desk.ask("poison")
    await until(desk.settled)
    given: list[tuple[bytes, Mapping[str, str]]] = []

    async def refuse(body: bytes, headers: Mapping[str, str]) -> None:
        raise Rejected("a person has the conversation")

    async def readmit(body: bytes, headers: Mapping[str, str]) -> None:
        given.append((body, headers))

    async with connected(settings, "test") as client:
        letters = DeadLetters(client)
        with pytest.raises(Rejected):
            await letters.replay(1, refuse)
        assert (await letters.replay(1, readmit)).number == 1
        assert given == [(asked("poison").model_dump_json().encode(), {"Nats-Msg-Id": asked("poison").id})]
        with pytest.raises(NoSuchDeadLetter):
            await letters.replay(1, readmit)
    assert len(await desk.stored("desk.v1.asked.")) == 1, "nothing was published"


async def test_a_backend_event_is_published_again_at_its_origin(desk: Bus, running: Running) -> None:
    settings, owner = await desk.provision((Desk.receive,)), Desk()
    await running(stage("demo", settings, owner, (Desk.receive,), limits=QUICK))
    body = b'{"specversion":"1.0","id":"1","source":"/shop","type":"shop.broken"}'
    await desk.js.publish("events.shop.broken", body, headers={"Nats-Msg-Id": "b-1", "traceparent": "00-a-b-01"})
    await until(desk.settled_backend)

    async def never(body: bytes, headers: Mapping[str, str]) -> None:
        raise AssertionError("no turn is behind it")

    async with connected(settings, "test") as client:
        await DeadLetters(client).replay(1, never)
        await until(lambda: len(owner.seen) == 2)
        await until(desk.settled_backend)
        again = [each async for each in DeadLetters(client).all()]
    assert [each.number for each in again] == [2], "still broken, so it died again"
    first, second = await desk.stored("events.", "DESK_EVENTS")
    assert (first.data, first.subject) == (second.data, second.subject)
    assert (second.headers or {})["traceparent"] == "00-a-b-01"
    assert (second.headers or {})["Nats-Msg-Id"].startswith("replay:1:")
