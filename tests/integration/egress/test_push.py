"""Push channels over real HTTP and real records: what each guarantee is worth when answers are late or processes die."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from typing import Any

import pytest

from shared.channels.base import Guarantee
from shared.contracts import HandedOver, MessageReceived
from shared.errors import Retryable
from shared.lane.delivery import CALL_WITHIN, CLAIM_FOR
from shared.stores.sqlite import SqliteRecords
from tests.integration.egress.conftest import Served
from tests.integration.egress.provider import Provider, Sms
from tests.unit.egress.stand import Stand, drafted

GUARANTEES: tuple[Guarantee, ...] = ("keys", "lookup", "neither")
PAST = CLAIM_FOR + 1


class Line:
    """Egress with one SMS channel and its provider."""

    def __init__(self, stand: Stand, provider: Provider, sms: Sms) -> None:
        self.stand, self.provider, self.sms = stand, provider, sms
        self.event = drafted(1, "Hello <EMAIL_1>", said="hi")

    @property
    def texts(self) -> list[str]:
        return [text for _, text in self.provider.landed]

    async def outcome(self) -> Any:
        lane = await self.stand.lane()
        return (lane.done[-1].outcome, lane.done[-1].provider_ids) if lane.done else None

    async def deliver(self) -> Any:
        return await self.stand.worker().deliver(self.event)

    async def crash_in_call(self) -> None:
        """The message lands, and the process dies before the answer."""
        landed = asyncio.Event()

        async def dying(_: str) -> None:
            landed.set()

        self.provider.during, self.provider.answer_after = dying, [5.0]
        task = asyncio.create_task(self.deliver())
        await landed.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        self.provider.during, self.provider.answer_after = None, []


@pytest.fixture(params=GUARANTEES)
async def line(request: pytest.FixtureRequest, records: SqliteRecords) -> AsyncIterator[Line]:
    async with AsyncExitStack() as stack:
        provider = Provider(keeps_keys=request.param == "keys")
        served = await stack.enter_async_context(Served(provider.app()))
        sms = Sms(served.url, request.param)
        stack.callback(served.hang_up)
        stack.push_async_callback(sms.close)
        stand = Stand(records, push={"sms": sms})
        await stand.open(channel="sms")
        await stand.ask("m1")
        yield Line(stand, provider, sms)


async def test_sent_once_settled_with_the_providers_id_and_over_when_it_comes_again(line: Line) -> None:
    await line.stand.ask("m2")
    (due,) = await line.deliver()
    assert isinstance(due, MessageReceived)
    assert line.provider.landed == [("c1:1:0", "Hello your email")]
    assert await line.outcome() == ("answered", ("id1",))
    await line.deliver()
    assert len(line.texts) == 1


async def test_two_workers_racing_send_once(line: Line) -> None:
    line.provider.answer_after = [0.05]
    results = await asyncio.gather(*(line.deliver() for _ in range(4)), return_exceptions=True)
    assert len(line.texts) == 1
    assert sum(isinstance(result, Retryable) for result in results) == 3, "they come again once the claim has run out"
    assert await line.outcome() == ("answered", ("id1",))


async def test_a_slow_answer_is_unknown_and_is_reconciled_by_what_the_provider_offers(line: Line) -> None:
    line.provider.answer_after = [0.6]
    with pytest.raises(Retryable) as unknown:
        await line.deliver()
    assert unknown.value.after == pytest.approx(CLAIM_FOR, abs=0.2)
    with pytest.raises(Retryable):
        await line.deliver()
    assert len(line.texts) == 1, "nobody calls before the claim has run out"
    line.stand.clock.pass_by(PAST)
    assert await line.deliver() == []
    assert len(line.texts) == 1
    expected = {"keys": ("answered", ("id1",)), "lookup": ("answered", ("id1",)), "neither": ("unknown", ())}
    assert await line.outcome() == expected[line.sms.guarantee]


async def test_a_crash_between_call_and_settle_sends_nothing_twice(line: Line) -> None:
    await line.crash_in_call()
    line.stand.clock.pass_by(PAST)
    await line.deliver()
    assert len(line.texts) == 1
    expected = {"keys": ("answered", ("id1",)), "lookup": ("answered", ("id1",)), "neither": ("unknown", ())}
    assert await line.outcome() == expected[line.sms.guarantee]


async def test_a_crash_before_the_call_is_made_good_where_the_provider_can_tell(line: Line) -> None:
    line.provider.status = [500]
    with pytest.raises(Retryable):
        await line.deliver()
    line.stand.clock.pass_by(PAST)
    await line.deliver()
    neither = line.sms.guarantee == "neither"
    assert len(line.texts) == (0 if neither else 1)
    assert await line.outcome() == (("unknown", ()) if neither else ("answered", ("id1",)))


async def test_two_reconcilers_racing_send_once(line: Line) -> None:
    line.provider.status = [500]
    with pytest.raises(Retryable):
        await line.deliver()
    line.stand.clock.pass_by(PAST)
    line.provider.answer_after = [0.05]
    await asyncio.gather(*(line.deliver() for _ in range(4)), return_exceptions=True)
    assert len(line.texts) == (0 if line.sms.guarantee == "neither" else 1)


async def test_what_surely_did_not_leave_is_tried_again_within_the_claim(line: Line) -> None:
    line.provider.status = [429, 429]
    assert await line.deliver() == []
    assert await line.outcome() == ("answered", ("id1",))


async def test_a_refused_message_is_for_a_person_to_look_at(line: Line) -> None:
    line.provider.status = [400]
    assert await line.deliver() == []
    assert await line.outcome() == ("unknown", ())


async def test_a_worker_that_was_paused_after_its_claim_does_not_call(line: Line) -> None:
    stand, changed = line.stand, line.stand.records.change

    async def paused(*args: Any, **more: Any) -> Any:
        answer = await changed(*args, **more)
        stand.clock.pass_by(CALL_WITHIN + 1)
        return answer

    stand.records.change = paused  # type: ignore[method-assign]
    try:
        with pytest.raises(Retryable, match="young"):
            await line.deliver()
    finally:
        stand.records.change = changed  # type: ignore[method-assign]
    assert line.texts == []


async def test_a_take_over_during_the_call_waits_and_is_granted_when_it_settles(line: Line) -> None:
    async def taken(_: str) -> None:
        assert await line.stand.take_over() == "wanted"

    line.provider.during = taken
    (told,) = await line.deliver()
    assert isinstance(told, HandedOver)
    lane = await line.stand.lane()
    assert (lane.owner, lane.wanted, len(lane.done)) == ("person", None, 1)
    assert [kind for _, kind, _ in line.stand.said] == ["settled", "lease"]


async def test_a_take_over_of_an_unknown_delivery_sends_nothing_more(line: Line) -> None:
    await line.crash_in_call()
    assert await line.stand.take_over() == "wanted"
    line.stand.clock.pass_by(PAST)
    await line.deliver()
    assert len(line.texts) == 1
    lane = await line.stand.lane()
    assert lane.owner == "person"
    assert lane.done[-1].outcome == ("answered" if line.sms.guarantee == "lookup" else "unknown")


async def test_a_take_over_of_what_never_left_gives_the_inputs_to_the_person(line: Line) -> None:
    line.provider.status = [500]
    with pytest.raises(Retryable):
        await line.deliver()
    await line.stand.take_over()
    line.stand.clock.pass_by(PAST)
    await line.deliver()
    lane = await line.stand.lane()
    assert lane.owner == "person"
    assert line.texts == []
    if line.sms.guarantee == "lookup":
        assert [item.id for item in lane.inbox] == ["m1"]
        assert lane.done == ()
    else:
        assert lane.done[-1].outcome == "unknown"


async def test_many_parts_go_out_in_order_each_under_its_own_key(line: Line) -> None:
    line.event = drafted(1, "one", "two", "three")
    await line.deliver()
    assert line.provider.landed == [("c1:1:0", "one"), ("c1:1:1", "two"), ("c1:1:2", "three")]
    assert await line.outcome() == ("answered", ("id1", "id2", "id3"))


async def test_a_crash_in_the_second_part_goes_on_from_there(line: Line) -> None:
    line.event = drafted(1, "one", "two", "three")
    line.provider.answer_after = [0.0, 0.6]
    with pytest.raises(Retryable):
        await line.deliver()
    line.stand.clock.pass_by(PAST)
    await line.deliver()
    if line.sms.guarantee == "neither":
        assert line.texts == ["one", "two"]
        assert await line.outcome() == ("unknown", ("id1",))
    else:
        assert line.texts == ["one", "two", "three"]
        assert await line.outcome() == ("answered", ("id1", "id2", "id3"))


async def test_a_person_who_waits_stops_the_parts_that_are_left(line: Line) -> None:
    line.event = drafted(1, "one", "two", "three")

    async def taken(key: str) -> None:
        if key.endswith(":1"):
            await line.stand.take_over()

    line.provider.during = taken
    await line.deliver()
    assert line.texts == ["one", "two"]
    assert await line.outcome() == ("answered", ("id1", "id2"))
    assert (await line.stand.lane()).owner == "person"


async def test_a_channel_that_is_no_longer_there_is_not_waited_for(line: Line) -> None:
    await line.crash_in_call()
    line.stand.push.clear()
    with pytest.raises(Retryable):
        await line.deliver()
    line.stand.clock.pass_by(PAST)
    await line.deliver()
    assert await line.outcome() == ("unknown", ())
