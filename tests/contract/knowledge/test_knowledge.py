"""What each store of knowledge promises."""

import asyncio

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shared.errors import StoreUnavailable
from shared.stores.knowledge import Knowledge, Passage
from tests.contract.knowledge.texts import CHINESE, RETURNS, SHIPPING, OpenKnowledge, passage


def ids(found: list[Passage]) -> list[str]:
    return [passage.id for passage in found]


@pytest.mark.parametrize(
    ("query", "best"),
    [
        ("When do I get my refund?", "returns.md#refunds"),
        ("my parcel is lost!!", "shipping.md#lost"),
        ("Do you ship to Switzerland?", "shipping.md#abroad"),
        ("can I return opened software", "returns.md#exceptions"),
        ("SWITZERLAND", "shipping.md#abroad"),
        ("swizterland", "shipping.md#abroad"),
        ("my parsel got lsot", "shipping.md#lost"),
        ("退款", "zh.md#a"),
    ],
)
async def test_a_question_finds_its_passage_first(knowledge: Knowledge, query: str, best: str) -> None:
    await knowledge.add([*RETURNS, *SHIPPING, *CHINESE])
    found = await knowledge.search(query)
    assert ids(found)[0] == best


async def test_what_is_found_has_its_provenance_and_falling_scores(knowledge: Knowledge) -> None:
    await knowledge.add([*RETURNS, *SHIPPING])
    found = await knowledge.search("parcels within working days")
    assert len(found) >= 3
    assert {item.id: (item.source, item.title, item.text) for item in found}.items() <= {
        item.id: (item.source, item.title, item.text) for item in (*RETURNS, *SHIPPING)
    }.items()
    assert [item.score for item in found] == sorted((item.score for item in found), reverse=True)
    assert all(item.score > 0 for item in found)


async def test_a_title_weighs_more_than_a_mention(knowledge: Knowledge) -> None:
    filler = [passage(f"filler.md#{n}", f"Topic {n}", "Nothing of interest stands here at all.") for n in range(20)]
    mention = passage("a.md#mention", "Other things", "A warranty is mentioned here as well, briefly.")
    title = passage("a.md#title", "Warranty", "Two years from the day of delivery on all that we sell.")
    await knowledge.add([*filler, mention, title])
    assert ids(await knowledge.search("warranty")) == ["a.md#title", "a.md#mention"]


async def test_the_order_of_words_counts(knowledge: Knowledge) -> None:
    filler = [passage(f"filler.md#{n}", f"Topic {n}", "Nothing of interest stands here at all.") for n in range(20)]
    apart = passage("b.md#apart", "A", "The card is a present, and a gift needs no receipt, no wrapping.")
    together = passage("b.md#together", "B", "No receipt is needed. The wrapping is free. Here is a gift card.")
    await knowledge.add([*filler, apart, together])
    assert ids(await knowledge.search("gift card"))[0] == "b.md#together"


async def test_limit(knowledge: Knowledge) -> None:
    await knowledge.add([*RETURNS, *SHIPPING])
    assert len(await knowledge.search("parcels refunds delivery working days", limit=2)) == 2


@pytest.mark.parametrize("query", ["", "   ", "?!", "what is it", "the of and", "xylophone", '"'])
async def test_nothing_is_found_for_nothing(knowledge: Knowledge, query: str) -> None:
    await knowledge.add([*RETURNS, *SHIPPING])
    assert await knowledge.search(query) == []


@pytest.mark.parametrize(
    "query",
    [
        'refund" OR "x',
        "title:refund",
        "refund*",
        "NEAR(refund money)",
        "-refund",
        "refund AND (",
        "^refund",
        "{title} : refund",
    ],
)
async def test_nothing_in_a_query_is_syntax(knowledge: Knowledge, query: str) -> None:
    await knowledge.add(RETURNS)
    assert "returns.md#refunds" in ids(await knowledge.search(query))


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=st.text(max_size=400) | st.text(alphabet="\"'*()^:-+{} ANDORNTEstil\x00\ud800", max_size=60))
async def test_no_query_is_an_error(knowledge: Knowledge, query: str) -> None:
    await knowledge.add(RETURNS)
    assert len(await knowledge.search(query, limit=3)) <= 3


