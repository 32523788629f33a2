"""What leaves is checked, or does not leave."""

import pytest

from services.egress.checking import Checking
from services.egress.guard.text import Guard, Rules
from shared.contracts import Draft, Notice, QuickReplies, Text
from shared.errors import Rejected, StoreUnavailable
from shared.guardrails.pii import Span
from shared.sealing import SealBroken
from tests.unit.egress.spoken import Spoken

REPLY = Draft(kind="reply", parts=(Text(text="Call 12345"),), language="de")


def checking(guard: Guard | Exception) -> Checking:
    async def guards(conversation: str, language: str | None) -> Guard:
        if isinstance(guard, Exception):
            raise guard
        return guard

    return Checking(guards, Spoken())


def broken(text: str) -> list[Span]:
    raise RuntimeError(text)


@pytest.mark.parametrize("guard", [Guard(Rules(find=broken)), RuntimeError("no weights"), SealBroken("the key is gone")])
async def test_a_guard_that_fails_lets_nothing_through_and_says_so(guard: Guard | Exception) -> None:
    done = await checking(guard).draft("c1", REPLY)
    assert done.found == {"guard-failed"}
    assert done.draft.kind == "notice"
    assert done.draft.parts == (Notice(text="gave_up_guard/de"), QuickReplies(options=("offer_person/de",)))


async def test_without_a_guard_there_is_no_preview() -> None:
    assert await checking(SealBroken("the key is gone")).guard("c1", None) is None


async def test_a_store_that_is_away_is_no_guard_that_failed() -> None:
    with pytest.raises(StoreUnavailable):
        await checking(StoreUnavailable("locked")).draft("c1", REPLY)


async def test_a_question_without_its_proposal_can_never_be_asked() -> None:
    with pytest.raises(Rejected):
        await checking(Guard()).draft("c1", Draft(kind="confirm", parts=(Text(text="Sure?"),)))
