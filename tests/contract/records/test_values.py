"""What documents may hold: anything that JSON holds, of any size; what it cannot hold fails alone."""

import asyncio
from typing import Any, ClassVar

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shared.errors import StoreBroken
from shared.stores.port import Document, Records
from tests.contract.records.samples import Sample, counted, put, sample

JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


class Newer(Document):
    """`Sample` as a later release has it."""

    collection: ClassVar[str] = "samples"

    count: int = 0
    added: str = ""


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(id=st.text(min_size=1, max_size=40), owner=st.text(max_size=20), text=st.text(), data=st.dictionaries(st.text(), JSON))
async def test_any_json_and_any_text_comes_back_as_it_went(
    records: Records, id: str, owner: str, text: str, data: dict[str, Any]
) -> None:
    document = sample(id, owner=owner, text=text, data=data)
    await records.delete(Sample, id)
    assert await records.insert(document)
    assert await records.get(Sample, id) == document
    assert document in await records.find(Sample, owner, limit=1000)


async def test_scripts_emoji_and_quotes_in_every_column(records: Records) -> None:
    odd = "'); drop table samples; -- \x00 \u202e\u200d \U0001f469\u200d\U0001f469\u200d\U0001f467 \u03a9\u4e2d\u6587"
    await records.insert(sample(odd, owner=odd, key=odd, text=odd))
    assert await records.get(Sample, odd) == sample(odd, owner=odd, key=odd, text=odd)
    assert len(await records.find(Sample, odd)) == 1
    assert not await records.insert(sample("another", key=odd))


async def test_large_documents(records: Records, other: Records) -> None:
    large = sample("large", text="é" * 2_000_000, data={str(n): "x" * 100 for n in range(5000)})
    assert await records.insert(large)
    assert await other.get(Sample, "large") == large
    assert await other.change(Sample, "large", counted()) == 1


async def test_readers_ignore_fields_that_they_do_not_know(records: Records, other: Records) -> None:
    await records.insert(Newer(id="a", at=1.0, count=3, added="by a later release"))
    assert await other.get(Sample, "a") == sample("a", count=3)
    assert await records.change(Sample, "a", counted()) == 4
    found = await records.get(Newer, "a")
    assert found is not None
    assert found.count == 4


async def test_a_document_that_cannot_be_read_is_the_store_broken_not_the_caller(records: Records) -> None:
    class Other(Document):
        collection: ClassVar[str] = "samples"

        count: str = "not a number"

        @property
        def due(self) -> float | None:
            return 1.0

    await records.insert(Other(id="a", at=1.0))
    with pytest.raises(StoreBroken, match=r"samples.*count"):
        await records.get(Sample, "a")
    with pytest.raises(StoreBroken):
        await records.change(Sample, "a", counted())
    await records.insert(sample("b"))
    assert await records.change(Sample, "b", counted()) == 1
    await records.insert(sample("c", due_at=2.0))
    assert [each.id for each in await records.due(Sample, 9.0)] == ["c"], "it hides nothing that stands behind it"


async def test_values_that_no_store_can_hold_fail_alone(records: Records) -> None:
    for number in range(5):
        await records.insert(sample(f"a{number}"))
    outcomes = await asyncio.gather(
        records.change(Sample, "a0", counted()),
        records.change(Sample, "a1", put(text="\ud800")),
        records.change(Sample, "a2", put(owner="\udfff")),
        records.change(Sample, "a3", put(due_at=2**70)),
        records.change(Sample, "a4", counted()),
        records.insert(sample("\ud800")),
        return_exceptions=True,
    )
    assert outcomes[0] == outcomes[4] == 1
    assert all(isinstance(outcome, ValueError | OverflowError) for outcome in (*outcomes[1:4], outcomes[5])), outcomes
    for number in (1, 2, 3):
        assert await records.get(Sample, f"a{number}") == sample(f"a{number}")
