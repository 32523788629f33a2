"""Callers that go away, and a store that closes."""

import asyncio

import pytest

from shared.errors import StoreUnavailable
from shared.stores.port import Records
from tests.contract.records.samples import OpenStore, Sample, counted, sample


async def test_a_cancelled_caller_disturbs_nobody(records: Records) -> None:
    await records.insert(sample("a"))
    tasks = [asyncio.create_task(records.change(Sample, "a", counted())) for _ in range(40)]
    await asyncio.sleep(0)
    for task in tasks[::2]:
        task.cancel()
    outcomes = await asyncio.gather(*tasks, return_exceptions=True)
    kept = [outcome for outcome in outcomes if isinstance(outcome, int)]
    assert len(kept) >= 20
    assert len(set(kept)) == len(kept)
    found = await records.get(Sample, "a")
    assert found is not None
    assert len(kept) <= found.count <= 40


async def test_a_caller_that_was_cancelled_at_once_leaves_the_store_in_order(records: Records) -> None:
    task = asyncio.create_task(records.insert(sample("a")))
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert await records.change(Sample, "b", counted(), absent=sample("b")) == 1


async def test_close_finishes_what_was_accepted(open_store: OpenStore) -> None:
    async with open_store() as records:
        writes = [asyncio.create_task(records.insert(sample(f"a{n}", owner="o"))) for n in range(100)]
        await asyncio.sleep(0)
        await records.close()
        assert all(await asyncio.gather(*writes))
    async with open_store() as again:
        assert len(await again.find(Sample, "o", limit=1000)) == 100


async def test_a_closed_store_says_so(open_store: OpenStore) -> None:
    async with open_store() as records:
        await records.insert(sample("a"))
        await records.close()
        await records.close()
        with pytest.raises(StoreUnavailable, match="closed"):
            await records.insert(sample("b"))
        with pytest.raises(StoreUnavailable, match="closed"):
            await records.get(Sample, "a")
        with pytest.raises(StoreUnavailable, match="closed"):
            await records.ping()


async def test_closing_one_client_leaves_the_other_in_order(records: Records, open_store: OpenStore) -> None:
    async with open_store() as other:
        assert await other.insert(sample("a"))
    for n in range(20):
        assert await records.insert(sample(f"b{n}", owner="o"))
    async with open_store() as third:
        assert len(await third.find(Sample, "o")) == 20


async def test_what_was_written_is_there_after_opening_again(open_store: OpenStore) -> None:
    async with open_store() as records:
        await records.insert(sample("a", count=3))
    async with open_store() as records:
        assert await records.change(Sample, "a", counted()) == 4
