"""The sensitive flow: proposed, confirmed, started, called, recorded; and everything that may go wrong in between."""

import asyncio
from typing import Any

import pytest

from services.actions import ledger
from services.actions.domain import Policy
from shared.contracts import ActionCompleted, Customer, EffectCompleted, ReplyDrafted
from shared.errors import Rejected, Retryable
from shared.lane.documents import Conversation, Effect
from tests.memory import Crash
from tests.unit.actions.sample import ACTION, Charge, Clock, Provider, actions, asked, lane, proposal, records_with, turn


async def test_unconfirmed_it_is_proposed_from_records_and_nothing_is_done() -> None:
    clock, provider = Clock(), Provider(keys=True)
    records = await records_with(lane(clock), turn())
    made = actions(records, clock, Charge(provider, "keys"))
    reply = await made.perform(asked())
    assert isinstance(reply, ReplyDrafted)
    assert reply.draft.kind == "confirm"
    assert reply.draft.proposal == proposal(title="Charge $49.99", amount={"minor": 4999, "currency": "USD"})
    assert [part.model_dump() for part in reply.draft.parts] == [
        {
            "type": "confirmation_request",
            "action": ACTION,
            "title": "Charge $49.99",
            "amount": {"minor": 4999, "currency": "USD"},
            "details": ("x",),
        }
    ]
    assert reply.draft.said == "Refund <EMAIL_1>"
    assert reply.draft.state == {"topic": "refund", "tool": "charge", "order_id": "ORD-1"}
    assert await made.perform(asked()) == reply
    assert provider.calls == 0
    assert await records.get(Effect, ACTION) is None


@pytest.mark.parametrize("assumed", [True, False])
async def test_an_assumed_language_stays_an_assumed_one(assumed: bool) -> None:
    clock = Clock()
    made = actions(await records_with(lane(clock), turn()), clock, Charge(Provider(keys=True), "keys"))
    reply = await made.perform(asked(language="de", language_assumed=assumed))
    assert isinstance(reply, ReplyDrafted)
    assert (reply.draft.language, reply.language_assumed) == ("de", assumed)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"arguments": {"order_id": "none"}}, "There is no such order."),
        ({"arguments": {"order_id": "away"}}, "[system_away "),
        ({"arguments": {"order_id": "ORD-1", "customer_id": "cus_other"}}, "customer_id: Extra inputs"),
        ({"arguments": {}}, "order_id: Field required"),
        ({"tool": "nothing"}, "no such tool"),
        ({"customer": Customer(id="cus_demo", assurance="claimed")}, "[log_in_first en]"),
    ],
)
async def test_what_cannot_be_proposed_goes_back_to_the_agent(change: dict[str, Any], told: str) -> None:
    clock = Clock()
    made = actions(await records_with(lane(clock)), clock, Charge(Provider(keys=True), "keys"))
    answer = await made.perform(asked(**change))
    assert isinstance(answer, ActionCompleted)
    assert (answer.ok, answer.action) == (False, ACTION)
    assert told in answer.result["error"]


async def test_a_backend_that_is_away_is_tried_again_while_the_customer_has_not_waited_long() -> None:
    clock = Clock()
    made = actions(await records_with(lane(clock)), clock, Charge(Provider(keys=True), "keys"), patience=15.0)
    with pytest.raises(Retryable):
        await made.perform(asked(arguments={"order_id": "away"}))
    clock.time += 14.0  # asked again a second from now, she would have waited for all of it
    assert isinstance(await made.perform(asked(arguments={"order_id": "away"})), ActionCompleted)


async def test_a_backend_that_is_known_to_be_down_is_not_waited_for() -> None:
    clock = Clock()
    made = actions(await records_with(lane(clock)), clock, Charge(Provider(keys=True), "keys"), patience=15.0)
    answer = await made.perform(asked(arguments={"order_id": "down"}))
    assert isinstance(answer, ActionCompleted)
    assert answer.result["code"] == "unavailable"


async def test_a_proposal_for_a_turn_that_has_ended_reaches_nobody() -> None:
    clock = Clock()
    for conversation in ([], [lane(clock, active=False)]):
        made = actions(await records_with(*conversation), clock, Charge(Provider(keys=True), "keys"))
        assert await made.perform(asked()) is None


async def test_confirmed_it_is_done_once_with_the_parameters_that_were_shown() -> None:
    clock, provider = Clock(), Provider(keys=False)
    records = await records_with(lane(clock, proposal(), active=False))
    made = actions(records, clock, Charge(provider, "neither"))
    done = await made.perform(asked(arguments={"order_id": "ORD-2"}, customer=Customer(id="cus_evil")))
    assert isinstance(done, EffectCompleted)
    assert (done.status, done.text, done.epoch) == ("succeeded", "done", 1)
    effect = await records.get(Effect, ACTION)
    assert effect is not None
    assert (effect.proposal.arguments, effect.proposal.customer.id) == ({"order": "ORD-1", "paid": 4999}, "cus_demo")
    assert (effect.provider_id, effect.target) == (f"p_{ACTION}", "charge:ORD-1")
    assert await made.perform(asked()) == done
    assert provider.done == [ACTION]


async def test_a_no_of_the_provider_is_a_result_and_frees_the_target() -> None:
    clock, provider = Clock(), Provider(keys=True)
    other = "c1:3:0:0"
    records = await records_with(lane(clock, proposal(), proposal(other)))
    tool = Charge(provider, "keys")
    tool.refuse = True
    made = actions(records, clock, tool)
    done = await made.perform(asked())
    assert isinstance(done, EffectCompleted)
    assert (done.status, done.text) == ("failed", "declined")
    tool.refuse = False
    again = await made.perform(asked(other))
    assert isinstance(again, EffectCompleted)
    assert again.status == "succeeded"


