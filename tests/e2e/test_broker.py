"""The broker killed, and its store lost whole, under accepted turns of six processes: nothing is lost, nothing comes twice."""

import asyncio
import os
import shutil
import signal

import pytest

from tests.e2e.environment import Talk, running


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    with running(tmp_path_factory.mktemp("broker"), "--processes", FRONTDESK_SWEEP_AFTER="2") as here:
        yield here


async def test_the_broker_killed_in_the_middle_of_turns(desk):
    async with desk.client() as client:
        talks = [Talk(client) for _ in range(6)]
        accepted = await asyncio.gather(*(talk.post("Where is my order ORD-10001?") for talk in talks))
        desk.kill("nats")
        replies = [await t.until_answered(a["message_id"], 90) for t, a in zip(talks, accepted, strict=True)]
        assert all("ORD-10001" in reply.data["text"] for reply in replies)
        for talk in talks:
            assert len(await talk.all_events()) == 1


async def test_jetstream_lost_whole_loses_no_accepted_turn(desk):
    async with desk.client() as client:
        talks = [Talk(client) for _ in range(6)]
        os.kill(desk.addresses["pids"]["safety"], signal.SIGSTOP)  # all six turns are accepted and none has gone far
        stopped = desk.addresses["pids"]["safety"]
        accepted = await asyncio.gather(*(talk.post("Where is my order ORD-10001?") for talk in talks))
        os.kill(desk.addresses["pids"]["nats"], signal.SIGSTOP)  # it must not write while its store is taken away
        shutil.rmtree(desk.folder / "nats" / "jetstream")
        desk.kill("nats")
        await asyncio.sleep(0.5)
        os.kill(stopped, signal.SIGCONT)
        replies = [await t.until_answered(a["message_id"], 90) for t, a in zip(talks, accepted, strict=True)]
        assert all("ORD-10001" in reply.data["text"] for reply in replies)
        for talk in talks:
            assert len(await talk.all_events()) == 1
