"""Refunds when things go wrong: the shop's books show one, or none and a person is asked to look."""

import asyncio
from pathlib import Path
from time import time
from typing import Any

import pytest

from services.actions import ledger
from shared.contracts import EffectCompleted, EffectRequested, Money, Proposal
from shared.lane import delivery, effects
from shared.lane.documents import Confirmed, Effect
from shared.lane.sweep import request
from tests.integration.actions.clocks import CALL_TIMEOUT, CALL_WITHIN, CLAIM_FOR
from tests.integration.actions.conftest import CUSTOMER, Desk, process, stages
from tests.servers import NatsServer
from tests.waiting import until

ACTION = "c1:1:0:0"
AMOUNT = Money(minor=18700, currency="USD")
PARAMETERS = {"order_id": "ORD-10002", "reason": "damaged", "payment": "pay_10002", "amount": AMOUNT.model_dump()}


@pytest.fixture(autouse=True)
def hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (delivery, effects):
        monkeypatch.setattr(module, "CLAIM_FOR", CLAIM_FOR)
    monkeypatch.setattr(ledger, "CALL_TIMEOUT", CALL_TIMEOUT)
    monkeypatch.setattr(delivery, "CALL_WITHIN", CALL_WITHIN)


async def confirmed(desk: Desk, action: str = ACTION) -> Proposal:
    """A refund whose button was pressed."""
    proposal = Proposal(
        action=action,
        tool="refund_order",
        arguments=PARAMETERS,
        customer=CUSTOMER,
        title="Refund",
        amount=AMOUNT,
        language="en",
    )
    pressed = Confirmed(proposal=proposal, at=time())
    await desk.change(lambda lane: (lane.model_copy(update={"confirmed": lane.confirmed | {action: pressed}}), None))
    return proposal


async def swept(desk: Desk, proposal: Proposal, attempt: str = "") -> EffectRequested:
    lane = await desk.change(lambda lane: (lane, None))
    event = request(lane, lane.confirmed[proposal.action], attempt)
    await desk.hand.send(event)
    assert isinstance(event, EffectRequested)
    return event


async def effect(desk: Desk) -> Effect:
    found: Effect = await desk.records.get(Effect, ACTION)
    return found


async def refunds(desk: Desk) -> list[Any]:
    books: list[Any] = (await desk.ledger())["refunds"]
    return books


async def test_killed_between_the_call_and_the_record_another_worker_finds_what_was_done(
    desk: Desk, tmp_path: Path, nats_server: NatsServer
) -> None:
    proposal = await confirmed(desk)
    await desk.faults(answer_late_ms=60_000, ignore_idempotency_keys=True)
    options = (desk.shop, desk.records_url)
    environment = {"FRONTDESK_NATS_URL": nats_server.url}
    worker = "tests.integration.actions.worker"
    with process(worker, *options, log=tmp_path / "first.log", **environment):
        await swept(desk, proposal)
        await until(lambda: refunds(desk), timeout=20.0)
    assert (await effect(desk)).state == "started"
    await desk.faults(ignore_idempotency_keys=True)
    with process(worker, *options, log=tmp_path / "second.log", **environment):
        [done] = await desk.hand.published(EffectCompleted)
    assert (done.status, (await effect(desk)).state) == ("succeeded", "succeeded")
    assert len(await refunds(desk)) == 1


async def test_a_shop_that_answers_after_the_time_out_is_asked_before_anything_is_tried_again(desk: Desk) -> None:
    proposal = await confirmed(desk)
    await desk.faults(answer_late_ms=3_000, ignore_idempotency_keys=True)
    async with stages(desk):
        await swept(desk, proposal)
        [done] = await desk.hand.published(EffectCompleted)
    assert done.status == "succeeded"
    [refund] = await refunds(desk)
    assert (await effect(desk)).provider_id == refund["id"]


async def test_a_shop_that_failed_before_it_did_anything_is_called_again_with_the_same_key(desk: Desk) -> None:
    proposal = await confirmed(desk)
    await desk.faults(fail_next=1)
    async with stages(desk):
        await swept(desk, proposal)
        [done] = await desk.hand.published(EffectCompleted)
    assert done.status == "succeeded"
    assert [refund["idempotency_key"] for refund in await refunds(desk)] == [ACTION]


async def test_a_shop_that_promises_nothing_is_never_called_again(desk: Desk) -> None:
    proposal = await confirmed(desk)
    await desk.faults(answer_late_ms=3_000, ignore_idempotency_keys=True)
    async with stages(desk, shop_guarantee="neither"):
        await swept(desk, proposal)
        [done] = await desk.hand.published(EffectCompleted)
    assert (done.status, done.text.split(".")[0]) == ("unknown", "We could not find out whether this was done")
    assert len(await refunds(desk)) == 1


async def test_many_requests_and_two_workers_make_one_refund(desk: Desk) -> None:
    proposal = await confirmed(desk)
    await desk.faults(ignore_idempotency_keys=True, delay_ms=50)
    async with stages(desk), stages(desk):
        await asyncio.gather(*(swept(desk, proposal, f"sweep-{n}") for n in range(8)))
        done = await desk.hand.published(EffectCompleted, 8)
    assert {(each.status, each.action) for each in done} == {("succeeded", ACTION)}
    assert len(await refunds(desk)) == 1


async def test_two_refunds_of_one_payment_leave_one(desk: Desk) -> None:
    first, second = await confirmed(desk), await confirmed(desk, "c1:2:0:0")
    async with stages(desk):
        await swept(desk, first)
        await desk.hand.published(EffectCompleted)
        await swept(desk, second)
        _, done = await desk.hand.published(EffectCompleted, 2)
    assert (done.status, done.text) == ("failed", "This has been done already; it was not done a second time.")
    assert len(await refunds(desk)) == 1


async def test_unconfirmed_nothing_is_done_however_often_it_is_asked_for(desk: Desk) -> None:
    async with stages(desk):
        for n in range(3):
            fields: dict[str, Any] = {"conversation": "c1", "epoch": 1, "action": ACTION, "tool": "refund_order"}
            event = EffectRequested(**fields, arguments=PARAMETERS, customer=CUSTOMER)
            await desk.hand.send(event.first_of(ACTION, f"sweep-{n}"))
        await desk.hand.idle("actions-effect-requested")
    assert await desk.hand.stored("desk.v1.effect-completed.") == []
    assert await refunds(desk) == []
