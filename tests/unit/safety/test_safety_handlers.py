"""The safety stage over records in memory: what is read, what is written, what is not."""

import re
from dataclasses import replace

import pytest
import structlog

from services.safety.domain import Policy
from services.safety.handlers import Safety
from shared.contracts import Customer, MessageReceived, SealedInput, TurnBlocked, TurnScreened
from shared.errors import Rejected, StoreUnavailable
from shared.sealing import Keyring, generate_key
from shared.stores.keys import CustomerKeys
from shared.stores.unfinished import KEPT, Unfinished
from shared.stores.vault import Vault
from tests.memory import MemoryRecords

KEYS = Keyring.parse(generate_key())


class Seals:
    async def open(self, customer: str, sealed: str, *, bound_to: str) -> str:
        return KEYS.open(sealed, bound_to=bound_to)

    async def seal(self, customer: str, text: str, *, bound_to: str) -> str:
        return KEYS.seal(text, bound_to=bound_to)


def received(*texts: str, customer: str = "cus_1", epoch: int = 1) -> MessageReceived:
    inputs = tuple(
        SealedInput(id=f"m{number}", sealed=KEYS.seal(text, bound_to=f"c1/m{number}")) for number, text in enumerate(texts)
    )
    return MessageReceived(conversation="c1", epoch=epoch, channel="web", customer=Customer(id=customer), inputs=inputs)


def safety(records: MemoryRecords) -> Safety:
    return Safety(records, Seals(), Vault(records, CustomerKeys(records, KEYS)), Policy(re.compile(r"\bORD-\d{5}\b")))


async def test_values_go_to_the_vault_and_are_the_same_when_delivered_again():
    records = MemoryRecords()
    stage = safety(records)
    first = await stage.screen(received("I am ada@example.com", "or bob@example.com"))
    again = await stage.screen(received("I am ada@example.com", "or bob@example.com"))
    assert isinstance(first, TurnScreened)
    assert first == again
    assert first.text == "I am <EMAIL_1>\nor <EMAIL_2>"
    vault = Vault(records, CustomerKeys(records, KEYS))
    assert await vault.originals("c1") == {"<EMAIL_1>": "ada@example.com", "<EMAIL_2>": "bob@example.com"}


async def test_placeholders_are_numbered_over_the_whole_conversation():
    stage = safety(MemoryRecords())
    await stage.screen(received("I am ada@example.com"))
    later = await stage.screen(received("bob@example.com, not ada@example.com"))
    assert later.text == "<EMAIL_2>, not <EMAIL_1>"


@pytest.mark.parametrize("secret", ["my card is 4111 1111 1111 1111", "my password is hunter2", "the OTP is 482913"])
async def test_what_nobody_may_need_again_is_not_kept(secret: str):
    records = MemoryRecords()
    screened = await safety(records).screen(received(secret))
    assert re.search(r"<(CARD|PASSWORD|ONE_TIME_CODE)_1>", screened.text)
    assert await Vault(records, CustomerKeys(records, KEYS)).originals("c1") == {}


async def test_nothing_is_written_when_nothing_was_found():
    records = MemoryRecords()
    await safety(records).screen(received("Where is ORD-10001?"))
    assert records.writes == 0


async def test_the_conversations_language_is_what_short_messages_keep():
    event = received("ORD-10001").model_copy(update={"language": "fr"})
    assert (await safety(MemoryRecords()).screen(event)).language == "fr"


async def test_a_seal_of_another_place_is_rejected_for_good():
    event = received("hello")
    moved = event.model_copy(update={"conversation": "c2"})
    with pytest.raises(Rejected):
        await safety(MemoryRecords()).screen(moved)


async def test_a_conversation_keeps_values_of_one_customer_only():
    stage = safety(MemoryRecords())
    await stage.screen(received("I am ada@example.com"))
    with pytest.raises(Rejected):
        await stage.screen(received("I am bob@example.com", customer="cus_2"))


async def test_nothing_passes_while_the_vault_is_away():
    class Away:
        async def keep(self, *_: object) -> list[str]:
            raise StoreUnavailable("away")

    records = MemoryRecords()
    stage = Safety(records, Seals(), Away(), Policy())
    with pytest.raises(StoreUnavailable):
        await stage.screen(received("I am ada@example.com"))


@pytest.mark.parametrize("guard", ["shared.guardrails.screening.judge", "services.safety.handlers.conclude"])
async def test_a_guard_that_fails_blocks_the_turn_and_alarms(monkeypatch: pytest.MonkeyPatch, guard: str):
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("my text was: I am ada@example.com")

    monkeypatch.setattr(guard, broken)
    with structlog.testing.capture_logs() as told:
        decided = await safety(MemoryRecords()).screen(received("I am ada@example.com"))
    assert isinstance(decided, TurnBlocked)
    assert (decided.category, decided.rule, decided.text) == ("unreadable", "guard-failed", "")
    assert told[0] == {"event": "guard failed", "log_level": "error", "stage": "safety", "error": "RuntimeError"}
    assert "ada@" not in repr(told)


async def test_a_number_that_is_cut_over_messages_is_found_where_it_goes_on():
    records = MemoryRecords()
    stage = safety(records)
    said = ("my card is 4111 1111", "1111", "1111, thanks")
    shown = [(await stage.screen(received(text, epoch=epoch))).text for epoch, text in enumerate(said)]
    again = [(await stage.screen(received(said[2], epoch=2))).text, (await stage.screen(received(said[1], epoch=1))).text]
    assert shown == ["my card is 4111 1111", "1111", "<CARD_1>, thanks"]
    assert again == ["<CARD_1>, thanks", "1111"]
    kept = await records.get(Unfinished, "c1")
    assert kept
    assert "4111" not in kept.model_dump_json()
    assert kept.group == "cus_1"


async def test_a_number_of_long_ago_is_another_one():
    records, clock = MemoryRecords(), [0.0]
    stage = replace(safety(records), now=lambda: clock[0])
    await stage.screen(received("my card is 4111 1111", epoch=1))
    clock[0] = KEPT
    assert (await stage.screen(received("1111 1111 1111", epoch=2))).text == "1111 1111 1111"


async def test_order_numbers_and_what_is_masked_leave_nothing_behind():
    records = MemoryRecords()
    stage = safety(records)
    for text in ("Where is ORD-10001?", "call +1 212 736 5000", "I paid $500", "in size 42"):
        await stage.screen(received(text))
    assert await records.get(Unfinished, "c1") is None
