"""Turns end once: redelivered, raced, taken over, or delivered by a result that came while nothing ran."""

import asyncio
import json
import random
from typing import Any

import pytest

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
from shared.identity.confirmation import confirmation_token, token_hash
from shared.lane.confirmation import press
from shared.lane.documents import Confirmed, Conversation, Step, Turn, turn_of
from tests.unit.egress.stand import CUSTOMER, MemoryRecords, Stand, drafted, stamped

PROPOSAL = Proposal(action="c1:1:0:0", tool="refund", arguments={"order": "ORD-2"}, customer=CUSTOMER, title="Refund $5")


@pytest.fixture
async def stand() -> Stand:
    stand = Stand(MemoryRecords())
    await stand.open()
    return stand


def confirmation(epoch: int = 1) -> ReplyDrafted:
    part = ConfirmationRequest(action=PROPOSAL.action, title="Refund $5", details=("ORD-2",))
    draft = Draft(kind="confirm", parts=(part,), proposal=PROPOSAL, said="refund please")
    return ReplyDrafted(conversation="c1", epoch=epoch, draft=draft).first_of(f"c1:{epoch}:confirm")


def effect(status: Any = "succeeded", text: str = "$5 refunded.") -> EffectCompleted:
    done = EffectCompleted(conversation="c1", epoch=1, action=PROPOSAL.action, tool="refund", status=status, text=text)
    return done.first_of(PROPOSAL.action)


async def confirmed(stand: Stand) -> None:
    await stand.records.change(
        Conversation,
        "c1",
        lambda lane: (lane.model_copy(update={"confirmed": {PROPOSAL.action: Confirmed(proposal=PROPOSAL, at=0)}}), None),
    )


async def test_what_the_check_took_out_of_a_reply_does_not_come_back_as_history(stand: Stand) -> None:
    """The agent's steps hold it; the transcript shows them once the lane has forgotten the delivery."""
    await stand.ask("m1")
    said = "Write to jane.doe@example.com"
    step = Step(answer={"role": "assistant", "content": said})
    await stand.records.insert(turn_of("c1", 1, 0.0, steps=(step,)))
    cause = drafted(1, said)
    for worker in (stand.egress, stand.worker()):
        await worker.deliver(cause)
    turn = await stand.records.get(Turn, "c1:1")
    assert turn
    assert turn.reply
    assert turn.answers == ("m1",)
    assert "jane" not in str(turn.reply)
    assert turn.steps == (step,)


async def test_a_reply_is_one_write_and_a_hint(stand: Stand) -> None:
    await stand.ask("m1")
    before = stand.records.writes
    assert await stand.egress.deliver(drafted(1, "fine")) == []
    assert stand.records.writes == before + 1
    (done,) = (await stand.lane()).done
    assert (done.seq, done.epoch, done.answers, done.outcome) == (1, 1, ("m1",), "answered")
    assert stand.said == [("c1", "settled", json.dumps({"seq": 1}, separators=(",", ":")).encode())]


async def test_what_is_kept_is_what_was_checked(stand: Stand) -> None:
    await stand.ask("m1")
    await stand.egress.deliver(drafted(1, "Mail jane.doe@example.com at [us](https://evil.example)"))
    (done,) = (await stand.lane()).done
    assert done.draft.parts[0].text == "Mail <EMAIL_1> at us"


async def test_a_redelivery_changes_nothing_and_tells_the_same_next_turn(stand: Stand) -> None:
    await stand.ask("m1")
    await stand.ask("m2")
    event = drafted(1, "fine")
    first = await stand.egress.deliver(event)
    assert [type(each) for each in first] == [MessageReceived]
    assert first[0].epoch == 2
    lane = await stand.lane()
    again = await stand.worker().deliver(event)
    assert stamped(again, event) == stamped(first, event)
    assert await stand.lane() is lane
    await stand.egress.deliver(drafted(2, "also fine"))
    assert await stand.egress.deliver(event) == []


async def test_a_deleted_conversation_is_over(stand: Stand) -> None:
    assert await stand.egress.deliver(drafted(1, "fine", conversation="c9")) == []
    assert await stand.egress.result(effect().model_copy(update={"conversation": "c9"})) == []
    assert await stand.egress.notice(NoticeDue(conversation="c9", epoch=1, reason="failed").first_of("x")) == []


