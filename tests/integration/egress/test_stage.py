"""The stage on a real broker and real records: redelivered, doubled, killed, taken over."""

import asyncio
import random
from typing import Any

from shared.contracts import (
    ConfirmationRequest,
    Draft,
    EffectCompleted,
    HandedOver,
    MessageReceived,
    NoticeDue,
    Proposal,
    ReplyDrafted,
    TurnBlocked,
)
from shared.lane.confirmation import press
from shared.lane.documents import Conversation, Turn
from shared.messaging import BusSettings
from shared.stores.sqlite import SqliteRecords
from tests.integration.egress.conftest import Opening, Running, Served
from tests.integration.egress.provider import Provider, Sms
from tests.integration.stagehand import Stagehand
from tests.servers import NatsServer
from tests.unit.egress.stand import CUSTOMER, Stand, drafted
from tests.waiting import until


def hand(desk: Running) -> Stagehand:
    return Stagehand(desk.client, BusSettings())


async def delivered(desk: Running, count: int, conversation: str = "c1") -> Conversation:
    async def enough() -> Conversation | None:
        lane = await desk.lane(conversation)
        return lane if len(lane.done) >= count else None

    return await until(enough)


async def test_every_way_a_turn_ends_over_the_broker(opening: Opening) -> None:
    desk = await opening()
    await desk.stand.open()
    stage = hand(desk)
    # an answer, behind which a message and a backend's event wait
    await desk.stand.ask("m1")
    await desk.stand.ask("m2")
    await desk.stand.ask("event:1", kind="event", data={"type": "order.shipped", "data": {"order": "ORD-3"}})
    await desk.publish(drafted(1, "fine"))
    (received,) = await stage.published(MessageReceived)
    assert (received.epoch, [item.id for item in received.inputs]) == (2, ["m2"])
    # a refusal, which begins the event's turn, which ends by itself
    blocked = TurnBlocked(
        conversation="c1", epoch=2, channel="web", inputs=("m2",), text="x", language="de", category="self-harm", rule="r"
    )
    await desk.publish(blocked.first_of("c1:2"))
    lane = await delivered(desk, 3)
    assert [done.draft.kind for done in lane.done] == ["reply", "refusal", "notice"]
    assert lane.done[1].draft.language == "de"
    assert lane.done[2].draft.parts[0].text == "Your order ORD-3 is on its way."  # type: ignore[union-attr]
    # a proposal, pressed, whose result comes while nothing runs
    proposal = Proposal(action="c1:4:0:0", tool="refund", arguments={"order": "ORD-2"}, customer=CUSTOMER, title="Refund")
    part = ConfirmationRequest(action=proposal.action, title="Refund $5")
    await desk.stand.ask("m4")
    await desk.publish(
        ReplyDrafted(conversation="c1", epoch=4, draft=Draft(kind="confirm", parts=(part,), proposal=proposal)).first_of("c1:4")
    )
    pending = (await delivered(desk, 4)).pending
    assert pending
    hashed, now = pending.token_hash, desk.stand.clock()
    await desk.stand.records.change(Conversation, "c1", lambda lane: press(lane, hashed, True, now))
    effect = EffectCompleted(
        conversation="c1", epoch=4, action=proposal.action, tool="refund", status="succeeded", text="$5 are on their way."
    ).first_of(proposal.action)
    await desk.publish(effect)
    lane = await delivered(desk, 5)
    assert lane.done[-1].draft.parts[0].text == "$5 are on their way."  # type: ignore[union-attr]
    assert lane.confirmed == {}
    # a hand-over
    await desk.stand.ask("m6")
    await desk.publish(drafted(6, "A person comes.", kind="handoff", state={"handoff_reason": "asked for a person"}))
    (over,) = await stage.published(HandedOver)
    assert over.reason == "asked for a person"
    turns = [await desk.stand.records.get(Turn, f"c1:{epoch}") for epoch in range(2, 7)]
    assert all(turn and turn.reply for turn in turns), "each turn without a model has its words in a document"


async def test_redelivered_and_doubled_each_turn_is_answered_once(opening: Opening) -> None:
    desk, other = await opening(), await opening()
    assert other
    count = 40
    for number in range(count):
        await desk.stand.open(f"d{number}")
        await desk.stand.ask("m1", f"d{number}")
        await desk.stand.ask("m2", f"d{number}")
    for attempt in ("", "sweep-0", "sweep-1"):  # the sweeper says it again: another message, the same event
        for number in range(count):
            event = drafted(1, f"answer {number}", conversation=f"d{number}")
            event.attempt = attempt
            await desk.publish(event)
    await hand(desk).idle("egress-reply-drafted")
    for number in range(count):
        lane = await desk.lane(f"d{number}")
        assert [(done.epoch, done.answers) for done in lane.done] == [(1, ("m1",))]
    following = await hand(desk).published(MessageReceived, count)
    assert len({event.id for event in following}) == count
    assert {event.epoch for event in following} == {2}


