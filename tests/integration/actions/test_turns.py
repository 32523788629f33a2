"""Agent, actions, understudy and shop: whole turns on a real broker."""

import json

import pytest

from shared.contracts import Delta, EffectCompleted, LookupRequested, ReplyDrafted, WebhookRequested
from shared.lane.documents import Turn
from tests.integration.actions.conftest import CUSTOMER, Desk, stages
from tests.waiting import until

pytestmark = pytest.mark.usefixtures("understudy")


def text(reply: ReplyDrafted) -> str:
    return " ".join(getattr(part, "text", "") for part in reply.draft.parts)


async def test_a_question_is_looked_up_answered_and_streamed_before_the_reply(desk: Desk) -> None:
    deltas: list[Delta] = []
    seen_with_reply: list[int] = []

    async def heard(message: object) -> None:
        deltas.append(Delta.model_validate_json(message.data))  # type: ignore[attr-defined]

    async def replied(_: object) -> None:
        seen_with_reply.append(len(deltas))

    await desk.hand.client.subscribe("live.c1.delta", cb=heard)
    await desk.hand.client.subscribe("desk.v1.reply-drafted.c1", cb=replied)
    async with stages(desk):
        event = await desk.say("Where is my order ORD-10001?")
        [reply] = await desk.hand.published(ReplyDrafted)
        [request] = await desk.hand.published(LookupRequested)
    assert (request.tool, request.arguments, request.customer) == ("check_order_status", {"order_id": "ORD-10001"}, CUSTOMER)
    assert "shipped" in text(reply)
    assert "1Z999AA10123456784" in text(reply)
    assert reply.draft.state == {"tool": "check_order_status", "order_id": "ORD-10001"}
    assert reply.draft.said == "Where is my order ORD-10001?"
    await until(lambda: seen_with_reply)
    last = [delta for delta in deltas if delta.step == 1]
    assert [delta.number for delta in last] == list(range(reply.deltas))
    assert "".join(delta.text for delta in last).strip() == text(reply)
    assert seen_with_reply == [len(deltas)]  # tokens and the turn's end leave on one connection
    turn = await desk.records.get(Turn, event.turn)
    assert [step.model for step in turn.steps] == ["understudy", "understudy"]
    assert turn.steps[1].usage["input"] > 0


async def test_another_customers_order_is_not_found_and_a_person_can_be_had(desk: Desk) -> None:
    async with stages(desk):
        await desk.say("Where is my order ORD-10006?")
        [reply] = await desk.hand.published(ReplyDrafted)
        assert "could not find ORD-10006" in text(reply)
        await desk.show(reply.draft)
        await desk.say("I want to talk to a human")
        _, handed = await desk.hand.published(ReplyDrafted, 2)
    assert handed.draft.kind == "handoff"


async def test_a_refund_is_proposed_pressed_and_made_once(desk: Desk) -> None:
    async with stages(desk):
        await desk.say("I want a refund for ORD-10002 because it arrived damaged")
        [prompt] = await desk.hand.published(ReplyDrafted)
        assert prompt.draft.kind == "confirm"
        proposal = prompt.draft.proposal
        assert proposal is not None
        assert (str(proposal.amount), proposal.title) == ("$187.00", "Refund $187.00 for order ORD-10002")
        assert "To the card ending in 4242" in str(prompt.draft.parts)
        assert prompt.draft.said.startswith("I want a refund")
        assert (await desk.ledger())["refunds"] == []
        await desk.show(prompt.draft)
        await desk.press()
        [done] = await desk.hand.published(EffectCompleted)
        assert (done.status, done.action) == ("succeeded", proposal.action)
        assert "$187.00" in done.text
        [refund] = (await desk.ledger())["refunds"]
        assert (refund["idempotency_key"], refund["amount"], refund["order_id"]) == (proposal.action, 18700, "ORD-10002")
        again = await desk.press_again()
        await until(lambda: desk.completed(2))
    assert [each.text for each in await desk.hand.published(EffectCompleted, 2)] == [done.text] * 2
    assert again.action == proposal.action
    assert len((await desk.ledger())["refunds"]) == 1


async def test_what_cannot_be_refunded_comes_back_as_an_answer(desk: Desk) -> None:
    reasons = {
        "ORD-10004": "disputed",
        "ORD-10001": "Only delivered",
        "ORD-10005": "Nothing is left",
        "ORD-10007": "could not find ORD-10007",
    }
    async with stages(desk):
        for number, (order, why) in enumerate(reasons.items(), 1):
            await desk.say(f"Refund {order} because it broke")
            reply = (await desk.hand.published(ReplyDrafted, number))[-1]
            assert reply.draft.kind == "reply"
            assert why in text(reply)
            await desk.show(reply.draft)
    assert (await desk.ledger())["refunds"] == []


async def test_a_webhook_is_confirmed_signed_and_received_once(desk: Desk) -> None:
    async with stages(desk):
        event = await desk.say("hello")
        [_] = await desk.hand.published(ReplyDrafted)
        arguments = {"partner": "carrier_desk", "order_id": "ORD-10001", "message": "Please search for the parcel."}
        action = f"{event.turn}:0:0"
        asked = WebhookRequested(
            conversation="c1", epoch=event.epoch, action=action, tool="notify_partner", arguments=arguments, customer=CUSTOMER
        )
        await desk.hand.send(asked.first_of("the agent asked"))
        _, prompt = await desk.hand.published(ReplyDrafted, 2)
        assert prompt.draft.proposal is not None
        assert prompt.draft.proposal.kind == "webhook"
        await desk.show(prompt.draft)
        assert isinstance(await desk.press(), WebhookRequested)
        [done] = await desk.hand.published(EffectCompleted)
    assert (done.status, done.text) == ("succeeded", "Done: carrier desk was notified.")
    [received] = (await desk.ledger())["webhooks"]
    assert received["id"] == f"msg_{action.replace(':', '_')}"
    assert received["body"]["data"] == {
        "customer_id": "cus_demo",
        "order_id": "ORD-10001",
        "message": "Please search for the parcel.",
    }
    assert "whsec" not in json.dumps(received)


async def test_callbacks_and_tickets_leave_one_trace_each(desk: Desk) -> None:
    async with stages(desk):
        await desk.say("Please call me back tomorrow at 10 am")
        [reply] = await desk.hand.published(ReplyDrafted)
        await desk.show(reply.draft)
        await desk.say("I want to file a complaint about the scratched table")
        await desk.hand.published(ReplyDrafted, 2)
    books = await desk.ledger()
    assert [each["customer_id"] for each in books["callbacks"]] == ["cus_demo"]
    assert [each["customer_id"] for each in books["tickets"]] == ["cus_demo"]