async def test_the_next_turn_of_an_event_begins_with_a_notice(stand: Stand) -> None:
    await stand.ask("m1")
    await stand.ask("event:1", kind="event", data={"type": "order.shipped", "data": {"order": "ORD-3"}})
    (due,) = await stand.egress.deliver(drafted(1, "fine"))
    assert isinstance(due, NoticeDue)
    assert await stand.egress.notice(due) == []
    done = (await stand.lane()).done[-1]
    assert (done.outcome, done.draft.parts[0].text) == ("notice", "order ORD-3 has been shipped")
    turn = await stand.records.get(Turn, "c1:2")
    assert turn
    assert turn.reply == done.draft
    assert turn.answers == ("event:1",)


async def test_a_blocked_turn_is_refused_once(stand: Stand) -> None:
    await stand.ask("m1")
    event = TurnBlocked(
        conversation="c1", epoch=1, channel="web", inputs=("m1",), text="masked", language="de", category="abuse", rule="r"
    ).first_of("t")
    await stand.egress.refuse(event)
    await stand.egress.refuse(event)
    (done,) = (await stand.lane()).done
    assert (done.draft.kind, done.outcome, done.draft.said) == ("refusal", "notice", "masked")
    turn = await stand.records.get(Turn, "c1:1")
    assert turn
    assert (turn.said, turn.reply) == ("masked", done.draft)


@pytest.mark.parametrize("reason", ["expired", "failed"])
async def test_a_turn_given_up_says_what_was_asked(stand: Stand, reason: Any) -> None:
    await stand.ask("m1")
    await stand.records.insert(Turn(id="c1:1", at=0, conversation="c1", epoch=1, said="where is it"))
    due = NoticeDue(conversation="c1", epoch=1, reason=reason).first_of("t")
    await stand.egress.notice(due)
    assert await stand.egress.notice(due) == []
    (done,) = (await stand.lane()).done
    assert done.draft.said == "where is it"
    turn = await stand.records.get(Turn, "c1:1")
    assert turn
    assert (turn.said, turn.reply) == ("where is it", done.draft)
    assert await stand.egress.deliver(drafted(1, "late")) == []
    assert len((await stand.lane()).done) == 1


async def test_a_proposal_becomes_pending_with_its_token_and_can_be_pressed(stand: Stand) -> None:
    await stand.ask("m1")
    await stand.egress.deliver(confirmation())
    lane = await stand.lane()
    assert lane.pending
    hashed = token_hash(confirmation_token(stand.terms.key, PROPOSAL))
    assert (lane.pending.token_hash, lane.pending.expires) == (hashed, stand.clock() + 600)
    frame = stand.telling.done(lane, lane.done[-1])
    assert frame.event == "confirm"
    assert token_hash(frame.data.token) == hashed
    assert (frame.data.title, frame.data.details, frame.data.state, frame.data.answers) == (
        "Refund $5",
        ("ORD-2",),
        "open",
        ("m1",),
    )
    pressed = press(lane, hashed, True, stand.clock())[0]
    assert stand.telling.done(pressed, lane.done[-1]).data.state == "accepted"
    assert stand.telling.done(lane.model_copy(update={"pending": None}), lane.done[-1]).data.state == "void"
    turn = await stand.records.get(Turn, "c1:1")
    assert turn
    assert turn.reply
    assert turn.reply.kind == "confirm"


async def test_a_hand_over_is_told_and_grants_a_lease_to_nobody_yet(stand: Stand) -> None:
    await stand.ask("m1")
    await stand.ask("m2")
    event = drafted(1, "A person comes.", kind="handoff")
    first = await stand.egress.deliver(event)
    assert [type(each) for each in first] == [HandedOver]
    lane = await stand.lane()
    assert lane.owner == "person"
    assert lane.lease
    assert lane.lease.holder == "unassigned"
    assert [item.id for item in lane.inbox] == ["m2"]
    assert [kind for _, kind, _ in stand.said] == ["settled", "lease"]
    assert stamped(await stand.egress.deliver(event), event) == stamped(first, event)