async def test_a_broker_that_dies_while_turns_end_loses_and_doubles_none(opening: Opening, nats_server: NatsServer) -> None:
    desk = await opening()
    for number in range(30):
        await desk.stand.open(f"d{number}")
        await desk.stand.ask("m1", f"d{number}")
        await desk.publish(drafted(1, "fine", conversation=f"d{number}"))
    nats_server.kill()
    nats_server.start()

    async def all_done() -> bool:
        return all([len((await desk.lane(f"d{number}")).done) == 1 for number in range(30)])

    await until(all_done, timeout=30)


async def test_a_notice_for_a_lost_turn_and_then_its_late_answer(opening: Opening) -> None:
    desk = await opening()
    await desk.stand.open()
    await desk.stand.ask("m1")
    await desk.publish(NoticeDue(conversation="c1", epoch=1, reason="failed").first_of("c1:1:failed"))
    lane = await delivered(desk, 1)
    assert lane.done[0].draft.kind == "notice"
    await desk.publish(drafted(1, "late"))
    await hand(desk).idle("egress-reply-drafted")
    assert len((await desk.lane()).done) == 1


async def test_a_draft_that_can_never_be_delivered_is_a_dead_letter(opening: Opening) -> None:
    desk = await opening()
    await desk.stand.open()
    await desk.stand.ask("m1")
    await desk.publish(drafted(1, "Sure?", kind="confirm"))
    assert len(await hand(desk).dead()) == 1
    lane = await delivered(desk, 1)
    assert lane.done[0].draft.kind == "notice", "its customer is told, and offered a person"


async def test_take_overs_racing_replies_on_the_real_store(records: SqliteRecords) -> None:
    """300 races: whoever writes first has it; no reply is recorded after the lease."""
    chance, stand = random.Random(7), Stand(records)
    first = {"bot": 0, "person": 0}

    async def race(number: int) -> None:
        id = f"r{number}"
        await stand.open(id)
        await stand.ask("m1", id)
        event = drafted(1, "fine", conversation=id)
        racers: list[Any] = [stand.worker().deliver(event), stand.take_over(id), stand.worker().deliver(event)]
        chance.shuffle(racers)
        await asyncio.gather(*racers)
        lane = await stand.lane(id)
        assert lane.owner == "person"
        assert len(lane.done) + len(lane.inbox) == 1
        first["bot" if lane.done else "person"] += 1
        await stand.worker().deliver(event)
        assert (await stand.lane(id)).done == lane.done

    for begin in range(0, 300, 50):
        await asyncio.gather(*(race(number) for number in range(begin, begin + 50)))
    assert min(first.values()) > 20


async def test_take_overs_racing_calls_of_a_provider_on_the_real_store(records: SqliteRecords) -> None:
    """200 races: a message may only land while the assistant has the conversation, and each at most once."""
    provider, chance = Provider(), random.Random(3)
    async with Served(provider.app()) as served:
        sms = Sms(served.url, "lookup")
        stand = Stand(records, push={"sms": sms})
        owned: dict[str, str] = {}

        async def seen(key: str) -> None:
            id = key.partition(":")[0]
            owned[id] = (await stand.lane(id)).owner

        provider.during = seen

        async def race(number: int) -> None:
            id = f"p{number}"
            await stand.open(id, "sms")
            await stand.ask("m1", id)
            event = drafted(1, "fine", conversation=id)
            racers: list[Any] = [stand.worker().deliver(event), stand.worker().deliver(event), stand.take_over(id)]
            chance.shuffle(racers)
            await asyncio.gather(*racers, return_exceptions=True)
            lane = await stand.lane(id)
            assert lane.owner == "person"
            assert len(lane.done) + len(lane.inbox) == 1

        for begin in range(0, 200, 20):
            await asyncio.gather(*(race(number) for number in range(begin, begin + 20)))
        await sms.close()
    keys = [key for key, _ in provider.landed]
    assert len(keys) == len(set(keys))
    assert set(owned.values()) == {"bot"}
    assert 20 < len(keys) < 200