async def test_a_very_long_query(knowledge: Knowledge) -> None:
    await knowledge.add([*RETURNS, *SHIPPING])
    long = "refund " + " ".join(f"word{n}" for n in range(5000))
    assert ids(await knowledge.search(long))[0] == "returns.md#refunds"


async def test_added_again_unchanged_nothing_is_written(knowledge: Knowledge) -> None:
    assert await knowledge.add([*RETURNS, *SHIPPING]) == 6
    assert await knowledge.add([*RETURNS, *SHIPPING]) == 0
    assert len(await knowledge.search("working", limit=50)) == 2


async def test_a_source_that_is_added_again_is_all_that_there_is_of_it(knowledge: Knowledge) -> None:
    await knowledge.add([*RETURNS, *SHIPPING])
    rewritten = passage("returns.md#refunds", "When will I be refunded?", "The same day.")
    assert await knowledge.add([RETURNS[0], rewritten]) == 2  # one has changed, one has vanished
    assert [item.text for item in await knowledge.search("when refunded")] == ["The same day."]
    assert await knowledge.search("earrings software") == []
    assert "shipping.md#lost" in ids(await knowledge.search("lost"))


async def test_remove_and_sources(knowledge: Knowledge) -> None:
    await knowledge.add([*SHIPPING, *RETURNS])
    assert await knowledge.sources() == ["returns.md", "shipping.md"]
    assert await knowledge.remove("returns.md") == 3
    assert await knowledge.remove("returns.md") == 0
    assert await knowledge.sources() == ["shipping.md"]
    assert await knowledge.search("refunded") == []


async def test_what_was_added_is_there_after_opening_again_and_for_other_clients(open_store: OpenKnowledge) -> None:
    async with open_store() as first, open_store() as second:
        await first.add(RETURNS)
        assert ids(await second.search("refunded")) == ["returns.md#refunds"]
    async with open_store() as third:
        assert ids(await third.search("refunded")) == ["returns.md#refunds"]


async def test_searches_and_additions_at_once(knowledge: Knowledge) -> None:
    await knowledge.add(RETURNS)
    pairs = [[passage(f"s{n}.md#a", "Title", f"number{n} refund"), passage(f"s{n}.md#b", "T", "x")] for n in range(20)]
    counts, answers = await asyncio.gather(
        asyncio.gather(*(knowledge.add(pair) for pair in pairs)),
        asyncio.gather(*(knowledge.search("refunded") for _ in range(20))),
    )
    assert counts == [2] * 20
    assert all("returns.md#refunds" in ids(answer) for answer in answers)
    assert ids(await knowledge.search("number7")) == ["s7.md#a"]


async def test_closing_while_callers_are_cancelled(open_store: OpenKnowledge) -> None:
    async with open_store() as knowledge:
        await knowledge.add([*RETURNS, *SHIPPING])
        searches = [asyncio.create_task(knowledge.search("parcel refund")) for _ in range(20)]
        await asyncio.sleep(0)
        for search in searches:
            search.cancel()
        await knowledge.close()
        assert all(
            isinstance(outcome, asyncio.CancelledError) for outcome in await asyncio.gather(*searches, return_exceptions=True)
        )


async def test_a_closed_store_says_so(open_store: OpenKnowledge) -> None:
    async with open_store() as knowledge:
        await knowledge.add(RETURNS)
        await knowledge.close()
        with pytest.raises(StoreUnavailable):
            await knowledge.search("refund")
        with pytest.raises(StoreUnavailable):
            await knowledge.sources()
        with pytest.raises(StoreUnavailable):
            await knowledge.add(SHIPPING)
