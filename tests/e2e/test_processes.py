"""Six processes, each killed once in the middle of a turn: one answer, one refund."""

import asyncio
import os
import signal

import pytest

from services.cli.client import RequestRefused
from tests.e2e.environment import ON_BOTH_STORES, Talk, running
from tests.waiting import until

pytestmark = ON_BOTH_STORES

STAGES = ("ingress", "safety", "context", "agent", "actions", "egress")
EARLY = {"FRONTDESK_SWEEP_AFTER": "2"}  # seconds; the default is made for people, not for tests


@pytest.fixture(scope="module")
def desk(tmp_path_factory, records):
    with running(tmp_path_factory.mktemp("processes"), "--processes", *records, **EARLY) as here:
        yield here


@pytest.mark.parametrize("stage", STAGES)
async def test_a_killed_stage_loses_nothing_and_repeats_nothing(desk, stage):
    """SIGSTOP holds the message that the stage was given; SIGKILL then takes the stage in the middle of it."""
    async with desk.client() as client:
        talk = Talk(client)
        await talk.say("hello")
        before = desk.addresses["pids"][stage]
        if stage == "ingress":
            accepted = await talk.post("Where is my order ORD-10001?")
            desk.kill(stage)
        else:
            os.kill(before, signal.SIGSTOP)
            accepted = await talk.post("Where is my order ORD-10001?")
            await asyncio.sleep(0.3)  # the message reaches the stopped stage, or waits for it: both must be healed
            desk.kill(stage)
        reply = await talk.until_answered(accepted["message_id"], 90)
        assert "ORD-10001" in reply.data["text"]
        await until(lambda: desk.addresses["pids"][stage] != before, 30)
        await talk.say("thanks")
        answers = [id for event in await talk.all_events() for id in event.data["answers"]]
        assert answers.count(accepted["message_id"]) == 1


@pytest.mark.parametrize(
    ("stage", "customer", "order"), [("actions", "cus_demo", "ORD-10002"), ("egress", "cus_reyes", "ORD-10007")]
)
async def test_a_refund_is_done_once_although_a_stage_dies_in_it(desk, stage, customer, order):
    async with desk.client(customer) as client:
        talk = Talk(client)
        _, offer = await talk.say(f"I want a refund for {order}, it arrived damaged")
        assert offer.event == "confirm", offer.data
        before = len((await desk.ledger())["refunds"])
        os.kill(desk.addresses["pids"][stage], signal.SIGSTOP)
        await _press(client, talk.conversation, offer.data["token"])
        await asyncio.sleep(0.3)
        desk.kill(stage)
        await talk.until(lambda event: event.event == "notice" and "refund" in event.data["text"].lower(), 90)
        assert len((await desk.ledger())["refunds"]) == before + 1


async def _press(client, conversation, token):
    try:
        await client.confirm(conversation, token, True)
    except RequestRefused as error:
        if error.status != 503:
            raise
        await asyncio.sleep(1)
        await client.confirm(conversation, token, True)
