"""The nineteen traps of FastStream that were met and measured before the bus was built, and what keeps us out of each.

What happens in FastStream 0.7 as its docs show it, and the test:

| trap | what happens                                                   | test                                               |
|------|----------------------------------------------------------------|----------------------------------------------------|
| 1    | an exception terminates the message: it is lost                | an_exception_never_loses_a_message                 |
| 2    | a nak without delay: thousands of runs a second                | a_bug_is_not_run_in_a_tight_loop                   |
| 3    | a lost acknowledgement is not noticed                          | a_lost_acknowledgement_repeats_work_and_no_output  |
| 4    | a batch waits for its slowest member                           | lasting: slow_handlers_keep_their_message          |
| 5    | prefetched messages age and run twice                          | the same; lasting: bursts_are_complete_and_exact   |
| 6    | one bad message poisons its batch                              | a_poisoned_message_harms_no_neighbour              |
| 7    | reconnects end, then the loop spins and blocks                 | reconnects_never_end; rights: closed_by_nobody     |
|      |                                                                | lasting: neither_spins_nor_blocks                  |
| 8    | nothing is received after a server restart                     | stopping: goes_on_after_the_server_was_killed      |
| 9    | a starting service overwrites live stream settings             | a_starting_stage_changes_no_setting                |
| 10   | changed settings are ignored, a deleted durable is silence     | provision: stops_at_its_start                      |
|      |                                                                | a_durable_deleted_underneath_is_said               |
| 11   | results go to core NATS and are lost; 0.5 s for a publish      | publishing: output_that_cannot_be_stored           |
|      |                                                                | a_slow_store_is_waited_for                         |
| 12   | acknowledged before the result is stored                       | an_output_is_stored_before_its_cause_is_acknowledged |
| 13   | a `reply_to` header says where results go                      | a_senders_reply_to_header_is_ignored               |
| 14   | fetched messages wait out ack_wait at a stop                   | stopping: sigterm_finishes_what_runs               |
| 15   | the inbox prefix is not inherited: nothing is consumed         | rights: lives_on_its_own_subjects_and_its_own_inbox |
| 16   | schedules with naive times are refused                         | not used: the sweeper looks at the clock           |
| 17   | a forbidden publish returns success                            | rights: forbidden_publish_is_fatal_not_silent      |
| 18   | `0` is no `str`: plain types are guessed at                    | plain_json_values_are_dead_letters                 |
| 19   | metrics labelled by subject: one series a conversation         | not used: the metrics are ours (shared/telemetry)  |
"""

import asyncio
import re
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from nats.aio.msg import Msg
from nats.js.api import StreamConfig

from shared.messaging import Limits, StageBroker, stage
from tests.integration.messaging.conftest import Bus, Running
from tests.integration.messaging.sample import Answered, Asked, Owner, asked
from tests.waiting import until

QUICK = Limits(attempts=3, patience=4, expires=4.0, idle_heartbeat=0.5)


async def test_an_exception_never_loses_a_message(desk: Bus, running: Running) -> None:
    class Recovering(Owner):
        async def _act(self, event: Asked) -> Any:
            if len(self.runs) < 3:
                raise ZeroDivisionError
            return await super()._act(event)

    settings, owner = await desk.provision(), Recovering()
    await running(stage("demo", settings, owner, (Owner.answer,), limits=QUICK))
    await desk.ask("hi")
    await until(desk.settled)
    assert (len(owner.runs), owner.ended, await desk.dead()) == (3, ["hi"], [])


async def test_a_bug_is_not_run_in_a_tight_loop(desk: Bus, running: Running) -> None:
    settings, owner = await desk.provision(), Owner()
    await running(stage("demo", settings, owner, (Owner.answer,), limits=Limits(expires=4.0, idle_heartbeat=0.5)))
    await desk.ask("bug")
    await until(lambda: len(owner.times("bug")) >= 3)
    first, second, third = owner.times("bug")[:3]
    assert (second - first >= 0.2, third - second >= 0.4) == (True, True), "0.25 and 0.5 s are waited"


