"""Slow handlers, deadlines, crashes, bursts: what a consumer has to outlast."""

import asyncio
import resource
import time
from datetime import timedelta

from shared.messaging import Limits, StageBroker, stage
from tests.integration.messaging.conftest import Bus, Running
from tests.integration.messaging.sample import Asked, Owner, asked
from tests.waiting import until

PULL = {"expires": 4.0, "idle_heartbeat": 0.5}


async def test_slow_handlers_keep_their_message_and_block_nobody(desk: Bus, running: Running) -> None:
    settings, owner = await desk.provision(), Owner()
    await running(stage("demo", settings, owner, (Owner.answer,), limits=Limits(concurrency=2, **PULL)))
    await desk.ask("sleep 3", *(f"sleep 0.6 {i}" for i in range(8)))
    await until(desk.settled)
    assert len(owner.runs) == 9, "three times ack_wait, and no message was delivered twice"
    assert owner.most == 2
    assert owner.ended.index("sleep 3") >= 4, "the others passed it"


async def test_a_handler_past_its_deadline_is_cancelled_and_tried_again(desk: Bus, running: Running) -> None:
    settings, owner = await desk.provision(), Owner()
    await running(stage("demo", settings, owner, (Owner.answer,), limits=Limits(deadline=1.0, **PULL)))
    await desk.ask("hang")
    await until(desk.settled)
    first, second = owner.times("hang")
    assert 0.9 < second - first < 3
    assert owner.ended == ["hang"]
    assert not await desk.dead()


async def test_a_handler_that_always_hangs_ends_as_a_dead_letter(desk: Bus, running: Running) -> None:
    settings = await desk.provision()
    limits = Limits(deadline=0.5, attempts=2, **PULL)
    await running(stage("demo", settings, Owner(), (Owner.answer,), limits=limits))
    await desk.ask("sleep 60")
    await until(desk.settled)
    [letter] = await desk.dead()
    assert ((letter.headers or {})["Desk-Error"], (letter.headers or {})["Desk-Attempts"]) == ("Overdue", "2")


class Deaf:
    """Swallows the first cancellation of its first run, as a library may."""

    def __init__(self) -> None:
        self.cancelled = self.runs = 0

    async def hear(self, _: Asked) -> None:
        self.runs += 1
        for _again in range(3 - self.runs):
            try:
                await asyncio.sleep(30)
            except asyncio.CancelledError:
                self.cancelled += 1
                if self.cancelled > 1:
                    raise


async def test_a_handler_that_swallows_its_cancellation_is_cancelled_again(desk: Bus, running: Running) -> None:
    settings, owner = await desk.provision((Deaf.hear,)), Deaf()
    await running(stage("demo", settings, owner, (Deaf.hear,), limits=Limits(deadline=0.5, **PULL)))
    await desk.ask("hi")
    await until(lambda: owner.cancelled >= 2)
    await until(lambda: owner.runs >= 2)


async def test_a_message_that_kills_its_process_is_buried_without_another_run(desk: Bus, running: Running) -> None:
    settings, owner = await desk.provision(), Owner()
    await desk.ask("crashes its process")
    sub = await desk.js.pull_subscribe_bind(consumer="demo-asked", stream="DESK")
    for _ in range(3):
        await sub.fetch(1, timeout=5)  # delivered, never settled: as if the process had died
    await sub.unsubscribe()
    await running(stage("demo", settings, owner, (Owner.answer,), limits=Limits(attempts=3, patience=3, **PULL)))
    await until(desk.settled)
    [letter] = await desk.dead()
    assert ((letter.headers or {})["Desk-Attempts"], owner.runs) == ("4", [])


async def test_without_its_dead_letter_stream_nothing_is_lost(desk: Bus, running: Running) -> None:
    settings, owner = await desk.provision(), Owner()
    await running(stage("demo", settings, owner, (Owner.answer,), limits=Limits(**PULL)))
    await desk.js.delete_stream("DESK_DLQ")
    await desk.ask("poison")
    await until(lambda: len(owner.runs) >= 2)
    await desk.provision()
    await until(desk.settled)
    assert len(await desk.dead()) == 1


async def test_bursts_are_complete_and_exact(desk: Bus, running: Running) -> None:
    settings, owner = await desk.provision(ack_wait=timedelta(seconds=10)), Owner()
    limits = Limits(concurrency=32, expires=1.0, idle_heartbeat=0.5)
    await running(stage("demo", settings, owner, (Owner.answer,), limits=limits))
    sizes = (1, 31, 32, 33, 500, 2000)
    for size in sizes:
        await asyncio.gather(*(desk.ask(f"{size}/{i}") for i in range(size)))
        await until(desk.settled, 20)
        await asyncio.sleep(0.3)  # some requests expire between bursts
    assert len(owner.runs) == sum(sizes)
    assert (await desk.js.stream_info("DESK")).state.messages == 2 * sum(sizes)
    assert owner.most <= 32


async def test_the_same_event_twice_is_answered_once(desk: Bus, running: Running) -> None:
    settings, owner = await desk.provision(), Owner()
    await running(stage("demo", settings, owner, (Owner.answer,), limits=Limits(**PULL)))
    event = asked("hi")
    for _ in range(2):  # without an id: past JetStream's own window
        await desk.js.publish("desk.v1.asked.c1", event.model_dump_json().encode())
    await until(lambda: len(owner.ended) == 2)
    await until(desk.settled)
    assert len(await desk.stored("desk.v1.answered.")) == 1


async def test_a_sweep_passes_the_duplicate_window_at_every_hop(desk: Bus, running: Running) -> None:
    settings = await desk.provision()
    await running(stage("demo", settings, Owner(), (Owner.answer,), limits=Limits(**PULL)))
    for attempt in ("", "7", "7", "8"):
        event = asked("hi")
        event.attempt = attempt
        await desk.send(event)
    await until(lambda: desk_answers(desk, 3))
    ids = [(each.headers or {})["Nats-Msg-Id"] for each in await desk.stored("desk.v1.answered.")]
    assert [each.partition("#")[2] for each in ids] == ["", "7", "8"]
    assert len({each.partition("#")[0] for each in ids}) == 1


async def desk_answers(desk: Bus, count: int) -> bool:
    return len(await desk.stored("desk.v1.answered.")) == count and await desk.settled()


async def test_idle_broken_and_down_it_neither_spins_nor_blocks(desk: Bus, running: Running) -> None:
    settings = await desk.provision()
    broker: StageBroker = await running(stage("demo", settings, Owner(), (Owner.answer,), limits=Limits(**PULL)))
    idle = await _strain(1.5)
    await desk.js.delete_consumer("DESK", "demo-asked")
    gone = await _strain(1.5)
    assert "demo-asked" in broker.problem
    desk.server.kill()
    down = await _strain(2)
    assert broker.problem == "not connected to NATS"
    desk.server.start()
    await until(lambda: desk.client.is_connected)
    await desk.provision()
    await desk.ask("hi")
    await until(desk.settled)
    await until(lambda: not broker.problem)
    assert all(lag < 0.3 and cpu < 0.25 for lag, cpu in (idle, gone, down)), (idle, gone, down)


async def _strain(seconds: float) -> tuple[float, float]:
    """The event loop's worst lag in seconds, and the share of a core used."""
    worst, end = 0.0, time.monotonic() + seconds
    before = resource.getrusage(resource.RUSAGE_SELF)
    while (now := time.monotonic()) < end:
        await asyncio.sleep(0.01)
        worst = max(worst, time.monotonic() - now - 0.01)
    after = resource.getrusage(resource.RUSAGE_SELF)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return worst, used / seconds
