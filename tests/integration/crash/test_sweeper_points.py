"""A sweeper that dies at any of its writes has lost nothing: the next one heals what it left."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import pytest

from services.compose import open_stages
from tests.integration.crash.house import House, Killed, Talk, open_house, stock
from tests.integration.crash.sweeps import STANDING, Standing, healed
from tests.waiting import until


@pytest.fixture
async def house(nats_server, tmp_path, monkeypatch):
    """Its own sweeper sleeps; those that a test opens do not."""
    stock(monkeypatch)
    async with open_house(nats_server, tmp_path, monkeypatch.setenv, FRONTDESK_SWEEP_EVERY="3600") as house:
        monkeypatch.setenv("FRONTDESK_SWEEP_EVERY", "0.1")
        yield house


@asynccontextmanager
async def sweeper(house: House) -> AsyncIterator[None]:
    """Another replica of ingress, which may be killed."""
    with suppress(Killed):
        async with open_stages(("ingress",), house.platform, house.reached):
            yield


async def stood(house: House, standing: Standing) -> Talk:
    talk = house.talk()
    await standing(talk)
    return talk


async def test_a_sweeper_that_dies_is_followed_by_one_that_heals(house: House) -> None:
    first: dict[str, Standing] = {}
    for standing in STANDING:
        house.seen["sweeper"] = []
        talk = await stood(house, standing)
        async with sweeper(house):
            await healed(talk)
        for point in house.seen["sweeper"]:
            first.setdefault(point, standing)
    assert len(first) >= 12, "the sweeper has six writes"
    for point, standing in first.items():
        talk = await stood(house, standing)
        house.died.discard("sweeper")
        house.fatal["sweeper"] = point
        async with sweeper(house):
            await until(lambda: "sweeper" in house.died)
        async with sweeper(house):
            await asyncio.wait_for(healed(talk), 20)
        if talk.said:
            answered = [id for done in (await house.lane(talk.id)).done for id in done.answers]
            assert len(answered) == len(set(answered)), f"{point}: answered twice"
