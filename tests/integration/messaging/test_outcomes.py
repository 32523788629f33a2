"""The failure table, on a real server."""

from faststream.nats import NatsBroker

from shared.contracts.reply import NoticeDue
from shared.messaging import Limits, StageBroker, stage
from tests.integration.messaging.conftest import Bus, Running
from tests.integration.messaging.sample import Answered, Owner, asked
from tests.waiting import until

QUICK = Limits(concurrency=8, attempts=3, patience=4, expires=4.0, idle_heartbeat=0.5)


async def test_each_outcome_ends_where_the_table_says(desk: Bus, running: Running) -> None:
    settings, owner = await desk.provision(), Owner()
    broker: StageBroker = await running(stage("demo", settings, owner, (Owner.answer,), limits=QUICK))
    assert isinstance(broker, NatsBroker)
    await desk.ask("hi", "refuse", "silent", "flaky", "down", "poison", "bug")
    await desk.js.publish("desk.v1.asked.c1", b'{"text":"jane@example.com","epoch":"jane@example.com"}')
    await desk.js.publish("desk.v1.asked.c1", b"\xff{not json", headers={"traceparent": "00-a-b-01"})
    await until(desk.settled)

    answers = [Answered.model_validate_json(each.data or b"") for each in await desk.stored("desk.v1.answered.c1")]
    assert sorted(answer.text for answer in answers) == ["flaky", "hi"]
    assert {answer.caused_by for answer in answers} == {asked("hi").id, asked("flaky").id}
    assert len(await desk.stored("desk.v1.refused.c1")) == 1

    dead = {(each.headers or {})["Desk-Error"]: each for each in await desk.dead()}
    attempts = {error: (each.headers or {})["Desk-Attempts"] for error, each in dead.items()}
    assert attempts == {"Retryable": "4", "Rejected": "1", "KeyError": "3", "ValidationError": "1"}
    assert len(await desk.dead()) == 5
    assert all("jane@example.com" not in str(each.headers) for each in await desk.dead())

    waits = [after - before for before, after in zip(owner.times("flaky"), owner.times("flaky")[1:], strict=False)]
    assert len(waits) == 2
    assert min(waits) > 0.55, waits
    assert broker.problem == ""


async def test_a_dead_letter_keeps_all_that_a_person_needs(desk: Bus, running: Running) -> None:
    settings = await desk.provision()
    await running(stage("demo", settings, Owner(), (Owner.answer,), limits=QUICK))
    await desk.send(asked("poison"), traceparent="00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
    [letter] = await until(desk.dead)
    headers = letter.headers or {}
    assert letter.subject == "dlq.desk.v1.asked.c1"
    assert letter.data == asked("poison").model_dump_json().encode()
    assert headers["Nats-Msg-Id"] == "dlq:DESK:1:demo-asked"
    assert headers["traceparent"] == "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
    assert headers["Desk-Original-Nats-Msg-Id"] == asked("poison").id
    expected = {"Stream": "DESK", "Consumer": "demo-asked", "Sequence": "1", "Subject": "desk.v1.asked.c1", "Reason": "never"}
    assert {key: headers[f"Desk-{key}"] for key in expected} == expected


async def test_the_customer_of_a_lost_turn_is_told_once(desk: Bus, running: Running) -> None:
    settings = await desk.provision()
    await running(stage("demo", settings, Owner(), (Owner.answer,), limits=QUICK))
    await desk.ask("poison", "poison too")  # two events of one turn
    await until(desk.settled)
    assert len(await desk.dead()) == 2
    [notice] = [NoticeDue.model_validate_json(each.data or b"") for each in await desk.stored("desk.v1.notice-due.")]
    assert (notice.conversation, notice.epoch, notice.reason) == ("c1", 1, "failed")
