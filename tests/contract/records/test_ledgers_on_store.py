"""The ledger of effects, the vault, and what is erased or expires, through the port, by many callers at once."""

import asyncio

import pytest

from shared.errors import Rejected
from shared.lane.confirmation import allowed, press
from shared.lane.delivery import CLAIM_FOR
from shared.lane.documents import Conversation, Effect, Turn, opened, turn_of
from shared.lane.effects import reclaim, record, refused, start
from shared.sealing import Keyring
from shared.stores.customers import Feedback, Memory
from shared.stores.keys import CustomerKeys
from shared.stores.port import Document, Records, UniqueKeyTaken
from shared.stores.vault import Vault, VaultDocument
from tests.unit.lane.samples import ACTION, CUSTOMER, NOW, pending

WORKERS = 50
LATE = NOW + CLAIM_FOR + 1


def confirmed(*actions: str) -> Conversation:
    lane = opened("conv", CUSTOMER.id, "web", NOW)
    for action in actions:
        lane, told = press(lane.model_copy(update={"pending": pending(action)}), f"hash of {action}", True, NOW)
        assert told.confirmed
    return lane


def started(action: str, attempt: str, target: str = "") -> Effect:
    proposal = allowed(confirmed(action), action)
    assert proposal
    return start("conv", proposal, attempt=attempt, now=NOW, target=target)


def keys(records: Records) -> CustomerKeys:
    return CustomerKeys(records, Keyring({"k": bytes(32)}), now=lambda: NOW)


async def test_fifty_workers_on_one_action_and_it_is_begun_and_told_once(records: Records, other: Records) -> None:
    stores = (records, other)
    won = await asyncio.gather(*(stores[n % 2].insert(started(ACTION, f"a{n}")) for n in range(WORKERS)))
    assert won.count(True) == 1
    first = f"a{won.index(True)}"
    stands = await other.get(Effect, ACTION)
    assert stands
    assert stands.attempt == first

    taken = await asyncio.gather(
        *(
            stores[n % 2].change(Effect, ACTION, lambda found, n=n: reclaim(found, first, new_attempt=f"b{n}", now=LATE))
            for n in range(WORKERS)
        )
    )
    assert taken.count(True) == 1, "one takes over a claim that has run out"
    holder = f"b{taken.index(True)}"
    told = await asyncio.gather(
        *(
            stores[n % 2].change(
                Effect,
                ACTION,
                lambda found, n=n: record(found, holder if n % 3 else first, "succeeded", text=f"by {n}"),
            )
            for n in range(WORKERS)
        )
    )
    assert told.count(True) == 1
    final = await records.get(Effect, ACTION)
    assert final
    assert (final.state, final.text) == ("succeeded", f"by {told.index(True)}")
    assert told.index(True) % 3, "whoever lost the claim settles nothing"


async def test_fifty_actions_on_one_target_and_one_is_carried_out(records: Records, other: Records) -> None:
    stores = (records, other)

    async def carry_out(n: int) -> str:
        effect = started(f"conv:{n + 1}:0:0", f"a{n}", target="payment-1/refund")
        if await stores[n % 2].insert(effect):
            return "carried out"
        assert await stores[n % 2].insert(refused(effect, "already refunded")), "a refusal holds no target"
        return "refused"

    told = await asyncio.gather(*(carry_out(n) for n in range(WORKERS)))
    assert (told.count("carried out"), told.count("refused")) == (1, WORKERS - 1)
    ledger = await other.find(Effect, "conv", limit=100)
    assert sorted(effect.state for effect in ledger) == ["failed"] * (WORKERS - 1) + ["started"]

    winner = told.index("carried out")
    later = started("conv:99:0:0", "later", target="payment-1/refund")
    assert not await other.insert(later), "while it is not known to have failed, the target is taken"
    again = refused(later, "already refunded")
    assert await records.insert(again)
    assert await records.change(
        Effect, f"conv:{winner + 1}:0:0", lambda found: record(found, f"a{winner}", "failed", text="no")
    )
    free = await asyncio.gather(
        *(stores[n % 2].insert(started(f"conv:{n + 101}:0:0", "b", target="payment-1/refund")) for n in range(WORKERS))
    )
    assert free.count(True) == 1, "what failed gives its target to one"
    with pytest.raises(UniqueKeyTaken):
        await other.change(Effect, again.id, lambda found: (found.model_copy(update={"state": "started"}), None))