async def test_a_lost_acknowledgement_repeats_work_and_no_output(
    desk: Bus, running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    lost: list[Msg] = []
    real = Msg.ack

    async def ack(msg: Msg) -> None:
        if lost:
            await real(msg)
        else:
            lost.append(msg)  # as if the connection had swallowed it

    monkeypatch.setattr(Msg, "ack", ack)
    settings, owner = await desk.provision(), Owner()
    await running(stage("demo", settings, owner, (Owner.answer,), limits=QUICK))
    await desk.ask("hi")
    await until(lambda: len(owner.ended) == 2)
    await until(desk.settled)
    assert len(await desk.stored("desk.v1.answered.")) == 1


async def test_a_poisoned_message_harms_no_neighbour(desk: Bus, running: Running) -> None:
    settings, owner = await desk.provision(), Owner()
    await running(stage("demo", settings, owner, (Owner.answer,), limits=QUICK))
    await desk.ask("one", "bug", "two")
    await desk.js.publish("desk.v1.asked.c1", b"\x00")
    await desk.ask("poison", "three")
    began = time.monotonic()
    await until(lambda: sorted(owner.ended) == ["one", "three", "two"], 1)
    assert time.monotonic() - began < 1
    await until(desk.settled)
    assert len(await desk.dead()) == 3
    assert [sum(text == each for text, _ in owner.runs) for each in ("one", "two", "three")] == [1, 1, 1]


async def test_reconnects_never_end(desk: Bus, running: Running) -> None:
    settings = await desk.provision()
    broker: StageBroker = await running(stage("demo", settings, Owner(), (Owner.answer,), limits=QUICK))
    client = await broker.connect()
    assert client.options["max_reconnect_attempts"] == -1
    assert client.options["ping_interval"] * (client.options["max_outstanding_pings"] + 1) <= 15, "a silent network"


async def test_a_starting_stage_changes_no_setting(desk: Bus, running: Running) -> None:
    settings = await desk.provision()
    await desk.js.add_stream(StreamConfig(name="OTHER", subjects=["other"]))

    async def picture() -> dict[str, Any]:
        streams = {each.config.name: asdict(each.config) for each in await desk.js.streams_info()}
        return streams | {"consumer": asdict((await desk.js.consumer_info("DESK", "demo-asked")).config)}

    before = await picture()
    await running(stage("demo", settings, Owner(), (Owner.answer,), limits=QUICK))
    await desk.ask("hi")
    await until(desk.settled)
    assert await picture() == before


async def test_a_durable_deleted_underneath_is_said(desk: Bus, running: Running) -> None:
    settings, owner = await desk.provision(), Owner()
    broker: StageBroker = await running(stage("demo", settings, owner, (Owner.answer,), limits=QUICK))
    await desk.ask("first")
    await until(desk.settled)
    await desk.js.delete_consumer("DESK", "demo-asked")
    problem = await until(lambda: broker.problem)
    assert problem == "pull on consumer demo-asked ended: 409 Consumer Deleted"
    await until(lambda: "503" in broker.problem, 5)  # it asks again, and again
    await desk.provision()
    await desk.ask("hi")
    await until(lambda: owner.ended[-1] == "hi")
    assert broker.problem == ""


async def test_a_slow_store_is_waited_for(desk: Bus, running: Running) -> None:
    settings, owner = await desk.provision(), Owner()
    broker: StageBroker = await running(stage("demo", settings, owner, (Owner.answer,), limits=QUICK))
    producer = broker.config.broker_config.js_producer
    answered = producer._answered

    async def late(msg: Msg) -> None:
        await asyncio.sleep(1.2)
        await answered(msg)

    producer._answered = late
    await desk.ask("hi")
    await until(desk.settled)
    assert len(owner.runs) == 1
    assert len(await desk.stored("desk.v1.answered.")) == 1


async def test_an_output_is_stored_before_its_cause_is_acknowledged(desk: Bus, running: Running) -> None:
    settings = await desk.provision()
    order: list[str] = []

    async def note(msg: Msg) -> None:
        order.append(msg.subject)

    await desk.client.subscribe("$JS.ACK.DESK.demo-asked.>", cb=note)
    await desk.client.subscribe("desk.v1.answered.*", cb=note)
    await running(stage("demo", settings, Owner(), (Owner.answer,), limits=QUICK))
    await desk.ask("hi")
    await until(lambda: any(each.startswith("$JS.ACK") for each in order))
    assert order[0] == "desk.v1.answered.c1"
    assert order[1].startswith("$JS.ACK.DESK.demo-asked.1.")


async def test_a_senders_reply_to_header_is_ignored(desk: Bus, running: Running) -> None:
    settings = await desk.provision()
    heard: list[str] = []

    async def hear(msg: Msg) -> None:
        heard.append(msg.subject)

    await desk.client.subscribe("stolen.>", cb=hear)
    await running(stage("demo", settings, Owner(), (Owner.answer,), limits=QUICK))
    await desk.send(asked("hi"), reply_to="stolen.results", correlation_id="x")
    await until(desk.settled)
    await desk.client.flush()
    assert heard == []
    [answer] = await desk.stored("desk.v1.answered.")
    assert set(answer.headers or {}) == {"Nats-Msg-Id"}, "and it is not passed on"


async def test_plain_json_values_are_dead_letters(desk: Bus, running: Running) -> None:
    settings, owner = await desk.provision(), Owner()
    await running(stage("demo", settings, owner, (Owner.answer,), limits=QUICK))
    wrong = [
        b"0",
        b'"text"',
        b"null",
        b"[]",
        b"",
        b"{}",
        Answered(conversation="c1", epoch=1, text="x").model_dump_json().encode(),
    ]
    for body in wrong:
        await desk.js.publish("desk.v1.asked.c1", body)
    await until(desk.settled)
    assert [letter.data or b"" for letter in await desk.dead()] == wrong
    assert owner.runs == []


def test_every_test_that_the_table_names_exists() -> None:
    tests = "".join(path.read_text() for path in Path(__file__).parent.glob("test_*.py"))
    cells = [line.split("|")[3].strip() for line in (__doc__ or "").splitlines() if line.startswith("| ")][2:]
    named = [part.strip().rpartition(": ")[2] for cell in cells for part in cell.split(";")]
    real = [name for name in named if not name.startswith(("the same", "not used", "the metrics", "the sweeper"))]
    assert len(real) >= 19
    for name in real:
        assert re.search(rf"def test_\w*{name}", tests), name
