"""What each operation promises, one caller at a time."""

import pytest

from shared.errors import ConfigurationError
from shared.stores.port import Records, UniqueKeyTaken
from tests.contract.records.samples import Sample, Stranger, counted, put, sample


async def test_what_was_inserted_is_there_for_every_client(records: Records, other: Records) -> None:
    full = sample("a", 2.5, owner="o", key="k", due_at=3.0, expires_at=4.0, count=7, seen=("x", "y"), data={"n": [1, None]})
    assert await records.insert(full)
    assert await records.get(Sample, "a") == full
    assert await other.get(Sample, "a") == full


async def test_what_is_not_there_is_none(records: Records) -> None:
    assert await records.get(Sample, "nobody") is None


async def test_an_id_is_inserted_once_and_the_first_stands(records: Records, other: Records) -> None:
    assert await records.insert(sample("a", text="first"))
    assert not await records.insert(sample("a", text="second"))
    assert not await other.insert(sample("a", text="third"))
    found = await records.get(Sample, "a")
    assert found is not None
    assert found.text == "first"


async def test_a_unique_key_is_inserted_once(records: Records) -> None:
    assert await records.insert(sample("a", key="payment-1"))
    assert not await records.insert(sample("b", key="payment-1"))
    assert await records.get(Sample, "b") is None


async def test_documents_without_a_unique_key_do_not_collide(records: Records) -> None:
    assert await records.insert(sample("a"))
    assert await records.insert(sample("b"))


async def test_change_writes_what_the_transition_gives_back_and_tells_what_it_tells(records: Records, other: Records) -> None:
    await records.insert(sample("a", count=5))
    assert await records.change(Sample, "a", counted(2)) == 7
    assert await other.change(Sample, "a", counted(3)) == 10
    found = await records.get(Sample, "a")
    assert found is not None
    assert found.count == 10


async def test_change_of_nothing_is_none_and_does_not_call_the_transition(records: Records) -> None:
    called: list[Sample] = []

    def transition(found: Sample) -> tuple[Sample, bool]:
        called.append(found)
        return found, True

    assert await records.change(Sample, "a", transition) is None
    assert called == []
    assert await records.get(Sample, "a") is None


async def test_change_starts_from_absent_only_when_nothing_is_there(records: Records) -> None:
    assert await records.change(Sample, "a", counted(), absent=sample("a", count=10)) == 11
    assert await records.change(Sample, "a", counted(), absent=sample("a", count=10)) == 12


async def test_the_same_object_back_writes_nothing(records: Records) -> None:
    assert await records.change(Sample, "a", lambda found: (found, "told"), absent=sample("a")) == "told"
    assert await records.get(Sample, "a") is None
    await records.insert(sample("a", text="as it was"))
    assert await records.change(Sample, "a", lambda found: (found, found.text)) == "as it was"
    assert await records.get(Sample, "a") == sample("a", text="as it was")


async def test_what_a_transition_raises_reaches_its_caller_and_changes_nothing(records: Records) -> None:
    class Refused(Exception):
        pass

    def refuse(found: Sample) -> tuple[Sample, None]:
        raise Refused(found.text)

    await records.insert(sample("a", text="kept"))
    with pytest.raises(Refused, match="kept"):
        await records.change(Sample, "a", refuse)
    assert await records.get(Sample, "a") == sample("a", text="kept")


async def test_even_a_stop_iteration_reaches_its_caller(records: Records) -> None:
    await records.insert(sample("a"))
    with pytest.raises(RuntimeError, match="StopIteration"):
        await records.change(Sample, "a", lambda found: (found, next(iter(()))))
    assert await records.change(Sample, "a", counted()) == 1


async def test_change_cannot_take_a_unique_key_of_another(records: Records) -> None:
    await records.insert(sample("a", key="k"))
    await records.insert(sample("b", text="kept"))
    with pytest.raises(UniqueKeyTaken):
        await records.change(Sample, "b", put(key="k", text="lost"))
    assert await records.get(Sample, "b") == sample("b", text="kept")
    with pytest.raises(UniqueKeyTaken):
        await records.change(Sample, "c", counted(), absent=sample("c", key="k"))
    assert await records.get(Sample, "c") is None


async def test_a_unique_key_that_was_given_up_is_free(records: Records) -> None:
    await records.insert(sample("a", key="k"))
    await records.change(Sample, "a", put(key=None))
    assert await records.insert(sample("b", key="k"))
    await records.delete(Sample, "b")
    await records.change(Sample, "a", put(key="k"))
    found = await records.get(Sample, "a")
    assert found is not None
    assert found.key == "k"


async def test_a_document_keeps_its_own_unique_key(records: Records) -> None:
    await records.insert(sample("a", key="k"))
    assert await records.change(Sample, "a", counted()) == 1


async def test_a_transition_cannot_turn_one_document_into_another(records: Records) -> None:
    await records.insert(sample("a"))
    with pytest.raises(ValueError, match="'b'"):
        await records.change(Sample, "a", put(id="b"))
    assert await records.get(Sample, "a") == sample("a")
    assert await records.get(Sample, "b") is None


async def test_delete_tells_whether_there_was_one(records: Records) -> None:
    await records.insert(sample("a"))
    assert await records.delete(Sample, "a")
    assert not await records.delete(Sample, "a")
    assert await records.get(Sample, "a") is None
    assert await records.insert(sample("a"))


async def test_a_collection_that_nobody_named_is_refused_by_name(records: Records) -> None:
    with pytest.raises(ConfigurationError, match="strangers"):
        await records.insert(Stranger(id="a", at=0))
    with pytest.raises(ConfigurationError, match="strangers"):
        await records.get(Stranger, "a")


async def test_ping_returns_while_the_store_takes_writes(records: Records) -> None:
    await records.ping()
    await records.ping()
    assert await records.insert(sample("a"))
