"""The button: pressed twice, declined, expired, superseded, handed over, another's."""

from typing import Any

from shared.contracts import ConfirmationRequest, Customer, Draft, Money, Proposal
from shared.identity.confirmation import confirmation_token, token_hash
from shared.lane.delivery import deliver
from shared.lane.documents import Conversation, Pending
from tests.integration.ingress.conftest import DESK, SESSION_KEY, Door

ANN = Customer(id="ann", assurance="verified")


def proposal(slot: int = 0, kind: Any = "effect") -> Proposal:
    arguments = {"order": "ORD-10002"}
    amount = Money(minor=4999, currency="USD")
    return Proposal(
        action=f"c1:1:0:{slot}",
        tool="refund_order",
        kind=kind,
        arguments=arguments,
        customer=ANN,
        title="Refund",
        amount=amount,
    )


def token_of(proposed: Proposal) -> str:
    return confirmation_token(SESSION_KEY.encode(), proposed)


async def proposed(door: Door, kind: Any = "effect") -> str:
    """What egress does: the proposal becomes pending as its card is delivered."""
    await door.say("refund please", message_id="m1")
    made = proposal(kind=kind)
    pending = Pending(proposal=made, token_hash=token_hash(token_of(made)), expires=door.clock() + 600)
    card = ConfirmationRequest(action=made.action, title=made.title, amount=made.amount, details=("To your card",))
    draft = Draft(kind="confirm", parts=(card,), proposal=made, said="refund please")
    settled = await door.records.change(
        Conversation, "c1", lambda lane: deliver(lane, 1, draft, "answered", now=door.clock(), pending=pending)
    )
    assert settled
    assert settled.settled
    return token_of(made)


async def press(door: Door, token: str, accept: Any = True, customer: str = "ann") -> Any:
    async with door.http(door.bearer(customer)) as http:
        return await http.post(f"/v1/conversations/c1/confirmations/{token}", json={"accept": accept})


async def test_pressed_twice_it_is_asked_for_once(door: Door) -> None:
    token = await proposed(door)
    answers = [await press(door, token) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [202, 202]
    assert [answer.json()["state"] for answer in answers] == ["accepted", "accepted"]
    ((subject, headers, event),) = await door.stored("desk.v1.effect-requested")
    assert (subject, event["action"], event["arguments"]) == ("desk.v1.effect-requested.c1", "c1:1:0:0", {"order": "ORD-10002"})
    assert headers["Nats-Msg-Id"] == event["id"]
    assert list((await door.lane()).confirmed) == ["c1:1:0:0"]
    assert (await press(door, token, accept=False)).status_code == 410


async def test_a_webhook_goes_to_its_own_workers(door: Door) -> None:
    await press(door, await proposed(door, "webhook"))
    assert len(await door.stored("desk.v1.webhook-requested")) == 1


async def test_a_decline_is_told_and_changes_nothing(door: Door) -> None:
    token = await proposed(door)
    answers = [await press(door, token, accept=False) for _ in range(2)]
    assert [(answer.status_code, answer.json()["state"]) for answer in answers] == [(202, "declined")] * 2
    assert await door.stored("desk.v1.effect-requested") == []
    ((_, _, notice),) = await door.stored("desk.v1.notice-due")
    assert notice["reason"] == "result"
    lane = await door.lane()
    assert lane.active
    assert lane.active.members[0].data["status"] == "declined"
    assert (await press(door, token)).status_code == 410


async def test_expired_is_410(door: Door) -> None:
    token = await proposed(door)
    door.clock.skip(601)
    assert (await press(door, token)).status_code == 410
    assert (await door.lane()).confirmed == {}


async def test_superseded_is_410(door: Door) -> None:
    token = await proposed(door)
    newer = Pending(proposal=proposal(1), token_hash=token_hash(token_of(proposal(1))), expires=door.clock() + 600)
    await door.records.change(Conversation, "c1", lambda lane: (lane.model_copy(update={"pending": newer}), None))
    assert (await press(door, token)).status_code == 410
    assert (await press(door, token_of(proposal(1)))).status_code == 202


async def test_handed_over_is_410_for_good(door: Door) -> None:
    token = await proposed(door)
    async with door.http(DESK) as http:
        await http.post("/v1/desk/conversations/c1/lease", json={"holder": "pat"})
        assert (await press(door, token)).status_code == 410
        await http.delete("/v1/desk/conversations/c1/lease", params={"holder": "pat"})
    assert (await press(door, token)).status_code == 410


async def test_never_issued_is_404_and_nonsense_400(door: Door) -> None:
    token = await proposed(door)
    assert (await press(door, "x" * 43)).status_code == 404
    assert (await press(door, "x" * 65)).status_code == 400
    assert (await press(door, token, accept="true")).status_code == 400
    assert (await press(door, token, customer="eve")).status_code == 404
    async with door.http(door.bearer()) as http:
        bare = await http.post(f"/v1/conversations/c1/confirmations/{token}", content=b"accept=true")
        extra = await http.post(f"/v1/conversations/c1/confirmations/{token}", json={"accept": True, "amount": 1})
    assert (bare.status_code, extra.status_code) == (415, 400)
    assert (await door.lane()).pending is not None


async def test_the_transcript_shows_what_waits_and_ratings_are_sealed(door: Door) -> None:
    from shared.stores.customers import Feedback

    token = await proposed(door)
    async with door.http(door.bearer()) as http:
        seen = (await http.get("/v1/conversations/c1")).json()
        for comment in ("bad", "call me on 555-0100"):
            body = {"rating": 2, "comment": comment, "turn_id": "c1:1"}
            assert (await http.post("/v1/conversations/c1/feedback", json=body)).status_code == 204
        wrong = [
            await http.post("/v1/conversations/c1/feedback", json=body)
            for body in (
                {"rating": 0},
                {"rating": 6},
                {"rating": "5"},
                {},
                {"rating": 5, "x": 1},
                {"rating": 5, "turn_id": "c2:1"},
            )
        ]
        never = await http.post("/v1/conversations/c1/feedback", json={"rating": 5, "turn_id": "c1:99"})
    assert {answer.status_code for answer in wrong} == {400}
    assert never.status_code == 404, "a turn that never existed"
    assert (seen["pending"]["token"], seen["pending"]["title"], seen["pending"]["details"]) == (
        token,
        "Refund",
        ["To your card"],
    )
    assert seen["pending"]["amount"] == {"minor": 4999, "currency": "USD", "text": "$49.99"}
    assert [(turn["said"], turn["text"], turn["kind"], turn["answers"]) for turn in seen["turns"]] == [
        ("refund please", "Refund", "confirm", ["m1"])
    ]
    (given,) = await door.records.find(Feedback, "c1")
    assert (given.rating, given.turn) == (2, "c1:1")
    assert "555" not in given.comment
    assert await door.keys.open("ann", given.comment, bound_to=f"c1/{given.id}") == "call me on 555-0100"
