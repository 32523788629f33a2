"""What a lane operation leaves is what a reader finds: stores may hand out either, so the two must be equal to the type.

A list where the document says tuple, or a dict where it says model, would be one thing in the process that wrote it and
another in every other.
"""

from collections.abc import Callable
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from shared.contracts import Customer, Draft, Proposal, Text
from shared.lane.admission import admit
from shared.lane.confirmation import press, result, result_item
from shared.lane.delivery import claim, deliver, next_part, reclaim, settle, unsent
from shared.lane.documents import Conversation, Item, Lease, Pending, Step, Turn, opened, turn_of
from shared.lane.ownership import answer, give_back, take_over
from shared.lane.turns import store_result, store_step

ANN = Customer(id="ann", assurance="verified")
PROPOSAL = Proposal(action="c:1:0:0", tool="refund", arguments={"order": "ORD-1"}, customer=ANN, title="Refund")
DRAFT = Draft(kind="reply", parts=(Text(text="Yes."),), said="May I?", state={"intent": "refund", "slots": ["a", 1, None]})
CONFIRM = Draft(kind="confirm", parts=(Text(text="Sure?"),), proposal=PROPOSAL)
HANDOFF = Draft(kind="handoff", parts=(Text(text="A person will help."),))
PENDING = Pending(proposal=PROPOSAL, token_hash="t", expires=10**9)
LEASE = Lease(holder="bob", until=10**9)

Operation = Callable[[Conversation, float], Any]
OPERATIONS: list[Operation] = [
    lambda lane, now: admit(lane, Item(id=f"m{now}", at=now, customer=ANN, sealed="v1.k.x"), now),
    lambda lane, now: admit(lane, Item(id=f"e{now}", kind="event", at=now, customer=ANN, data={"n": [1, {"a": None}]}), now),
    lambda lane, now: claim(lane, lane.epoch, DRAFT, attempt="a", now=now),
    lambda lane, now: claim(lane, lane.epoch, CONFIRM, attempt="a", now=now, pending=PENDING),
    lambda lane, now: claim(lane, lane.epoch, HANDOFF, attempt="a", now=now),
    lambda lane, now: next_part(lane, lane.epoch, "a", new_attempt="a", provider_id="p", now=now),
    lambda lane, now: reclaim(lane, lane.epoch, "a", new_attempt="a", now=now + 100),
    lambda lane, now: settle(lane, lane.epoch, "a", "answered", now=now, provider_ids=("p2",), lease=LEASE),
    lambda lane, now: unsent(lane, lane.epoch, "a"),
    lambda lane, now: deliver(lane, lane.epoch, DRAFT, "answered", now=now),
    lambda lane, now: deliver(lane, lane.epoch, CONFIRM, "answered", now=now, pending=PENDING),
    lambda lane, now: deliver(lane, lane.epoch, HANDOFF, "answered", now=now, lease=LEASE),
    lambda lane, now: take_over(lane, LEASE),
    lambda lane, now: answer(lane, "bob", DRAFT, now),
    lambda lane, now: give_back(lane, now, holder="bob"),
    lambda lane, now: press(lane, "t", True, now),
    lambda lane, now: press(lane, "t", False, now),
    lambda lane, now: result(lane, PROPOSAL.action, result_item(PROPOSAL.action, "succeeded", "Done.", ANN, now), now),
]


@given(steps=st.lists(st.sampled_from(OPERATIONS), max_size=30))
def test_a_conversation(steps: list[Operation]) -> None:
    lane = opened("c", "ann", "web", 0.0)
    for number, operation in enumerate(steps, 1):
        lane, _ = operation(lane, float(number))
        read = Conversation.model_validate_json(lane.model_dump_json())
        assert read == lane
        assert (read.group, read.unique, read.due, read.expires) == (lane.group, lane.unique, lane.due, lane.expires)


@given(numbers=st.lists(st.tuples(st.integers(0, 3), st.sampled_from(["step", "x", "y"])), max_size=12))
def test_a_turn(numbers: list[tuple[int, str]]) -> None:
    turn = turn_of("c", 1, 0.0, said="Hello")
    for number, what in numbers:
        if what == "step" and number <= len(turn.steps):
            turn, _ = store_step(turn, number, Step(answer={"tool_calls": [{"id": "x"}]}, results={"x": {"ok": True}}))
        elif what != "step":
            turn, _ = store_result(turn, number, what, {"found": [1, 2.5, None]}, frozenset(("x", "y")))
        assert Turn.model_validate_json(turn.model_dump_json()) == turn
