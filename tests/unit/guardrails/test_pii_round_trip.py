"""What is masked comes back from the vault, except what the vault must not keep."""

import itertools
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shared.guardrails.normal import PLACEHOLDER
from shared.guardrails.pii import KINDS, find, mask, numbered, quoted
from shared.sealing import Keyring, generate_key
from shared.stores.keys import CustomerKeys
from shared.stores.sqlite import SqliteRecords
from shared.stores.vault import IRREVERSIBLE, Vault

VALUES = (
    "ada@example.com",
    "ADA@Example.com",
    "+1 212-736-5000",
    "+12127365000",
    "DE89 3704 0044 0532 0130 00",
    "536-90-4399",
    "203.0.113.42",
    "4111 1111 1111 1111",
    "my password is hunter2",
    "my name is Ada Lovelace",
)
BETWEEN = (" ", "\n", ", ", " and ", "\u200b", "<", ">", "１")
texts = st.lists(st.one_of(st.sampled_from(VALUES), st.sampled_from(BETWEEN), st.text(max_size=6)), max_size=10).map("".join)
conversations = itertools.count()


@pytest.fixture
async def vault(tmp_path: Path) -> AsyncIterator[Vault]:
    records = SqliteRecords(tmp_path / "records.db")
    yield Vault(records, CustomerKeys(records, Keyring.parse(generate_key("k1"))))
    await records.close()


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=texts)
async def test_masked_text_and_the_vault_give_the_original(vault: Vault, text: str):
    conversation = f"c{next(conversations)}"
    spans = find(text)
    placeholders = await vault.keep(conversation, "ann", [(s.kind, text[s.start : s.end]) for s in spans])
    kept = [
        placeholder if IRREVERSIBLE & set(span.kind.split("_")) else text[span.start : span.end]
        for span, placeholder in zip(spans, placeholders, strict=True)
    ]
    opened = await vault.opened(conversation, "ann", mask(text, spans, placeholders), KINDS)
    assert opened.text == mask(text, spans, kept)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.one_of(st.sampled_from(("<EMAIL_1>", "<", ">", "EMAIL_1", "<<PHONE_2>>", *VALUES)), st.text(max_size=4))))
def test_what_a_customer_types_is_no_placeholder_and_masking_gives_its_own_number(pieces: list[str]):
    typed = quoted("".join(pieces))
    assert len(typed) == len("".join(pieces))
    assert not PLACEHOLDER.search(typed)
    spans = find(typed)
    assert sorted(PLACEHOLDER.findall(mask(typed, spans, numbered(typed, spans)))) == sorted(numbered(typed, spans))
