from typing import Any

import pytest

from services.actions.domain import course, entitled, is_open
from shared.contracts import Assurance, Customer, Draft, Proposal
from shared.lane.admission import admit
from shared.lane.delivery import claim
from shared.lane.documents import Effect, Item, opened

CUSTOMER = Customer(id="cus_demo", assurance="verified")


def effect(at: float = 0.0, state: str = "started") -> Effect:
    proposal = Proposal(action="c1:1:0:0", tool="refund_order", arguments={}, customer=CUSTOMER, title="Refund")
    fields = {"id": "c1:1:0:0", "at": at, "conversation": "c1", "proposal": proposal, "attempt": "a", "until": at + 15}
    return Effect.model_validate(fields | {"state": state})


@pytest.mark.parametrize(
    ("has", "needs", "may"),
    [
        ("anonymous", "anonymous", True),
        ("anonymous", "claimed", False),
        ("claimed", "verified", False),
        ("verified", "verified", True),
        ("verified", "stepped-up", False),
        ("stepped-up", "anonymous", True),
    ],
)
def test_a_session_is_entitled_to_its_level_and_below(has: Assurance, needs: Assurance, may: bool) -> None:
    assert entitled(Customer(id="x", assurance=has), needs) is may


def test_only_the_active_turn_is_open_also_while_its_answer_leaves() -> None:
    assert not is_open(None, 1)
    lane, _ = admit(opened("c1", "cus_demo", "web", 0.0), Item(id="m1", at=0.0, customer=CUSTOMER), 0.0)
    assert is_open(lane, 1)
    assert not is_open(lane, 2)
    lane, _ = claim(lane, 1, Draft(kind="notice", parts=()), attempt="a", now=0.0)
    assert is_open(lane, 1)


def test_what_is_settled_or_in_its_call_is_left_alone() -> None:
    assert course(effect(state="succeeded"), "keys", True, 100.0) == "settled"
    assert course(effect(), "keys", True, 15.0) == "wait"


@pytest.mark.parametrize(
    ("guarantee", "asks", "age", "then"),
    [
        ("keys", True, 60.0, "ask"),
        ("keys", False, 60.0, "again"),
        ("keys", False, 21 * 3600.0, "unknown"),  # providers forget keys
        ("keys", True, 21 * 3600.0, "ask"),
        ("lookup", True, 60.0, "ask"),
        ("lookup", False, 60.0, "unknown"),
        ("neither", False, 60.0, "unknown"),
    ],
)
def test_what_follows_a_claim_that_ran_out(guarantee: Any, asks: bool, age: float, then: str) -> None:
    assert course(effect(), guarantee, asks, age) == then
