"""SIGTERM, and servers that come and go."""

import asyncio
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from shared.messaging import Limits, StageBroker, stage
from tests.integration.messaging.conftest import Bus, Running
from tests.integration.messaging.sample import Owner
from tests.waiting import until

PULL = {"expires": 4.0, "idle_heartbeat": 0.5}


@pytest.fixture
def processes() -> Iterator[list[subprocess.Popen[bytes]]]:
    started: list[subprocess.Popen[bytes]] = []
    yield started
    for process in started:
        process.kill()
        process.wait()


def start(desk: Bus, log: Path, graceful: float) -> subprocess.Popen[bytes]:
    root = Path(__file__).parents[3]
    command = [sys.executable, "-m", "tests.integration.messaging.sample", desk.server.url, str(log), str(graceful)]
    return subprocess.Popen(command, cwd=root, env=os.environ | {"PYTHONPATH": str(root)})


def read(log: Path) -> list[tuple[str, str, float]]:
    return [tuple(json.loads(line)) for line in log.read_text().splitlines()] if log.exists() else []


async def test_sigterm_finishes_what_runs_and_hands_back_the_rest(
    desk: Bus, tmp_path: Path, processes: list[subprocess.Popen[bytes]]
) -> None:
    await desk.provision(ack_wait=timedelta(seconds=20))
    log, later = tmp_path / "log", tmp_path / "later"
    processes.append(first := start(desk, log, 2.0))
    await desk.ask("sleep 1", "sleep 30", *(f"sleep 0.05 {i}" for i in range(200)))
    await until(lambda: len(read(log)) > 60)
    first.send_signal(signal.SIGTERM)
    sent = time.time()
    assert await asyncio.to_thread(first.wait, 10) == 0
    assert 1.5 < time.time() - sent < 5, "it waited for graceful_timeout, because of `sleep 30`"
    seen = read(log)
    assert not [text for what, text, at in seen if what == "start" and at > sent + 0.3], "it fetched no more"
    assert [text for what, text, _ in seen if what == "cancelled"] == ["sleep 30"]
    ended = {text for what, text, _ in seen if what == "end"}
    assert "sleep 1" in ended
    assert len(await desk.stored("desk.v1.answered.")) == len(ended), "an answer for each that ended, and no other"

    processes.append(second := start(desk, later, 0.5))
    began = time.time()
    await until(lambda: any(text == "sleep 30" for _, text, _ in read(later)))
    assert time.time() - began < 4, "handed back at once, not after ack_wait, which is 20 s"
    await until(lambda: sum(what == "end" for what, _, _ in read(later)) == 201 - len(ended), 20)
    second.send_signal(signal.SIGTERM)
    assert await asyncio.to_thread(second.wait, 10) == 0
    both = [text for part in (log, later) for what, text, _ in read(part) if what == "start" and text != "sleep 30"]
    assert (len(both), len(set(both))) == (201, 201), "nothing ran twice"


async def test_a_process_that_is_locked_out_ends_instead_of_living_on(
    desk: Bus, tmp_path: Path, processes: list[subprocess.Popen[bytes]]
) -> None:
    await desk.provision(ack_wait=timedelta(seconds=20))
    processes.append(process := start(desk, log := tmp_path / "log", 1.0))
    await desk.ask("hi")
    await until(lambda: any(what == "end" for what, _, _ in read(log)))
    await desk.client.close()
    desk.server.stop()
    desk.server.configure({"authorization": {"user": "root", "password": "changed"}})
    desk.server.start()
    assert await asyncio.to_thread(process.wait, 10) == 0


async def test_it_goes_on_after_the_server_was_killed(desk: Bus, running: Running) -> None:
    settings, owner = await desk.provision(ack_wait=timedelta(seconds=2)), Owner()
    await running(stage("demo", settings, owner, (Owner.answer,), limits=Limits(concurrency=8, **PULL)))
    waits = []
    for turn in range(3):
        await desk.ask(*(f"sleep 0.02 {turn}/{i}" for i in range(40)))
        await until(lambda: owner.now > 0)
        desk.server.kill()
        await asyncio.sleep(0.3)
        desk.server.start()
        await until(lambda: desk.client.is_connected)
        began = time.monotonic()
        await desk.ask(f"after {turn}")
        await until(lambda turn=turn: f"after {turn}" in owner.ended, 15)
        waits.append(time.monotonic() - began)
    await until(desk.settled, 20)
    assert len(await desk.stored("desk.v1.answered.")) == 3 * 41
    assert not await desk.dead()
    assert max(waits) < 4, waits


async def test_it_stops_while_the_server_is_away(desk: Bus) -> None:
    settings, owner = await desk.provision(graceful_timeout=timedelta(seconds=2)), Owner()
    broker: StageBroker = stage("demo", settings, owner, (Owner.answer,), limits=Limits(**PULL))
    await broker.start()
    await desk.ask("sleep 0.5")
    await until(lambda: owner.now == 1)
    desk.server.kill()
    began = time.monotonic()
    await asyncio.wait_for(broker.stop(), 10)
    assert time.monotonic() - began < 8  # a publish waits 5 s for its answer
    assert all(each.running_jobs == 0 for each in broker.consumers)
    desk.server.start()  # the same message for whoever comes next
    await until(lambda: desk.client.is_connected)
    again = stage("demo", settings, other := Owner(), (Owner.answer,), limits=Limits(**PULL))
    await again.start()
    await until(lambda: other.ended == ["sleep 0.5"])
    await until(desk.settled)
    await again.stop()
    assert len(await desk.stored("desk.v1.answered.")) == 1


async def test_stopping_twice_is_stopping_once(desk: Bus) -> None:
    settings = await desk.provision()
    broker = stage("demo", settings, Owner(), (Owner.answer,))
    await broker.start()
    await broker.stop()
    await broker.stop()
    assert broker.problem == "not connected to NATS"


async def test_a_wiped_server_is_noticed_and_served_again_once_provisioned(desk: Bus, running: Running) -> None:
    settings, owner = await desk.provision(), Owner()
    broker: StageBroker = await running(stage("demo", settings, owner, (Owner.answer,), limits=Limits(**PULL)))
    desk.server.kill()
    desk.server.wipe()
    desk.server.start()
    await until(lambda: "demo-asked" in broker.problem)
    await until(lambda: desk.client.is_connected)
    await desk.provision()
    await desk.ask("hi")
    await until(lambda: owner.ended == ["hi"])
    await until(lambda: not broker.problem)
