"""Which documents `find`, `due` and `expire` see, and in which order."""

from shared.lane.documents import Turn, turn_of
from shared.stores.port import Records
from tests.contract.records.samples import Sample, put, sample


def ids(found: list[Sample]) -> list[str]:
    return [document.id for document in found]


async def test_find_gives_a_group_the_newest_first(records: Records) -> None:
    for number in (2, 5, 1, 4, 3):
        await records.insert(sample(f"a{number}", float(number), owner="a"))
    await records.insert(sample("b9", 9.0, owner="b"))
    assert ids(await records.find(Sample, "a")) == ["a5", "a4", "a3", "a2", "a1"]
    assert ids(await records.find(Sample, "nobody")) == []


async def test_find_pages_by_limit_and_before(records: Records) -> None:
    for number in range(10):
        await records.insert(sample(f"a{number}", float(number), owner="a"))
    assert ids(await records.find(Sample, "a", limit=3)) == ["a9", "a8", "a7"]
    assert ids(await records.find(Sample, "a", limit=3, before=7.0)) == ["a6", "a5", "a4"]
    assert ids(await records.find(Sample, "a", before=0.0)) == []


async def test_a_change_of_group_moves_the_document(records: Records) -> None:
    await records.insert(sample("a", owner="before"))
    await records.change(Sample, "a", put(owner="after"))
    assert ids(await records.find(Sample, "before")) == []
    assert ids(await records.find(Sample, "after")) == ["a"]


async def test_collections_do_not_see_each_other(records: Records) -> None:
    await records.insert(sample("c:1", owner="c"))
    await records.insert(turn_of("c", 1, 1.0, said="hello"))
    assert [turn.said for turn in await records.find(Turn, "c")] == ["hello"]
    assert ids(await records.find(Sample, "c")) == ["c:1"]
    await records.delete(Turn, "c:1")
    assert await records.get(Sample, "c:1") is not None


async def test_due_gives_what_is_due_the_most_overdue_first(records: Records) -> None:
    for id, due in (("later", 11.0), ("now", 10.0), ("long", 1.0), ("never", None), ("some", 5.0)):
        await records.insert(sample(id, due_at=due))
    assert ids(await records.due(Sample, 10.0)) == ["long", "some", "now"]
    assert ids(await records.due(Sample, 10.0, limit=2)) == ["long", "some"]
    assert ids(await records.due(Sample, 0.5)) == []


async def test_due_is_read_page_by_page_also_where_many_are_due_at_once(records: Records) -> None:
    for number in range(7):
        await records.insert(sample(f"s{number}", due_at=1.0 if number < 5 else 2.0))
    found, page = [], await records.due(Sample, 10.0, limit=2)
    while page:
        found += ids(page)
        page = await records.due(Sample, 10.0, limit=2, after=page[-1])
    assert found == [f"s{number}" for number in range(7)]


async def test_a_change_moves_what_is_due(records: Records) -> None:
    await records.insert(sample("a", due_at=1.0))
    await records.change(Sample, "a", put(due_at=None))
    assert ids(await records.due(Sample, 100.0)) == []
    await records.change(Sample, "a", put(due_at=50.0))
    assert ids(await records.due(Sample, 100.0)) == ["a"]


async def test_expire_deletes_what_has_expired_a_bounded_number_at_a_time(records: Records) -> None:
    for number in range(7):
        await records.insert(sample(f"a{number}", expires_at=float(number)))
    await records.insert(sample("kept"))
    assert [await records.expire(Sample, 4.0, limit=2) for _ in range(4)] == [2, 2, 1, 0]
    assert await records.get(Sample, "a4") is None
    assert await records.get(Sample, "a5") is not None
    assert await records.get(Sample, "kept") is not None


async def test_what_expires_frees_its_unique_key(records: Records) -> None:
    await records.insert(sample("a", key="k", expires_at=1.0))
    assert await records.expire(Sample, 2.0) == 1
    assert await records.insert(sample("b", key="k"))
