"""Writes whose answer is lost are looked up: done once, told as done, or told as not known, never guessed."""

import asyncio
import contextlib
import random
import time

import pytest

from shared.contracts import Customer
from shared.errors import StoreUnavailable
from shared.lane.admission import admit
from shared.lane.documents import Conversation, Item, opened
from shared.stores.customers import Memory
from shared.stores.mongo.records import MongoRecords
from shared.stores.port import UniqueKeyTaken
from tests.integration.mongo.conftest import Open
from tests.integration.mongo.proxy import Proxy


def memory(id: str = "a", text: str = "") -> Memory:
    return Memory(id=id, at=1.0, customer="c", text=text)


def add(mark: str):
    """A transition that nothing makes idempotent: done twice, it is seen twice."""
    return lambda found: (found.model_copy(update={"text": found.text + mark}), found.text + mark)


async def text(records: MongoRecords, id: str = "a") -> str | None:
    found = await records.get(Memory, id)
    return found and found.text


LOST = pytest.mark.parametrize(("how", "times"), [("after", 1), ("after", 3), ("stepdown", 1), ("stepdown", 3)])


@LOST
async def test_a_change_is_done_once_though_its_answers_were_lost(
    records: MongoRecords, direct: MongoRecords, proxy: Proxy, how: str, times: int
) -> None:
    await records.insert(memory())
    proxy.lose("update", how, times)
    assert await records.change(Memory, "a", add("x")) == "x"
    assert proxy.lost, "nothing was lost"
    assert await text(direct) == "x"
    assert await records.change(Memory, "a", add("y")) == "xy"


async def test_a_command_that_never_arrived_is_asked_again(records: MongoRecords, direct: MongoRecords, proxy: Proxy) -> None:
    await records.insert(memory())
    proxy.lose("update", "before", times=3)
    assert await records.change(Memory, "a", add("x")) == "x"
    assert len(proxy.lost) == 3
    assert await text(direct) == "x"


async def test_a_change_is_found_again_under_the_writes_of_others(
    records: MongoRecords, direct: MongoRecords, proxy: Proxy
) -> None:
    await records.insert(memory())

    async def others() -> None:
        proxy.meanwhile = None
        for mark in "123":
            await direct.change(Memory, "a", add(mark))

    proxy.meanwhile = others
    proxy.lose("update")
    assert await records.change(Memory, "a", add("x")) == "x"
    assert await text(direct) == "x123"


async def test_a_change_is_found_again_under_many_writes_of_another(
    records: MongoRecords, direct: MongoRecords, proxy: Proxy
) -> None:
    await records.insert(memory())

    async def others() -> None:
        proxy.meanwhile = None
        for _ in range(20):
            await direct.change(Memory, "a", add("."))

    proxy.meanwhile = others
    proxy.lose("update")
    assert await records.change(Memory, "a", add("x")) == "x", "however many followed, if they are of few writers"
    assert await text(direct) == "x" + "." * 20


async def test_a_document_that_was_deleted_under_a_lost_change_is_not_made_again(
    records: MongoRecords, direct: MongoRecords, proxy: Proxy
) -> None:
    await records.insert(memory())

    async def others() -> None:
        proxy.meanwhile = None
        await direct.delete(Memory, "a")

    proxy.meanwhile = others
    proxy.lose("update")
    with contextlib.suppress(StoreUnavailable):  # with the driver's retries the server may remember what it answered
        assert await records.change(Memory, "a", add("x"), absent=memory(text="new")) == "x"
    assert await direct.get(Memory, "a") is None


@LOST
async def test_an_insert_is_ours_though_its_answers_were_lost(
    records: MongoRecords, direct: MongoRecords, proxy: Proxy, how: str, times: int
) -> None:
    proxy.lose("insert", how, times)
    assert await records.insert(memory(text="ours")) is True
    assert proxy.lost
    proxy.lose("insert", how, times)
    assert await records.insert(memory(text="second")) is False
    assert await text(direct) == "ours"


async def test_a_document_that_starts_by_a_change_starts_once(
    records: MongoRecords, direct: MongoRecords, proxy: Proxy
) -> None:
    proxy.lose("insert", times=2)
    assert await records.change(Memory, "a", add("x"), absent=memory(text="new-")) == "new-x"
    assert await text(direct) == "new-x"


async def test_a_message_is_admitted_once(records: MongoRecords, direct: MongoRecords, proxy: Proxy) -> None:
    """The lane itself: one epoch, one active turn, though the answers to its writes are lost."""
    now, customer = time.time(), Customer(id="c", assurance="verified")
    item = Item(id="m1", at=now, customer=customer, sealed="sealed")
    for command in ("insert", "update"):
        proxy.lose(command, times=2)
        told = await records.change(
            Conversation, "conv", lambda lane: admit(lane, item, now), absent=opened("conv", "c", "web", now)
        )
        assert told is not None
    found = await direct.get(Conversation, "conv")
    assert found is not None
    assert found.epoch == 1
    assert found.active is not None
    assert [member.id for member in found.active.members] == ["m1"]
    assert found.queue == ()


async def test_a_server_that_says_nothing_is_away_in_bounded_time(open_records: Open, proxy: Proxy) -> None:
    async with open_records(proxy.port, patience=1.0) as records:
        await records.insert(memory())
        proxy.fault = lambda command: "silence" if command in ("update", "find") else None
        began = time.monotonic()
        with pytest.raises(StoreUnavailable):
            await records.change(Memory, "a", add("x"))
        assert time.monotonic() - began < 3
        proxy.fault = lambda command: None
        assert await records.change(Memory, "a", add("y")) in ("xy", "y")


async def test_a_unique_key_is_held_once_though_answers_are_lost(
    records: MongoRecords, direct: MongoRecords, proxy: Proxy
) -> None:
    from tests.contract.records.samples import Sample, put

    class Keyed(Sample):
        collection = "effects"

    proxy.lose("insert", times=2)
    assert await records.insert(Keyed(id="a", at=1.0, key="k"))
    assert not await records.insert(Keyed(id="b", at=1.0, key="k"))
    await direct.insert(Keyed(id="c", at=1.0))
    proxy.lose("update", times=2)
    with pytest.raises(UniqueKeyTaken):
        await records.change(Keyed, "c", put(key="k"))
    proxy.lose("update", times=2)
    await records.change(Keyed, "c", put(key="other"))
    assert not await direct.insert(Keyed(id="d", at=1.0, key="other"))


async def test_sixty_changes_through_a_line_that_cuts_at_random(
    records: MongoRecords, direct: MongoRecords, proxy: Proxy
) -> None:
    chance = random.Random(7)
    await direct.insert(memory())
    proxy.fault = lambda command: (
        chance.choice(["after", "before", "stepdown"]) if command in ("update", "find") and chance.random() < 0.15 else None
    )
    told: list[str] = []
    unknown: list[str] = []

    async def worker(name: str) -> None:
        for number in range(6):
            mark = f"<{name}{number}>"
            client = (records, direct)[number % 2]
            try:
                await client.change(Memory, "a", add(mark))
            except StoreUnavailable:
                unknown.append(mark)
            else:
                told.append(mark)

    await asyncio.gather(*(worker(name) for name in "abcdefghij"))
    stands = await text(direct)
    assert stands is not None
    assert proxy.lost
    assert len(told) > 45
    assert [mark for mark in told if stands.count(mark) != 1] == []
    assert [mark for mark in unknown if stands.count(mark) > 1] == []
