"""A stream over records that go away, and over conversations that do."""

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

import pytest

from services.egress.streams.hub import Hub, Mailbox
from services.egress.streams.sse import HEARTBEAT
from services.egress.streams.stream import Pace, Streaming
from services.egress.streams.view import View
from shared.channels.web import Accepted
from shared.contracts import Delta, Draft, Text
from shared.errors import StoreUnavailable
from shared.lane.documents import REMEMBERED, Conversation, Step, turn_of
from shared.lane.ownership import answer, give_back
from tests.unit.egress.stand import MemoryRecords, Stand, drafted
from tests.waiting import until


class Client:
    """What one client got; `hold` keeps its socket full."""

    def __init__(self) -> None:
        self.got = b""
        self.reads = asyncio.Event()
        self.reads.set()

    async def write(self, data: bytes) -> None:
        await self.reads.wait()
        self.got += data

    @property
    def names(self) -> list[str]:
        return [line[7:].decode() for line in self.got.split(b"\n") if line.startswith(b"event: ")]

    def data(self, name: str) -> dict[str, object]:
        frame = next(frame for frame in self.got.split(b"\n\n") if f"event: {name}\n".encode() in frame + b"\n")
        return dict(json.loads(frame.split(b"data: ")[1]))


@pytest.fixture
async def stand() -> Stand:
    stand = Stand(MemoryRecords())
    await stand.open()
    return stand


@contextmanager
def outage(stand: Stand) -> Iterator[None]:
    there = stand.records.get

    async def away(*_: object) -> None:
        raise StoreUnavailable("locked", after=0.02)

    stand.records.get = away  # type: ignore[method-assign,assignment]
    try:
        yield
    finally:
        stand.records.get = there  # type: ignore[method-assign]


@asynccontextmanager
async def streaming(
    stand: Stand, pace: Pace, seen: int | None = None
) -> AsyncIterator[tuple[Client, Mailbox, asyncio.Task[None]]]:
    client, hub = Client(), Hub()
    parts = Streaming(stand.records, stand.telling, stand.checking, pace, stand.clock)
    with hub.joined("c1") as box:
        stream = parts.open(View("c1", stand.telling, seen), box, client.write, expires=stand.clock() + 60)
        task = asyncio.create_task(stream.run())
        try:
            yield client, box, task
        finally:
            task.cancel()
            await asyncio.wait({task})


async def test_a_record_that_was_away_is_read_as_soon_as_it_is_back(stand: Stand) -> None:
    async with streaming(stand, Pace(heartbeat=30)) as (client, box, _):
        await until(lambda: not box.stale)
        with outage(stand):
            box.changed()
            await asyncio.sleep(0.05)
        await stand.ask("m1")
        await stand.egress.deliver(drafted(1, "fine"))
        await until(lambda: "reply" in client.names)
        assert client.got.count(HEARTBEAT) < 20, "it is not asked all the time"


async def test_a_deleted_conversation_ends_its_streams(stand: Stand) -> None:
    async with streaming(stand, Pace(heartbeat=0.02)) as (client, _, task):
        await until(lambda: HEARTBEAT in client.got)
        stand.records.kept.clear()  # type: ignore[attr-defined]
        await task
        assert client.data("error")["code"] == "expired"


async def test_a_client_that_takes_nothing_is_given_up(stand: Stand) -> None:
    async with streaming(stand, Pace(heartbeat=0.02, patience=0.05)) as (client, _, task):
        client.reads.clear()
        with pytest.raises(TimeoutError):
            await task


async def test_a_delta_of_a_turn_that_is_news_has_the_record_read_first(stand: Stand) -> None:
    async with streaming(stand, Pace(heartbeat=30)) as (client, box, _):
        await until(lambda: not box.stale)
        await stand.ask("m1")
        await stand.egress.deliver(drafted(1, "fine"))
        await stand.ask("m2")
        box.put(Delta(epoch=2, step=0, run="r", number=0, text="Sure, "))
        await until(lambda: "delta" in client.names)
        assert client.names == ["reply", "accepted", "delta"], "what ended before is told before"


async def test_the_record_of_an_accepted_message_is_read_before_its_answer_begins(stand: Stand) -> None:
    async with streaming(stand, Pace(heartbeat=30)) as (client, box, _):
        await until(lambda: not box.stale)
        await stand.ask("m1")
        box.announce(Accepted(message_id="m1", trace_id="t1"))
        await until(lambda: "accepted" in client.names and not box.stale)
        with outage(stand):  # whoever read it only now would show nothing
            box.put(Delta(epoch=1, step=0, run="r", number=0, text="Sure, "))
            await until(lambda: "delta" in client.names)


