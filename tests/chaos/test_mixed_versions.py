"""A rolling upgrade half-way: the stages of the previous release share the consumers of this one's, under load."""

import asyncio

import pytest

from services.names import STAGES
from tests.chaos import previous_release
from tests.e2e.environment import Talk, running

CUSTOMERS, TURNS = 6, 8
QUESTIONS = ("Where is my order ORD-10001?", "How long do I have to return something?", "hello")
REFUNDS = {"cus_demo": "ORD-10002", "cus_reyes": "ORD-10007"}


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    if why := previous_release.unknown():
        pytest.skip(why)
    tree = tmp_path_factory.mktemp("previous")
    previous_release.unpack(tree)
    with running(tmp_path_factory.mktemp("mixed"), "--processes") as here, previous_release.beside(here, tree, STAGES):
        yield here


async def test_both_releases_serve_the_same_conversations(desk):
    asked: list[str] = []

    async def customer(number):
        async with desk.client(f"cus_mixed_{number}") as client:
            talk = Talk(client)
            own = [(await talk.say(QUESTIONS[(number + turn) % len(QUESTIONS)]))[0]["message_id"] for turn in range(TURNS)]
            assert [id for event in await talk.all_events() for id in event.data["answers"]] == own, "each once, in order"
            asked.extend(own)

    def took_part():
        return {span.service for id in asked for trace in desk.spans(id) for span in trace}

    async with asyncio.timeout(90):
        while not took_part() >= {f"{release}-{stage}" for release in ("previous", "frontdesk") for stage in STAGES[1:]}:
            await asyncio.gather(*(customer(number) for number in range(CUSTOMERS)))


@pytest.mark.parametrize(("customer", "order"), REFUNDS.items())
async def test_a_refund_goes_through_both_and_is_done_once(desk, customer, order):
    async with desk.client(customer) as client:
        talk = Talk(client)
        _, offer = await talk.say(f"I want a refund for {order}, it arrived damaged")
        assert offer.event == "confirm", offer.data
        await client.confirm(talk.conversation, offer.data["token"], True)
        await talk.until(lambda event: event.event == "notice" and "refund" in event.data["text"].lower(), 60)
        refunds = [refund["order_id"] for refund in (await desk.ledger())["refunds"]]
        assert refunds.count(order) == 1
