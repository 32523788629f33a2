"""The lane's own decisions through the port, by many callers of two clients at once: what the protocol promises, kept."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

import pytest

from shared.contracts import Event
from shared.errors import StoreUnavailable
from shared.lane.admission import Admitted, admit
from shared.lane.confirmation import Pressed, press, result, result_item
from shared.lane.delivery import CLAIM_FOR, Claimed, Settled, claim, deliver, reclaim, settle
from shared.lane.documents import Conversation, Done, opened
from shared.lane.sweep import swept
from shared.stores.port import Records
from tests.unit.lane.samples import ACTION, CUSTOMER, NOW, draft, item, pending, sending

WORKERS = 50
AFTER = 30.0  # seconds that a lane stands before it is swept


async def accept(records: Records, id: str, lane: str = "conv", kind: str = "message") -> Admitted:
    absent = opened(lane, CUSTOMER.id, "web", NOW)
    told = await records.change(Conversation, lane, lambda found: admit(found, item(id, kind), NOW), absent=absent)
    assert told is not None
    return told


async def end(records: Records, epoch: int, lane: str = "conv") -> Settled:
    told = await records.change(Conversation, lane, lambda found: deliver(found, epoch, draft(), "answered", now=NOW))
    assert told is not None
    return told


async def standing(records: Records, lane: str = "conv") -> Conversation:
    found = await records.get(Conversation, lane)
    assert found is not None
    return found


@dataclass
class Ended:
    """What was told to those who ended turns."""

    turns: list[Done] = field(default_factory=list)

    @property
    def answered(self) -> list[str]:
        return [id for done in self.turns for id in done.answers]

    async def ends_all(self, records: Records, inputs: int) -> None:
        """End whatever turn is active, until so many inputs are answered."""
        while len(self.answered) < inputs:
            lane = await records.get(Conversation, "conv")
            if lane and lane.active and (told := await end(records, lane.active.epoch)).done:
                self.turns.append(told.done)
            await asyncio.sleep(0.001)


async def race(records: Records, other: Records, act: Callable[[Records, int], Awaitable[object]]) -> list[object]:
    """Fifty at once, by turns of either client; what each was told."""
    return await asyncio.gather(*(act((records, other)[n % 2], n) for n in range(WORKERS)))


async def test_fifty_workers_on_one_lane_while_others_end_its_turns(records: Records, other: Records) -> None:
    ended = Ended()

    async def customer(store: Records, n: int) -> list[Admitted]:
        return [await accept(store, f"m{n}") for _ in range(2)]  # the channel tells everything twice

    told, *_ = await asyncio.gather(
        race(records, other, customer), *(ended.ends_all(store, WORKERS) for store in (records, other, records))
    )
    assert sorted(ended.answered) == sorted(f"m{n}" for n in range(WORKERS)), "each input ends in one turn"
    assert sorted(done.epoch for done in ended.turns) == list(range(1, len(ended.turns) + 1)), "one turn each, none left out"
    assert sorted(done.seq for done in ended.turns) == list(range(1, len(ended.turns) + 1))
    first, again = zip(*told, strict=True)
    assert all(each.place in ("activated", "queue") for each in first)
    assert {each.place for each in again} == {"seen"}
    lane = await standing(other)
    assert (lane.epoch, lane.delivered, lane.queue, lane.active) == (len(ended.turns), len(ended.turns), (), None)
    activated = [each.active.epoch for each in first if each.place == "activated"]
    assert len(set(activated)) == len(activated), "an epoch is begun by one write"


async def test_a_burst_behind_an_active_turn_is_the_next_turn(records: Records, other: Records) -> None:
    await accept(records, "first")
    told = await race(records, other, lambda store, n: accept(store, f"m{n}"))
    assert {each.place for each in told} == {"queue"}
    assert (await standing(records)).epoch == 1, "admitting does not raise the epoch while a turn is active"
    await accept(other, "event", kind="event")
    await accept(records, "last")
    burst = await end(records, 1)
    assert burst.next
    assert burst.next.epoch == 2
    assert sorted(each.id for each in burst.next.members) == sorted(f"m{n}" for n in range(WORKERS))
    alone = await end(other, 2)
    assert alone.next
    assert [each.id for each in alone.next.members] == ["event"], "an event is a turn of its own"
    last = await end(records, 3)
    assert last.next
    assert [each.id for each in last.next.members] == ["last"]


async def test_one_of_fifty_ends_a_turn_and_what_comes_late_changes_nothing(records: Records, other: Records) -> None:
    await accept(records, "m1")
    await accept(records, "m2")
    told = await race(records, other, lambda store, n: end(store, 1))
    assert [each.settled for each in told].count(True) == 1
    before = await standing(other)
    late = await other.change(Conversation, "conv", lambda lane: claim(lane, 1, draft(), attempt="late", now=NOW))
    assert late is not None
    assert late.state == "over"
    assert not (await end(other, 1)).settled
    assert not (await end(other, 3)).settled
    assert await standing(records) == before
    assert before.active
    assert before.active.epoch == 2


async def test_one_of_fifty_may_call_and_after_its_deadline_one_of_fifty_takes_over(records: Records, other: Records) -> None:
    await accept(records, "m1")

    async def claimed(store: Records, n: int) -> Claimed | None:
        return await store.change(Conversation, "conv", lambda lane: claim(lane, 1, draft(), attempt=f"a{n}", now=NOW))

    first = [each.state for each in await race(records, other, claimed)]
    assert sorted(set(first)) == ["mine", "theirs"]
    assert first.count("mine") == 1
    holder, late = f"a{first.index('mine')}", NOW + CLAIM_FOR + 1

    async def taken(store: Records, n: int) -> Claimed | None:
        return await store.change(Conversation, "conv", lambda lane: reclaim(lane, 1, holder, new_attempt=f"b{n}", now=late))

    second = [each.state for each in await race(records, other, taken)]
    assert (second.count("mine"), second.count("over")) == (1, WORKERS - 1)
    winner = f"b{second.index('mine')}"
    for attempt, settles in ((holder, False), (winner, True), (winner, False)):
        told = await other.change(
            Conversation, "conv", lambda lane, attempt=attempt: settle(lane, 1, attempt, "answered", now=late)
        )
        assert told is not None
        assert told.settled is settles
    assert (await standing(records)).delivered == 1


@pytest.mark.parametrize("declines", [0, 2], ids=["fifty say yes", "every second says no"])
async def test_a_button_is_pressed_by_fifty_and_counts_once(records: Records, other: Records, declines: int) -> None:
    lane = opened("conv", CUSTOMER.id, "web", NOW).model_copy(update={"pending": pending(), "epoch": 1})
    await records.insert(lane)

    async def pressed(store: Records, n: int) -> Pressed | None:
        yes = not (declines and n % declines)
        return await store.change(Conversation, "conv", lambda lane: press(lane, f"hash of {ACTION}", yes, NOW + n))

    told = await race(records, other, pressed)
    states = {each.state for each in told} - {"gone"}
    assert len(states) == 1, "yes and no cannot both be true"
    stands = await standing(other)
    assert (len(stands.pressed), stands.pending) == (1, None)
    if states == {"accepted"}:
        at = stands.confirmed[ACTION].at
        assert {each.confirmed.at for each in told if each.state == "accepted"} == {at}
        assert stands.epoch == 1
    else:
        assert stands.active
        assert (stands.confirmed, stands.epoch, len(stands.active.members)) == ({}, 2, 1)


async def test_the_result_of_an_action_is_admitted_by_one_of_fifty(records: Records, other: Records) -> None:
    lane = opened("conv", CUSTOMER.id, "web", NOW).model_copy(update={"pending": pending(), "epoch": 1})
    await records.insert(press(lane, f"hash of {ACTION}", True, NOW)[0])
    came = result_item(ACTION, "succeeded", "refunded", CUSTOMER, NOW)

    async def told(store: Records, n: int) -> bool:
        return await store.change(Conversation, "conv", lambda lane: result(lane, ACTION, came, NOW)) is not None

    assert (await race(records, other, told)).count(True) == 1
    stands = await standing(records)
    assert stands.active
    assert ([each.id for each in stands.active.members], stands.epoch, stands.confirmed) == ([came.id], 2, {})


async def test_a_sweep_finds_every_lane_that_stands_while_others_end(records: Records, other: Records) -> None:
    lanes = [f"lane{n:02}" for n in range(30)]
    await asyncio.gather(*(accept(records, "m1", lane) for lane in lanes))
    await records.insert(opened("silent", CUSTOMER.id, "web", NOW))
    stays, ends = lanes[0::2], lanes[1::2]

    async def sweeps(store: Records) -> list[Event]:
        now, events = NOW + AFTER, []
        page = await store.due(Conversation, now - AFTER, limit=4)
        while page:
            events += [event for lane in page for event in swept(lane, now, after=AFTER, give_up=600.0)]
            if ends:
                assert (await end(records, 1, ends.pop())).settled
            page = await store.due(Conversation, now - AFTER, limit=4, after=page[-1])
        return events

    mine, yours = await asyncio.gather(sweeps(records), sweeps(other))
    for events in (mine, yours):
        found = [event.turn for event in events]
        assert len(set(found)) == len(found), "a lane is swept once a sweep"
        assert {f"{lane}:1" for lane in stays} <= set(found) <= {f"{lane}:1" for lane in lanes}
    same = {event.turn: event.message_id for event in mine}
    assert all(same.get(event.turn, event.message_id) == event.message_id for event in yours), "the broker keeps one of both"
    await asyncio.gather(*(end(records, 1, lane) for lane in (*stays, *ends)))
    assert await other.due(Conversation, NOW + AFTER) == [], "what has ended is not due"


async def test_a_lane_that_was_erased_is_not_brought_back_by_a_late_write(records: Records, other: Records) -> None:
    await records.insert(sending("m1"))
    assert await other.change(Conversation, "conv", lambda lane: admit(lane, item("m2"), NOW)) is not None
    assert await records.delete(Conversation, "conv")

    async def late(store: Records, n: int) -> object:
        try:
            return await store.change(Conversation, "conv", lambda lane: settle(lane, 1, "try1", "answered", now=NOW))
        except StoreUnavailable:  # it guessed what stood there, and cannot know whether its write came before the end
            return "unavailable"

    assert set(await race(records, other, late)) <= {None, "unavailable"}
    assert set(await race(records, other, late)) == {None}, "asked again, everybody knows"
    assert await records.get(Conversation, "conv") is None
    assert await other.due(Conversation, NOW + 1e6) == []
