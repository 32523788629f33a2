"""Personal data reaches the tools that declare it, of their own customer and conversation, and no other."""

from typing import Any

import pytest
from pydantic import Field

from services.actions.domain import Policy
from services.actions.tool import Arguments, Call, Lookup, Result, yes
from shared.contracts import Customer, LookupRequested
from shared.sealing import Keyring
from shared.stores.keys import CustomerKeys
from shared.stores.vault import Vault
from tests.memory import MemoryRecords
from tests.unit.actions.sample import CUSTOMER, Clock, actions, means

MAIL = "ann@example.org"


class Asked(Arguments):
    note: str = Field(description="A note.")


class Noted(Lookup[Asked]):
    name = "note"
    description = "Notes."
    arguments = Asked
    assurance = "anonymous"

    def __init__(self) -> None:
        super().__init__(means(), Policy())
        self.seen = ""

    async def run(self, call: Call, arguments: Asked) -> Result:
        self.seen = arguments.note
        return yes(noted=arguments.note, more=[{"to": arguments.note}])


class Opening(Noted):
    opens = frozenset({"EMAIL"})


@pytest.fixture
async def records() -> MemoryRecords:
    kept = MemoryRecords()
    vault = Vault(kept, CustomerKeys(kept, Keyring({"k": bytes(32)})))
    await vault.keep("c1", CUSTOMER.id, [("EMAIL", MAIL), ("PHONE", "+43 1 58858"), ("CARD", "4111111111111111")])
    return kept


async def called(
    records: MemoryRecords, tool: Noted, conversation: str = "c1", customer: Customer = CUSTOMER
) -> dict[str, Any]:
    event = LookupRequested(
        conversation=conversation,
        epoch=1,
        action=f"{conversation}:1:0:0",
        tool="note",
        arguments={"note": "<EMAIL_1> <PHONE_1> <CARD_1>"},
        customer=customer,
    )
    return (await actions(records, Clock(), tool).look_up(event)).result


async def test_a_tool_gets_the_kinds_that_it_declares_and_its_answer_is_masked_again(records: MemoryRecords) -> None:
    tool = Opening()
    result = await called(records, tool)
    assert tool.seen == f"{MAIL} <PHONE_1> <CARD_1>"
    assert result == {"noted": "<EMAIL_1> <PHONE_1> <CARD_1>", "more": [{"to": "<EMAIL_1> <PHONE_1> <CARD_1>"}]}


@pytest.mark.parametrize(
    ("tool", "conversation", "customer"),
    [
        (Noted(), "c1", CUSTOMER),
        (Opening(), "c2", CUSTOMER),
        (Opening(), "c1", Customer(id="eve", assurance="stepped-up")),
    ],
)
async def test_nobody_else_gets_any(records: MemoryRecords, tool: Noted, conversation: str, customer: Customer) -> None:
    result = await called(records, tool, conversation, customer)
    assert tool.seen == "<EMAIL_1> <PHONE_1> <CARD_1>"
    assert MAIL not in str(result)