async def test_fifty_workers_keep_the_same_values_and_each_has_one_placeholder(records: Records, other: Records) -> None:
    vaults = [Vault(store, keys(store), now=lambda: NOW) for store in (records, other)]

    async def keep(n: int) -> list[tuple[str, str]]:
        values = [f"+49 170 {n % 5}", f"+49 170 {(n + 1) % 5}"]
        card = f"4111 1111 1111 111{n % 3}"
        placeholders = await vaults[n % 2].keep(
            "conv", "c1", [*(("PHONE", value) for value in values), ("CARD", card.replace(" ", "" if n % 2 else " "))]
        )
        return list(zip([*values, f"card {n % 3}"], placeholders, strict=True))

    told = {pair for kept in await asyncio.gather(*map(keep, range(WORKERS))) for pair in kept}
    placeholder = dict(told)
    assert len(placeholder) == len(told) == 8, "the same value, the same placeholder, whoever kept it"
    assert sorted(placeholder.values()) == [f"<CARD_{n}>" for n in (1, 2, 3)] + [f"<PHONE_{n}>" for n in (1, 2, 3, 4, 5)]
    originals = await vaults[1].originals("conv")
    assert originals == {held: value for value, held in placeholder.items() if value.startswith("+")}, (
        "cards are numbered and not kept"
    )
    for value, held in placeholder.items():
        opened = await vaults[0].opened("conv", "c1", held, ("PHONE", "CARD"))
        assert opened.text == (value if value.startswith("+") else held)
        assert (await vaults[0].opened("conv", "somebody else", held, ("PHONE", "CARD"))).text == held
    with pytest.raises(Rejected):
        await vaults[1].keep("conv", "somebody else", [("PHONE", "+49 170 9")])
    stored = await records.get(VaultDocument, "conv")
    assert stored
    assert "170" not in stored.model_dump_json(exclude={"entries": {"__all__": {"sealed", "fingerprint"}}})


async def test_nothing_is_left_of_a_conversation_that_is_deleted(records: Records, other: Records) -> None:
    for conversation in ("conv", "other"):
        await records.insert(confirmed(ACTION).model_copy(update={"id": conversation}))
        await Vault(records, keys(records)).keep(conversation, "c1", [("EMAIL", "ann@example.com")])
        await asyncio.gather(
            *(records.insert(turn_of(conversation, n, NOW + n // 4, said="hello")) for n in range(30)),
            *(
                records.insert(
                    started(f"{conversation}:{n}:0:0", "a", f"{conversation}/{n}").model_copy(
                        update={"conversation": conversation}
                    )
                )
                for n in range(5)
            ),
            *(
                records.insert(Feedback(id=f"{conversation}/{n}", at=NOW, conversation=conversation, rating=5))
                for n in range(3)
            ),
        )

    async def erase(store: Records) -> int:
        """Page by page, as two who erase at once would."""
        gone = 0
        parts: tuple[type[Document], ...] = (Turn, Effect, Feedback)
        for of in parts:
            while page := await store.find(of, "conv", limit=7):
                gone += sum(await asyncio.gather(*(store.delete(of, each.id) for each in page)))
        return gone + await store.delete(VaultDocument, "conv") + await store.delete(Conversation, "conv")

    assert sum(await asyncio.gather(erase(records), erase(other))) == 30 + 5 + 3 + 2, "each is deleted once"
    for store in (records, other):
        assert [await store.find(of, "conv") for of in (Turn, Effect, Feedback)] == [[], [], []]
        assert await store.get(Conversation, "conv") is None
        assert await Vault(store, keys(store)).originals("conv") == {}
        assert [each.id for each in await store.due(Conversation, NOW + 1e6)] == ["other"]
    assert len(await other.find(Turn, "other", limit=100)) == 30
    assert await Vault(other, keys(other)).originals("other") == {"<EMAIL_1>": "ann@example.com"}
    assert await other.insert(started("conv:1:0:0", "again", "conv/1")), "its ids and targets are free"


async def test_what_expires_is_counted_once_by_many_who_expire(records: Records, other: Records) -> None:
    soon = 4e9  # far from any server's clock: MongoDB's own TTL must not come first
    await asyncio.gather(
        *(records.insert(Memory(id=f"m{n}", at=NOW, customer="c1", text="x", forget_at=soon + n % 2)) for n in range(40))
    )
    await records.insert(Memory(id="kept", at=NOW, customer="c1", text="x"))

    async def expire(store: Records) -> int:
        gone = 0
        while deleted := await store.expire(Memory, soon, limit=3):
            gone += deleted
        return gone

    assert sum(await asyncio.gather(*(expire(store) for store in (records, other, records, other)))) == 20
    left = {each.id for each in await other.find(Memory, "c1", limit=100)}
    assert left == {"kept", *(f"m{n}" for n in range(1, 40, 2))}