async def test_a_second_effect_on_the_same_target_fails_in_writing() -> None:
    clock, provider = Clock(), Provider(keys=True)
    other = "c1:3:0:0"
    records = await records_with(lane(clock, proposal(), proposal(other)))
    made = actions(records, clock, Charge(provider, "keys"))
    await made.perform(asked())
    for _ in range(2):
        second = await made.perform(asked(other))
        assert isinstance(second, EffectCompleted)
        assert (second.status, second.text) == ("failed", "[effect_duplicate en]")
    assert provider.done == [ACTION]


async def test_while_somebody_may_be_in_the_call_others_wait_for_the_rest_of_the_claim() -> None:
    clock, provider = Clock(), Provider(keys=True)
    records = await records_with(lane(clock, proposal()))
    inside, go = asyncio.Event(), asyncio.Event()

    async def hold() -> None:
        inside.set()
        await go.wait()

    provider.before = hold
    made = actions(records, clock, Charge(provider, "keys"))
    first = asyncio.create_task(made.perform(asked()))
    await inside.wait()
    clock.time += 5.0
    with pytest.raises(Retryable) as raised:
        await made.perform(asked())
    assert raised.value.after == pytest.approx(10.1)
    go.set()
    assert isinstance(await first, EffectCompleted)
    assert provider.calls == 1


async def test_a_holder_whose_claim_has_become_old_does_not_call() -> None:
    clock, provider = Clock(), Provider(keys=True)
    records = await records_with(lane(clock, proposal()))

    def paused() -> None:
        clock.time += 5.1

    records.after = paused
    with pytest.raises(Retryable):
        await actions(records, clock, Charge(provider, "keys")).perform(asked())
    assert provider.calls == 0


async def test_a_call_without_an_answer_is_left_until_its_claim_has_run_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ledger, "CALL_TIMEOUT", 0.05)
    clock, provider = Clock(), Provider(keys=True)
    records = await records_with(lane(clock, proposal()))

    async def never() -> None:
        await asyncio.Event().wait()

    provider.after = never
    made = actions(records, clock, Charge(provider, "lookup"))
    with pytest.raises(Retryable) as raised:
        await made.perform(asked())
    assert raised.value.after == pytest.approx(15.1)
    clock.time += 15.1
    done = await made.perform(asked())
    assert isinstance(done, EffectCompleted)
    assert (done.status, provider.calls, provider.done) == ("succeeded", 1, [ACTION])


async def test_a_backend_that_promises_nothing_is_never_called_twice() -> None:
    clock, provider = Clock(), Provider(keys=False)
    records = await records_with(lane(clock, proposal()))

    async def lost() -> None:
        raise Retryable("503")

    provider.after = lost
    made = actions(records, clock, Charge(provider, "neither"))
    with pytest.raises(Retryable):
        await made.perform(asked())
    clock.time += 15.1
    done = await made.perform(asked())
    assert isinstance(done, EffectCompleted)
    assert (done.status, done.text, provider.calls) == ("unknown", "[effect_unknown en]", 1)


async def test_of_two_reconcilers_one_takes_over(monkeypatch: pytest.MonkeyPatch) -> None:
    clock, provider = Clock(), Provider(keys=False)
    records = await records_with(lane(clock, proposal()))
    tool = Charge(provider, "lookup")
    made = actions(records, clock, tool)
    records.after = _once(Crash())
    with pytest.raises(Crash):
        await made.perform(asked())
    clock.time += 15.1
    both, look_up = asyncio.Barrier(2), tool.look_up

    async def together(*call: Any) -> Any:
        found = await look_up(*call)
        await both.wait()  # both have read "not done"
        return found

    monkeypatch.setattr(tool, "look_up", together)
    outcomes = await asyncio.gather(made.perform(asked()), made.perform(asked()), return_exceptions=True)
    assert sorted(type(each).__name__ for each in outcomes) == ["EffectCompleted", "Retryable"]
    assert provider.done == [ACTION]


async def test_a_tool_that_is_gone_is_not_forgotten() -> None:
    clock = Clock()
    with pytest.raises(Rejected):
        await actions(await records_with(lane(clock, proposal())), clock).perform(asked())


async def test_one_that_needs_no_button_is_done_at_once_and_its_turn_goes_on() -> None:
    clock, provider = Clock(), Provider(keys=True)
    tool = Charge(provider, "keys", Policy(confirmation=False))
    made = actions(await records_with(lane(clock)), clock, tool)
    for _ in range(2):
        done = await made.perform(asked())
        assert isinstance(done, ActionCompleted)
        assert (done.ok, done.result) == (True, {"status": "succeeded", "text": "done"})
    assert provider.done == [ACTION]


def _once(error: Exception) -> Any:
    raised: list[Exception] = []

    def fault() -> None:
        if not raised:
            raised.append(error)
            raise error

    return fault


async def test_the_conversation_is_read_and_never_written() -> None:
    clock = Clock()
    records = await records_with(lane(clock, proposal()))
    before = await records.get(Conversation, "c1")
    await actions(records, clock, Charge(Provider(keys=True), "keys")).perform(asked())
    assert await records.get(Conversation, "c1") is before
    assert records.writes == 3  # the lane of this test; start; record