async def test_values_that_the_vault_learns_in_a_turn_are_withheld_in_it(stand: Stand) -> None:
    async with streaming(stand, Pace(heartbeat=30)) as (client, box, _):
        await until(lambda: not box.stale)
        await stand.ask("m1")
        stand.vault["<PHONE_1>"] = "+15550104477"
        box.put(Delta(epoch=1, step=0, run="r", number=0, text="Calling 555-010"))
        box.put(Delta(epoch=1, step=0, run="r", number=1, text="-4477 now. "))
        await until(lambda: b"now" in client.got)
        assert b"4477" not in client.got
        assert b"your phone" in client.got


async def test_values_that_the_vault_learns_between_turns_are_withheld_in_the_next(stand: Stand) -> None:
    async with streaming(stand, Pace(heartbeat=30)) as (client, box, _):
        await stand.ask("m1")
        box.changed()
        box.put(Delta(epoch=1, step=0, run="r", number=0, text="Hello. "))
        await until(lambda: b"Hello" in client.got)
        await stand.egress.deliver(drafted(1, "Hello."))
        stand.vault["<PHONE_1>"] = "+15550104477"
        await stand.ask("m2")
        box.put(Delta(epoch=2, step=0, run="r", number=0, text="Calling 555-0104477 now. "))
        await until(lambda: b"now" in client.got)
        assert b"4477" not in client.got


async def test_a_mailbox_never_grows_beyond_its_bounds() -> None:
    box = Mailbox(deltas=3, characters=10)
    for number in range(100):
        box.put(Delta(epoch=1, step=0, run="r", number=number, text="xxxx"))
    assert [delta.number for delta in box.deltas()] == [0, 1]
    for number in range(100):
        box.put(Delta(epoch=1, step=0, run="r", number=number, text="x"))
    assert len(box.deltas()) == 3
    box.stale = False
    for number in range(100):
        box.announce(Accepted(message_id=f"m{number}", trace_id=""))
    assert len(box.accepted()) == 3
    assert box.stale, "what found no room is in the record"


async def test_who_comes_late_is_not_told_what_a_person_kept_from_leaving(stand: Stand) -> None:
    """The answer was stored, then the conversation was taken over; the lane has long forgotten that time."""
    for epoch in range(1, REMEMBERED + 4):
        stand.clock.pass_by(1)
        if epoch != 3:  # which began when the second was given back
            await stand.ask(f"m{epoch}")
        step = Step(answer={"content": f"the answer to {epoch}."})
        await stand.records.insert(turn_of("c1", epoch, stand.clock(), steps=(step,)))
        if epoch == 2:
            await stand.take_over()
            await stand.records.change(Conversation, "c1", lambda lane: give_back(lane, stand.clock(), holder="sam"))
        else:
            await stand.egress.deliver(drafted(epoch, f"the answer to {epoch}."))
    async with streaming(stand, Pace(heartbeat=30), seen=0) as (client, _, _):
        await until(lambda: f"answer to {REMEMBERED + 3}.".encode() in client.got)
    assert b"answer to 1." in client.got
    assert b"answer to 2." not in client.got


async def test_who_comes_late_is_told_what_was_said_before_a_person_spoke(stand: Stand) -> None:
    """Both share an epoch; the lane remembers the person's words, and no longer the assistant's."""
    await stand.ask("m1")
    await stand.records.insert(turn_of("c1", 1, stand.clock(), steps=(Step(answer={"content": "the answer to 1."}),)))
    await stand.egress.deliver(drafted(1, "the answer to 1."))
    await stand.take_over()
    words = Draft(kind="reply", parts=(Text(text="a person here."),))
    await stand.records.change(Conversation, "c1", lambda lane: answer(lane, "sam", words, stand.clock()))
    await stand.records.change(Conversation, "c1", lambda lane: give_back(lane, stand.clock(), holder="sam"))
    for epoch in range(2, REMEMBERED + 1):
        stand.clock.pass_by(1)
        await stand.ask(f"m{epoch}")
        await stand.egress.deliver(drafted(epoch, f"the answer to {epoch}."))
    async with streaming(stand, Pace(heartbeat=30), seen=0) as (client, _, _):
        await until(lambda: f"answer to {REMEMBERED}.".encode() in client.got)
    assert b"answer to 1." in client.got
    assert client.names.count("reply") == REMEMBERED + 1
