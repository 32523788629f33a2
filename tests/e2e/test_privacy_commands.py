"""Export and erase on the running system, while its customer goes on writing."""

import asyncio
import json
import uuid

import nats

from services.leakcheck.canaries import Canary
from services.leakcheck.search import Searcher, in_tables
from tests.e2e.environment import Talk
from tests.e2e.test_commands import answer, frontdesk


async def left(desk, conversation: str) -> int:
    client = await nats.connect(desk.addresses["nats"])
    try:
        state = await client.jetstream().stream_info("DESK", subjects_filter=f"desk.*.*.{conversation}")
        return len(state.state.subjects or {})
    finally:
        await client.close()


async def test_a_customer_is_exported_and_erased_and_goes_on(desk):
    customer, mail = f"cus_{uuid.uuid4().hex[:8]}", f"{uuid.uuid4().hex[:8]}@example.com"
    async with desk.client(customer) as client:
        talk = Talk(client)
        await talk.say(f"My mail is {mail}. How long can I return something?")
        told = answer(await asyncio.to_thread(frontdesk, desk, "export", customer))
        (lane,) = told["conversations"]
        assert mail in lane["turns"][0]["said"]
        assert "30 days" in lane["turns"][0]["answer"]
        assert await left(desk, talk.conversation) >= 4

        erased = answer(await asyncio.to_thread(frontdesk, desk, "erase", customer, "--json"))
        assert (erased["keys"], erased["conversations"], erased["values"], erased["turns"]) == (1, 1, 1, 1)
        assert erased["messages"] >= 4
        assert await left(desk, talk.conversation) == 0
        gone = answer(await asyncio.to_thread(frontdesk, desk, "export", customer))
        assert (gone["conversations"], gone["memories"]) == ([], [])
        traces = Searcher([Canary("CUSTOMER", customer, "")])
        if not desk.addresses["records"].startswith("mongodb"):
            places = {find.place for find in in_tables(traces, desk.folder, ("shop.db", "spans.db"))}
            assert all("erasures" in place for place in places), places

        again = Talk(client)
        assert "30 days" in json.dumps((await again.say("How long can I return something?"))[1].data)
        repeated = answer(await asyncio.to_thread(frontdesk, desk, "erase", customer, "--json"))
        assert repeated["conversations"] == 1
        assert not any(answer(await asyncio.to_thread(frontdesk, desk, "erase", customer, "--json")).values())


async def test_people_are_told_what_was_done_and_what_was_not(desk):
    customer = f"cus_{uuid.uuid4().hex[:8]}"
    async with desk.client(customer) as client:
        await Talk(client).say("How long can I return something?")
        told = (await asyncio.to_thread(frontdesk, desk, "erase", customer)).stdout.splitlines()
        assert told[0] == f"erased of {customer}:"
        assert [line.split()[:2] for line in told[1:4]] == [["keys", "1"], ["conversations", "1"], ["turns", "1"]]
        assert "can be opened no more" in told[1]
    nobody = await asyncio.to_thread(frontdesk, desk, "erase", "cus_mistyped")
    assert nobody.stdout.strip() == "nothing is kept of cus_mistyped"
    nobody = await asyncio.to_thread(frontdesk, desk, "export", "cus_mistyped")
    assert (json.loads(nobody.stdout)["conversations"], nobody.stderr.strip()) == ([], "nothing is kept of cus_mistyped")
    rotated = await asyncio.to_thread(frontdesk, desk, "rotate-keys")
    assert rotated.stdout.strip().endswith("older ones can be destroyed")