async def test_a_result_is_delivered_in_one_write_while_nothing_runs(stand: Stand) -> None:
    await stand.ask("m1")
    await stand.egress.deliver(confirmation())
    await confirmed(stand)
    before = stand.records.writes
    assert await stand.egress.result(effect()) == []
    assert stand.records.writes == before + 2, "the lane's write, and the transcript's"
    lane = await stand.lane()
    assert (lane.confirmed, lane.active) == ({}, None)
    assert (lane.done[-1].draft.parts[0].text, lane.done[-1].outcome, lane.done[-1].epoch) == ("$5 refunded.", "notice", 2)
    assert await stand.egress.result(effect()) == []
    assert len((await stand.lane()).done) == 2


async def test_a_result_that_died_before_its_transcript_gets_it_when_it_comes_again(stand: Stand) -> None:
    await confirmed(stand)
    await stand.egress.result(effect())
    entry = stand.records.kept.pop(("turns", "c1:1"))
    await stand.egress.result(effect())
    again = stand.records.kept["turns", "c1:1"]
    assert (again.reply, again.answers) == (entry.reply, entry.answers)
    assert len((await stand.lane()).done) == 1


async def test_an_end_that_died_before_its_transcript_gets_it_when_it_comes_again(stand: Stand) -> None:
    await stand.ask("m1")
    event = drafted(1, "A person comes.", kind="handoff")
    await stand.egress.deliver(event)
    stand.records.kept.pop(("turns", "c1:1"))
    await stand.egress.deliver(event)
    turn = await stand.records.get(Turn, "c1:1")
    assert turn
    assert turn.reply == (await stand.lane()).done[0].draft


async def test_a_result_waits_for_the_turn_that_runs(stand: Stand) -> None:
    await stand.ask("m1")
    await confirmed(stand)
    (running,) = await stand.egress.result(effect())
    assert isinstance(running, MessageReceived), "the turn that runs is told again, the queue is not its business"
    assert (await stand.lane()).done == ()
    (due,) = await stand.egress.deliver(drafted(1, "fine"))
    assert isinstance(due, NoticeDue)
    await stand.egress.notice(due)
    assert [done.draft.parts[0].text for done in (await stand.lane()).done] == ["fine", "$5 refunded."]
    assert await stand.egress.result(effect()) == []


async def test_a_result_for_a_conversation_of_a_person_goes_to_the_person(stand: Stand) -> None:
    await confirmed(stand)
    await stand.take_over()
    assert await stand.egress.result(effect()) == []
    lane = await stand.lane()
    assert [item.kind for item in lane.inbox] == ["result"]
    assert lane.done == ()


async def test_nothing_is_said_once_a_person_has_taken_over(stand: Stand) -> None:
    await stand.ask("m1")
    assert await stand.take_over() == "granted"
    assert await stand.egress.deliver(drafted(1, "fine")) == []
    assert (await stand.lane()).done == ()


@pytest.mark.parametrize("seed", range(20))
async def test_take_overs_racing_replies_never_let_the_assistant_speak_after_the_lease(seed: int) -> None:
    """500 races a seed, 10,000 in all: two workers, a redelivery and a person at the same instant."""
    chance = random.Random(seed)
    taken_first = replied_first = 0
    for number in range(500):
        stand = Stand(MemoryRecords(chance))
        await stand.open()
        await stand.ask("m1")
        event = drafted(1, "fine")
        racers = [stand.egress.deliver(event), stand.worker().deliver(event), stand.take_over()]
        chance.shuffle(racers)
        await asyncio.gather(*racers)
        lane = await stand.lane()
        assert lane.owner == "person"
        inbox = [item.id for item in lane.inbox]
        assert len(lane.done) + len(inbox) == 1, "answered by the assistant or left to the person, once"
        if inbox:
            taken_first += 1
            assert await stand.egress.deliver(event) == []
            assert (await stand.lane()).done == ()
        else:
            replied_first += 1
        assert number >= 0
    assert taken_first > 50
    assert replied_first > 50


@pytest.mark.parametrize("seed", range(5))
async def test_workers_racing_deliver_once(seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(100):
        stand = Stand(MemoryRecords(chance))
        await stand.open()
        await stand.ask("m1")
        await stand.ask("m2")
        event = drafted(1, "fine")
        results = await asyncio.gather(*(stand.worker().deliver(event) for _ in range(4)))
        assert len((await stand.lane()).done) == 1
        ids = {tuple(stamped(result, event)) for result in results}
        assert len(ids) == 1, "whoever comes second tells the same next turn"
