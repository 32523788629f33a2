"""A button belongs to exactly what was shown."""

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.contracts import Customer, Money, Proposal
from shared.identity.confirmation import confirmation_token, token_hash

KEY = b"k" * 32


def proposal(**changed: Any) -> Proposal:
    fields: dict[str, Any] = {
        "action": "c1:3:0:0",
        "tool": "refund_order",
        "arguments": {"order": "ORD-10002", "reason": "damaged"},
        "customer": Customer(id="cust-7", assurance="verified"),
        "title": "Refund ORD-10002",
        "amount": Money(minor=4999, currency="USD"),
    }
    return Proposal(**fields | changed)


def test_the_same_proposal_has_the_same_token_after_it_was_stored() -> None:
    stored = Proposal.model_validate_json(proposal().model_dump_json())
    swapped = proposal(arguments={"reason": "damaged", "order": "ORD-10002"})
    assert confirmation_token(KEY, stored) == confirmation_token(KEY, swapped) == confirmation_token(KEY, proposal())


@pytest.mark.parametrize(
    "changed",
    [
        {"action": "c1:3:0:1"},
        {"tool": "cancel_order"},
        {"kind": "webhook"},
        {"arguments": {"order": "ORD-10003", "reason": "damaged"}},
        {"amount": Money(minor=5000, currency="USD")},
        {"amount": None},
        {"customer": Customer(id="cust-8", assurance="verified")},
    ],
)
def test_anything_else_has_another(changed: dict[str, Any]) -> None:
    assert confirmation_token(KEY, proposal(**changed)) != confirmation_token(KEY, proposal())


def test_another_key_has_another() -> None:
    assert confirmation_token(b"x" * 32, proposal()) != confirmation_token(KEY, proposal())


@given(st.dictionaries(st.text(max_size=8), st.none() | st.booleans() | st.integers() | st.text(max_size=8), max_size=4))
def test_it_fits_in_a_path_whatever_the_arguments_are(arguments: dict[str, Any]) -> None:
    token = confirmation_token(KEY, proposal(arguments=arguments))
    assert re.fullmatch(r"[A-Za-z0-9_-]{43}", token)
    assert re.fullmatch(r"[0-9a-f]{64}", token_hash(token))
