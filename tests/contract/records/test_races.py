"""Many callers at once: as if they had come one after the other."""

import asyncio

import pytest

from shared.stores.port import Records, UniqueKeyTaken
from tests.contract.records.samples import Sample, counted, put, sample

WORKERS = 50


async def test_fifty_workers_change_one_document_and_no_change_is_lost(records: Records, other: Records) -> None:
    await records.insert(sample("a"))
    told = await asyncio.gather(*((records, other)[n % 2].change(Sample, "a", counted()) for n in range(WORKERS)))
    assert sorted(told) == list(range(1, WORKERS + 1))  # type: ignore[type-var]
    assert await records.get(Sample, "a") == sample("a", count=WORKERS)


async def test_fifty_workers_start_one_document_and_one_starts_it(records: Records, other: Records) -> None:
    told = await asyncio.gather(
        *((records, other)[n % 2].change(Sample, "a", counted(), absent=sample("a", text=f"{n}")) for n in range(WORKERS))
    )
    assert sorted(told) == list(range(1, WORKERS + 1))  # type: ignore[type-var]


async def test_fifty_workers_insert_one_id_and_one_wins(records: Records, other: Records) -> None:
    won = await asyncio.gather(*((records, other)[n % 2].insert(sample("a", text=f"{n}")) for n in range(WORKERS)))
    assert won.count(True) == 1
    assert await other.get(Sample, "a") == sample("a", text=f"{won.index(True)}")


async def test_fifty_workers_insert_one_unique_key_and_one_wins(records: Records, other: Records) -> None:
    won = await asyncio.gather(*((records, other)[n % 2].insert(sample(f"a{n}", key="k", owner="o")) for n in range(WORKERS)))
    assert won.count(True) == 1
    assert [found.id for found in await other.find(Sample, "o")] == [f"a{won.index(True)}"]


async def test_fifty_workers_claim_one_unique_key_by_change_and_one_wins(records: Records, other: Records) -> None:
    for n in range(WORKERS):
        await records.insert(sample(f"a{n}"))
    outcomes = await asyncio.gather(
        *((records, other)[n % 2].change(Sample, f"a{n}", put(key="k")) for n in range(WORKERS)), return_exceptions=True
    )
    assert outcomes.count(None) == 1
    assert sum(isinstance(outcome, UniqueKeyTaken) for outcome in outcomes) == WORKERS - 1


async def test_one_claim_is_granted_when_all_compare_and_set(records: Records, other: Records) -> None:
    await records.insert(sample("a"))

    def claim(worker: str):  # type: ignore[no-untyped-def]
        return lambda found: (found, False) if found.text else (found.model_copy(update={"text": worker}), True)

    won = await asyncio.gather(*((records, other)[n % 2].change(Sample, "a", claim(f"{n}")) for n in range(WORKERS)))
    assert won.count(True) == 1
    assert await records.get(Sample, "a") == sample("a", text=f"{won.index(True)}")


async def test_a_failing_transition_fails_alone_among_many(records: Records) -> None:
    def refuse(found: Sample) -> tuple[Sample, int]:
        raise LookupError(found.id)

    for n in range(WORKERS):
        await records.insert(sample(f"a{n}"))
    outcomes = await asyncio.gather(
        *(records.change(Sample, f"a{n}", refuse if n % 5 == 0 else counted()) for n in range(WORKERS)),
        return_exceptions=True,
    )
    for n, outcome in enumerate(outcomes):
        if n % 5 == 0:
            assert isinstance(outcome, LookupError)
            assert outcome.args == (f"a{n}",)
        else:
            assert outcome == 1


async def test_what_one_caller_was_told_every_client_reads(records: Records, other: Records) -> None:
    async def worker(n: int) -> None:
        for step in range(1, 6):
            assert await records.change(Sample, f"a{n}", counted(), absent=sample(f"a{n}")) == step
            found = await other.get(Sample, f"a{n}")
            assert found is not None
            assert found.count == step

    await asyncio.gather(*(worker(n) for n in range(20)))


async def test_a_client_that_was_silent_for_long_changes_what_others_wrote(records: Records, other: Records) -> None:
    assert await other.change(Sample, "a", counted(), absent=sample("a")) == 1
    for n in range(40):
        assert await records.change(Sample, "a", counted()) == n + 2
    assert await other.change(Sample, "a", counted()) == 42


@pytest.mark.parametrize("deletes", [1, 3])
async def test_racing_deletes_delete_once(records: Records, other: Records, deletes: int) -> None:
    await records.insert(sample("a"))
    won = await asyncio.gather(*((records, other)[n % 2].delete(Sample, "a") for n in range(deletes * 2)))
    assert won.count(True) == 1
