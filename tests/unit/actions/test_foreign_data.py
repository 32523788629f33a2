"""What a tool's system answers may hold personal data in places where nobody expects it: neither stream nor model sees it."""

from dataclasses import replace
from typing import Any

import pytest

from services.actions.domain import Policy
from services.actions.tool import Arguments, Call, Lookup, Result, yes
from shared.contracts import LookupRequested
from shared.errors import GuardFailed
from tests.memory import MemoryRecords
from tests.unit.actions.sample import CUSTOMER, Clock, actions, means

NOTED = {
    "carrier": "Post; my card is 4111 1111 1111 1111",
    "lines": [{"engraving": "for ada@example.com"}, {"quantity": 2, "gift": True}],
    "tracking_number": "1Z999AA10123456784",
    "total": "$49.99",
}


class Asked(Arguments):
    pass


class Looking(Lookup[Asked]):
    name = "look"
    description = "Looks."
    arguments = Asked
    assurance = "anonymous"

    async def run(self, call: Call, arguments: Asked) -> Result:
        return yes(**NOTED)


EVENT = LookupRequested(conversation="c1", epoch=1, action="c1:1:0:0", tool="look", arguments={}, customer=CUSTOMER)


async def test_it_is_hidden_and_what_is_the_companys_stays() -> None:
    done = await actions(MemoryRecords(), Clock(), Looking(means(), Policy())).look_up(EVENT)
    assert done.result == NOTED | {
        "carrier": "Post; my card is [hidden]",
        "lines": [{"engraving": "for [hidden]"}, {"quantity": 2, "gift": True}],
    }


async def test_without_the_guard_there_is_no_result() -> None:
    def broken(value: Any) -> Any:
        raise OSError(str(value))

    stage = replace(actions(MemoryRecords(), Clock(), Looking(means(), Policy())), hidden=broken)
    with pytest.raises(GuardFailed, match="a guard of actions failed: OSError") as raised:
        await stage.look_up(EVENT)
    assert "4111" not in str(raised.value)
