"""The vault: stable placeholders, originals for their own customer alone, nothing readable in the record."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shared.errors import Rejected
from shared.sealing import Keyring, SealBroken, generate_key
from shared.stores.keys import CustomerKeys
from shared.stores.port import Records
from shared.stores.sqlite import SqliteRecords
from shared.stores.vault import Vault, VaultDocument

KEY = generate_key("k1")
EMAIL = frozenset({"EMAIL"})


def vault_of(records: Records, *keys: str) -> Vault:
    return Vault(records, CustomerKeys(records, Keyring.parse(",".join(keys or (KEY,)))), now=lambda: 1.0)


KINDS = st.sampled_from(["EMAIL", "PHONE", "IBAN", "CARD", "PASSWORD", "IP"])
VALUES = st.lists(st.tuples(KINDS, st.text(min_size=1, max_size=12)), max_size=8)


@pytest.fixture
async def records(tmp_path: Path) -> AsyncIterator[Records]:
    opened = SqliteRecords(tmp_path / "records.db")
    yield opened
    await opened.close()


@pytest.fixture
def vault(records: Records) -> Vault:
    return vault_of(records)


async def test_values_are_numbered_by_kind_in_the_order_of_their_appearance(vault: Vault) -> None:
    values = [("EMAIL", "a@x.org"), ("PHONE", "+43 1 58858"), ("EMAIL", "b@x.org"), ("EMAIL", "a@x.org")]
    assert await vault.keep("c", "ann", values) == ["<EMAIL_1>", "<PHONE_1>", "<EMAIL_2>", "<EMAIL_1>"]
    assert await vault.keep("c", "ann", [("EMAIL", "c@x.org"), ("EMAIL", "b@x.org")]) == ["<EMAIL_3>", "<EMAIL_2>"]


async def test_conversations_number_apart(vault: Vault) -> None:
    await vault.keep("c1", "ann", [("EMAIL", "a@x.org"), ("EMAIL", "b@x.org")])
    assert await vault.keep("c2", "ann", [("EMAIL", "b@x.org")]) == ["<EMAIL_1>"]
    assert await vault.originals("c2") == {"<EMAIL_1>": "b@x.org"}


async def test_originals_are_opened_for_their_own_customer_in_their_own_conversation_and_of_declared_kinds(
    vault: Vault,
) -> None:
    await vault.keep("c", "ann", [("EMAIL", "a@x.org"), ("PHONE", "+43 1 58858")])
    text = "<EMAIL_1> or <PHONE_1> or <EMAIL_2>"
    opened = await vault.opened("c", "ann", text, EMAIL)
    assert opened.text == "a@x.org or <PHONE_1> or <EMAIL_2>"
    assert opened.values == {"<EMAIL_1>": "a@x.org"}
    for conversation, customer, kinds in (("c", "bob", EMAIL), ("other", "ann", EMAIL), ("c", "ann", frozenset[str]())):
        assert (await vault.opened(conversation, customer, text, kinds)).text == text


async def test_a_conversation_of_another_customer_keeps_nothing(vault: Vault) -> None:
    await vault.keep("c", "ann", [("EMAIL", "a@x.org")])
    for values in ([("EMAIL", "b@x.org")], [("EMAIL", "a@x.org")]):
        with pytest.raises(Rejected):
            await vault.keep("c", "bob", values)
    assert await vault.originals("c") == {"<EMAIL_1>": "a@x.org"}


@pytest.mark.parametrize(
    "kind", ["CARD", "CREDIT_CARD", "PASSWORD", "SECRET", "API_KEY", "card", "CVV", "ACCESS_TOKEN", "ONE_TIME_CODE"]
)
async def test_cards_passwords_and_secrets_are_numbered_and_not_kept(vault: Vault, records: Records, kind: str) -> None:
    name = f"<{kind.upper()}_1>"
    assert await vault.keep("c", "ann", [(kind, "4111 1111 1111 1111")]) == [name]
    assert await vault.keep("c", "ann", [(kind, "4111 1111 1111 1111")]) == [name]
    assert (await vault.opened("c", "ann", name, {kind.upper()})).text == name
    assert await vault.originals("c") == {}
    document = await records.get(VaultDocument, "c")
    assert document is not None
    assert document.entries[0].sealed is None


@pytest.mark.parametrize(
    ("kind", "value", "again"),
    [
        ("PHONE", "+43 (1) 588-58", "+43158858"),
        ("IBAN", "AT61 1904 3002", "at6119043002"),
        ("EMAIL", "Ann@X.org", "ann@x.ORG"),
    ],
)
async def test_each_spelling_of_a_value_comes_back_as_it_was_written(vault: Vault, kind: str, value: str, again: str) -> None:
    held = await vault.keep("c", "ann", [(kind, value), (kind, again), (kind, value)])
    assert held == [f"<{kind}_1>", f"<{kind}_2>", f"<{kind}_1>"]
    assert (await vault.opened("c", "ann", f"<{kind}_2> or <{kind}_1>", {kind})).text == f"{again} or {value}"


async def test_a_card_which_never_comes_back_is_one_in_any_spelling(vault: Vault) -> None:
    spellings = ["4111 1111 1111 1111", "4111-1111-1111-1111", "4111111111111111"]
    assert await vault.keep("c", "ann", [("CARD", value) for value in spellings]) == ["<CARD_1>"] * 3


async def test_passwords_that_differ_in_case_are_two(vault: Vault) -> None:
    assert await vault.keep("c", "ann", [("PASSWORD", "Hunter2"), ("PASSWORD", "hunter2")]) == ["<PASSWORD_1>", "<PASSWORD_2>"]


async def test_nothing_of_a_value_can_be_read_in_the_record(vault: Vault, records: Records) -> None:
    await vault.keep("c", "ann", [("EMAIL", "ann.smith@example.org"), ("CARD", "4111111111111111")])
    document = await records.get(VaultDocument, "c")
    assert document is not None
    stored = document.model_dump_json()
    assert "smith" not in stored
    assert "4111" not in stored


async def test_with_nothing_new_nothing_is_written(vault: Vault, records: Records, monkeypatch: pytest.MonkeyPatch) -> None:
    assert await vault.keep("c", "ann", []) == []
    assert await records.get(VaultDocument, "c") is None
    await vault.keep("c", "ann", [("EMAIL", "a@x.org")])

    async def refuse(*args: object, **named: object) -> None:
        raise AssertionError("written")

    monkeypatch.setattr(records, "change", refuse)
    assert await vault.keep("c", "ann", [("EMAIL", "a@x.org")] * 3) == ["<EMAIL_1>"] * 3


async def test_placeholders_outlive_a_rotation_of_keys(records: Records) -> None:
    await vault_of(records).keep("c", "ann", [("EMAIL", "a@x.org")])
    rotated = vault_of(records, generate_key("k2"), KEY)
    assert await rotated.keep("c", "ann", [("EMAIL", "b@x.org"), ("EMAIL", "a@x.org")]) == ["<EMAIL_2>", "<EMAIL_1>"]
    assert await rotated.originals("c") == {"<EMAIL_1>": "a@x.org", "<EMAIL_2>": "b@x.org"}


async def test_without_its_key_a_value_is_lost_and_that_is_said(records: Records) -> None:
    await vault_of(records).keep("c", "ann", [("EMAIL", "a@x.org")])
    with pytest.raises(SealBroken):
        await vault_of(records, generate_key("k2")).opened("c", "ann", "<EMAIL_1>", EMAIL)


async def test_a_sealed_value_copied_to_another_conversation_does_not_open(vault: Vault, records: Records) -> None:
    await vault.keep("c1", "ann", [("EMAIL", "a@x.org")])
    document = await records.get(VaultDocument, "c1")
    assert document is not None
    await records.insert(document.model_copy(update={"id": "c2", "customer": "eve"}))
    with pytest.raises(SealBroken):
        await vault.opened("c2", "eve", "<EMAIL_1>", EMAIL)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(turns=st.lists(VALUES, max_size=4), id=st.uuids())
async def test_placeholders_and_values_are_one_to_one(vault: Vault, turns: list[list[tuple[str, str]]], id: object) -> None:
    """Whatever comes, in whatever portions, and all of it again by redelivery."""
    told: dict[tuple[str, str], str] = {}
    for values in (*turns, *turns):
        for pair, placeholder in zip(values, await vault.keep(str(id), "ann", values), strict=True):
            assert told.setdefault(pair, placeholder) == placeholder
    originals = await vault.originals(str(id))
    for (kind, value), placeholder in told.items():
        if kind in ("CARD", "PASSWORD"):
            assert placeholder not in originals
        elif kind == "IP":
            assert originals[placeholder] == value
        else:
            assert placeholder in originals
    exact = {pair: name for pair, name in told.items() if pair[0] in ("IP", "PASSWORD")}
    assert len(set(exact.values())) == len(exact)
