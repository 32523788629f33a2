"""Every write of every stage is a crash point that is documented, and a conversation that dies at one ends as if it had not."""

import asyncio
import os
from collections import Counter
from typing import Any

import httpx2
import pytest

from services.actions import ledger
from shared.lane import delivery, effects
from shared.lane.documents import Conversation
from tests.integration.crash import listed
from tests.integration.crash.flows import FLOWS, Flow, a_callback
from tests.integration.crash.house import House, Talk, open_house, stock
from tests.integration.crash.sweeps import STANDING, Standing, healed


@pytest.fixture(autouse=True)
def hurry(monkeypatch):
    """The same protocol with shorter times."""
    for module in (delivery, effects):
        monkeypatch.setattr(module, "CLAIM_FOR", 3.0)
    monkeypatch.setattr(delivery, "CALL_WITHIN", 1.0)
    monkeypatch.setattr(ledger, "CALL_TIMEOUT", 1.0)
    monkeypatch.setenv("FRONTDESK_CALL_TIMEOUT", "1")


@pytest.fixture
async def house(nats_server, tmp_path, monkeypatch):
    stock(monkeypatch)
    async with open_house(nats_server, tmp_path, monkeypatch.setenv) as house:
        yield house


async def run(house: House, flow: Flow, fatal: str = "") -> Talk:
    """One conversation, which dies once at `fatal`."""
    talk = house.talk()
    if fatal:
        house.fatal[talk.id] = fatal
    await flow(talk)
    await talk.stands(lambda lane: not (lane.active or lane.queue or lane.confirmed))
    return talk


async def came_of(talk: Talk) -> dict[str, Any]:
    """What the customer, the shop, the partner and the telephone got: the same, whatever died on the way."""
    lane, books = await talk.house.lane(talk.id), await talk.house.books()
    answered = Counter(id for done in lane.done for id in done.answers)
    assert not [id for id, times in answered.items() if times > 1], "answered twice"
    assert set(talk.said) <= answered.keys(), "never answered"
    mine = {
        kind: [each for each in found if talk.order in str(each) or talk.customer.id in str(each)]
        for kind, found in books.items()
    }
    return {
        "deliveries": sorted((done.outcome, done.draft.kind, len(done.answers)) for done in lane.done),
        "owner": lane.owner,
        "shop": {kind: len(found) for kind, found in mine.items()},
        "telephone": sorted(text for key, text in talk.house.provider.landed if key.startswith(f"{talk.id}:")),
    }


async def test_every_write_is_listed(house: House) -> None:
    await asyncio.gather(*(run(house, flow) for flow in FLOWS), *(stand(house, standing) for standing in STANDING))
    await asyncio.sleep(0.3)  # acknowledgements are the last thing that happens
    reached = listed.writes(point for points in house.seen.values() for point in points)
    if os.environ.get("CRASH_POINTS") == "write":
        listed.write(reached | listed.by_signature())
    assert reached - listed.listed() == set(), "a write without an entry in docs/crash-points.md"
    assert listed.listed() - reached - listed.by_signature() == set(), "no flow leads there"
    assert listed.by_signature() - listed.listed() == set()


async def stand(house: House, standing: Standing) -> Talk:
    talk = house.talk()
    await standing(talk)
    await healed(talk)
    return talk


async def test_a_crash_at_any_point_changes_nothing(house: House) -> None:
    """Of each point the first flow that reaches it, all of them at once."""
    harmless = {flow: await run(house, flow) for flow in FLOWS}
    await asyncio.sleep(0.3)
    first: dict[str, Flow] = {}
    for flow, talk in harmless.items():
        for point in house.seen[talk.id]:
            first.setdefault(point, flow)
    wanted = {flow: await came_of(talk) for flow, talk in harmless.items()}
    some = asyncio.Semaphore(40)

    async def dies(point: str, flow: Flow) -> str:
        async with some:
            talk = await run(house, flow, point)
            for _ in range(200):  # what comes again has nothing left to do, and does it
                if talk.id in house.died:
                    break
                await asyncio.sleep(0.02)
            if talk.id not in house.died:
                return f"{point} was not reached by {flow.__name__}"
            came = await came_of(talk)
            return "" if came == wanted[flow] else f"{point}: {flow.__name__} came to {came}, not {wanted[flow]}"

    assert len(first) > 100
    wrong = await asyncio.gather(*(dies(point, flow) for point, flow in first.items()))
    found = [each for each in wrong if each]
    assert not found, "\n".join(found)


async def test_what_went_wrong_would_be_seen(house: House) -> None:
    """A second callback, a message without an answer, and one with two."""
    talk = await run(house, a_callback)
    once = await came_of(talk)
    assert once["shop"]["callbacks"] == 1
    async with httpx2.AsyncClient(trust_env=False) as http:
        asked = {"customer_id": talk.customer.id, "when": "tomorrow", "topic": "", "action_id": "other"}
        (await http.post(f"{house.shop}/callbacks", json=asked, headers={"idempotency-key": "other"})).raise_for_status()
    assert await came_of(talk) != once
    talk.said.append("m_lost")
    with pytest.raises(AssertionError, match="never answered"):
        await came_of(talk)

    def twice(lane: Conversation) -> tuple[Conversation, None]:
        return lane.model_copy(update={"done": lane.done * 2}), None

    await house.records.change(Conversation, talk.id, twice)
    with pytest.raises(AssertionError, match="answered twice"):
        await came_of(talk)
