"""Keys, erasure, export and retention, on every store."""

import asyncio
from collections import Counter

import pytest

from shared.contracts import ConfirmationRequest, Customer, Draft, Money, Proposal, Text
from shared.lane.admission import admit
from shared.lane.confirmation import press, result, result_item
from shared.lane.delivery import deliver
from shared.lane.documents import Confirmed, Conversation, Effect, Item, Pending, Turn, opened, turn_of
from shared.privacy.erasure import ERASED, Erasing, Erasure, NoMessages
from shared.privacy.export import Export
from shared.privacy.retention import Retention
from shared.privacy.settings import RetentionSettings
from shared.sealing import Keyring, SealBroken, generate_key
from shared.stores.customers import CustomerProfile, Feedback, Memory, profile_place
from shared.stores.keys import CustomerKey, CustomerKeys
from shared.stores.port import Records
from shared.stores.vault import Vault, VaultDocument

DAY = 86400.0
OLD, NEW = generate_key("old"), generate_key("new")
ANN = Customer(id="ann", assurance="verified")
PROPOSAL = Proposal(action="c1:1:0:0", tool="refund_order", arguments={"reason": "broken"}, customer=ANN, title="Refund")


class Clock:
    def __init__(self) -> None:
        self.time = 1000.0

    def __call__(self) -> float:
        return self.time


class House:
    """One customer's life, and what is done with it."""

    def __init__(self, records: Records, *keys: str) -> None:
        self.records, self.clock = records, Clock()
        self.keys = CustomerKeys(records, Keyring.parse(",".join(keys or (OLD,))), now=self.clock)
        self.erasing = Erasing(records, records, self.keys, NoMessages(), self.clock, 35 * DAY)
        self.retention = Retention(records, records, self.erasing, RetentionSettings(), self.clock)

    async def live(self, customer: str = "ann", conversation: str = "c1") -> None:
        """One turn that was answered, one message that waits, an effect, a rating, a memory, a profile."""
        records, place, now = self.records, conversation, self.clock()
        await Vault(records, self.keys, now=self.clock).keep(place, customer, [("EMAIL", "ann@example.org")])
        draft = Draft(kind="reply", parts=(Text(text="We write to <EMAIL_1>."),), said="I am <EMAIL_1>")

        async def item(id: str, text: str) -> Item:
            sealed = await self.keys.seal(customer, text, bound_to=f"{place}/{id}")
            return Item(id=id, at=now, customer=Customer(id=customer), sealed=sealed)

        lane, _ = admit(opened(place, customer, "web", now), await item("m1", "I am ann@example.org"), now)
        lane, _ = deliver(lane, 1, draft, "answered", now=now)
        lane, _ = admit(lane, await item("m2", "call 555"), now)
        await records.insert(lane)
        await records.insert(turn_of(place, 1, now, said=draft.said, reply=draft, answers=("m1",)))
        effect = Effect(id=f"{place}:1:0:0", at=now, conversation=place, proposal=PROPOSAL, attempt="a", until=0.0)
        settled = {"state": "succeeded", "text": "Refunded to Ann.", "target": f"refund:{place}"}
        await records.insert(effect.model_copy(update=settled))
        comment = await self.keys.seal(customer, "so kind", bound_to=f"{place}/f-{place}")
        await records.insert(Feedback(id=f"f-{place}", at=now, conversation=place, rating=5, comment=comment))
        await records.insert(Memory(id=f"m-{place}", at=now, customer=customer, text="likes tea"))
        name = await self.keys.seal(customer, "Ann Lee", bound_to=profile_place(customer))
        await records.insert(CustomerProfile(id=customer, at=now, name=name))

    async def lane(self, conversation: str = "c1") -> Conversation:
        lane = await self.records.get(Conversation, conversation)
        assert lane
        return lane


@pytest.fixture
def house(records: Records) -> House:
    return House(records)


async def test_one_key_for_a_customer_however_many_ask_at_once(house: House, other: Records) -> None:
    both = [house.keys, CustomerKeys(other, Keyring.parse(OLD), now=house.clock)]
    sealed = await asyncio.gather(*(both[n % 2].seal("ann", f"{n}", bound_to="here") for n in range(10)))
    assert [await both[1].open("ann", each, bound_to="here") for each in sealed] == [f"{n}" for n in range(10)]
    with pytest.raises(SealBroken):
        await house.keys.open("bob", sealed[0], bound_to="here")


async def test_what_was_sealed_under_a_shredded_key_is_lost_also_to_whoever_held_the_key(house: House, other: Records) -> None:
    elsewhere = CustomerKeys(other, Keyring.parse(OLD))
    sealed = await house.keys.seal("ann", "secret", bound_to="here")
    assert await elsewhere.open("ann", sealed, bound_to="here") == "secret"
    assert await house.keys.shred("ann")
    assert not await house.keys.shred("ann")
    with pytest.raises(SealBroken):
        await house.keys.open("ann", sealed, bound_to="here")
    again = await elsewhere.seal("ann", "new", bound_to="here")
    assert await house.keys.open("ann", again, bound_to="here") == "new"
    with pytest.raises(SealBroken):
        await house.keys.open("ann", sealed, bound_to="here")


async def test_rotation_seals_keys_again_and_nothing_else(house: House, other: Records) -> None:
    sealed = {name: await house.keys.seal(name, name, bound_to="here") for name in ("ann", "bob", "eve")}
    rotating = CustomerKeys(other, Keyring.parse(f"{NEW},{OLD}"))
    assert await rotating.rotate(page=2) == 3
    assert await rotating.rotate() == 0
    fresh = CustomerKeys(other, Keyring.parse(NEW))
    assert [await fresh.open(name, each, bound_to="here") for name, each in sealed.items()] == ["ann", "bob", "eve"]
    with pytest.raises(SealBroken):
        await CustomerKeys(other, Keyring.parse(OLD)).open("ann", sealed["ann"], bound_to="here")


async def test_an_erased_customer_is_nowhere_and_the_others_are_untouched(house: House) -> None:
    await house.live()
    await house.live("bob", "c2")
    before = await Export(house.records, house.keys, house.clock).of("bob")
    removed = await house.erasing.erase("ann")
    kinds = ("keys", "conversations", "values", "turns", "feedback", "effects", "memories", "profiles")
    assert removed == Counter(dict.fromkeys(kinds, 1))
    for kind, id in ((CustomerKey, "ann"), (CustomerProfile, "ann"), (Turn, "c1:1"), (VaultDocument, "c1"), (Memory, "m-c1")):
        assert await house.records.get(kind, id) is None  # type: ignore[type-var]
    lane = await house.lane()
    assert (lane.customer, lane.done, lane.active, lane.seen, lane.queue) == ("", (), None, {}, ())
    assert lane.epoch == 3, "what was under way dies at the fence"
    effect = await house.records.get(Effect, "c1:1:0:0")
    assert effect
    assert (effect.state, effect.target, effect.text) == ("succeeded", "refund:c1", "")
    assert (effect.proposal.customer, effect.proposal.arguments) == (ERASED, {})
    assert not +await house.erasing.erase("ann")
    assert await Export(house.records, house.keys, house.clock).of("bob") == before


async def test_a_copy_of_the_records_opens_nothing_of_an_erased_customer(house: House) -> None:
    await house.live()
    copy = [await house.lane(), await house.records.get(VaultDocument, "c1")]
    await house.erasing.erase("ann")
    for document in copy:
        assert document
        await house.records.delete(type(document), document.id)
        await house.records.insert(document)
    with pytest.raises(SealBroken):
        await Vault(house.records, house.keys).originals("c1")
    lane = await house.lane()
    assert lane.active
    with pytest.raises(SealBroken):
        await house.keys.open("ann", lane.active.members[0].sealed, bound_to="c1/m2")
    house.clock.time += DAY
    removed = await house.erasing.again()
    assert (removed["conversations"], removed["values"]) == (1, 1), "played back, it is erased again"


async def test_what_was_under_way_is_erased_once_it_has_settled(house: House) -> None:
    await house.live()
    confirmed = {"c1:1:0:0": Confirmed(proposal=PROPOSAL, at=1.0)}
    await house.records.change(Conversation, "c1", lambda lane: (lane.model_copy(update={"confirmed": confirmed}), None))
    assert (await house.erasing.erase("ann"))["under way"] == 1
    assert (await house.lane()).confirmed == confirmed
    await house.records.change(Conversation, "c1", lambda lane: (lane.model_copy(update={"confirmed": {}}), None))
    await house.records.insert(turn_of("c1", 2, house.clock(), said="written by an agent that was at it"))
    removed = await house.erasing.again()
    assert (removed["conversations"], removed["turns"]) == (1, 1)
    assert (await house.lane()).customer == ""
    house.clock.time += 36 * DAY
    await house.retention.run()
    assert await house.records.get(Erasure, "ann") is None


async def test_a_customer_who_writes_on_keeps_what_they_wrote_afterwards(house: House) -> None:
    await house.live()
    await house.erasing.erase("ann")
    house.clock.time += 5
    await house.live("ann", "c9")
    assert not +await house.erasing.again()
    told = await Export(house.records, house.keys, house.clock).of("ann")
    assert [lane["id"] for lane in told["conversations"]] == ["c9"]


async def test_an_export_has_everything_opened(house: House) -> None:
    await house.live()
    await Vault(house.records, house.keys).keep("c1", "ann", [("CARD", "4111 1111 1111 1111")])
    told = await Export(house.records, house.keys, house.clock).of("ann")
    assert told["profile"]["name"] == "Ann Lee"
    assert [each["text"] for each in told["memories"]] == ["likes tea"]
    (lane,) = told["conversations"]
    assert [(turn["said"], turn["answer"]) for turn in lane["turns"]] == [
        ("I am ann@example.org", "We write to ann@example.org.")
    ]
    assert [each["text"] for each in lane["waiting"]] == ["call 555"]
    assert [(each["rating"], each["comment"]) for each in lane["feedback"]] == [(5, "so kind")]
    assert [(each["state"], each["told"]) for each in lane["actions"]] == [("succeeded", "Refunded to Ann.")]
    nobody = await Export(house.records, house.keys, house.clock).of("nobody")
    assert (nobody["profile"], nobody["conversations"], nobody["memories"]) == (None, [], [])


async def test_an_export_tells_what_became_of_what_was_proposed(house: House) -> None:
    now = house.clock()

    def offered(name: str) -> Conversation:
        action = f"{name}:1:0:0"
        proposal = PROPOSAL.model_copy(update={"action": action, "amount": Money(minor=500, currency="USD")})
        parts = (Text(text="Shall I?"), ConfirmationRequest(action=action, title="Refund"))
        draft = Draft(kind="confirm", parts=parts, proposal=proposal, said="my money back")
        item = Item(id=f"m-{name}", at=now, customer=ANN, sealed="s")
        lane, _ = admit(opened(name, "ann", "web", now).model_copy(update={"preferred_language": "de"}), item, now)
        pending = Pending(proposal=proposal, token_hash="t", expires=now + 600)
        return deliver(lane, 1, draft, "answered", now=now, pending=pending)[0]

    async def settled(name: str, state: str) -> Conversation:
        lane, pressed = press(offered(name), "t", True, now)
        assert pressed.confirmed
        effect = Effect(
            id=pressed.action, at=now, conversation=name, proposal=pressed.confirmed.proposal, attempt="a", until=0.0
        )
        await house.records.insert(effect.model_copy(update={"state": state}))
        told = result_item(pressed.action, "succeeded", "", ANN, now)
        return result(lane, pressed.action, told, now)[0] if state != "started" else lane

    def long_ago(lane: Conversation) -> Conversation:
        """The press is forgotten; the notice that nothing was changed is not."""
        lane, _ = deliver(lane, 2, Draft(kind="notice", parts=(Text(text="Nothing was changed."),)), "notice", now=now)
        return lane.model_copy(update={"pressed": ()})

    lanes = {
        "offered": offered("offered"),
        "accepted": press(offered("accepted"), "t", True, now)[0],
        "declined": press(offered("declined"), "t", False, now)[0],
        "declined-once": long_ago(press(offered("declined-once"), "t", False, now)[0]),
        "expired": offered("expired").model_copy(update={"pending": None}),
        "started": await settled("started", "started"),
        "done": await settled("done", "succeeded"),
        "failed": await settled("failed", "failed"),
        "unknown": await settled("unknown", "unknown"),
    }
    for lane in lanes.values():
        await house.records.insert(lane)
    told = await Export(house.records, house.keys, house.clock).of("ann")
    first = {lane["id"]: lane["turns"][0] for lane in told["conversations"]}
    assert {turn["answer"] for turn in first.values()} == {"Shall I?"}, "what is proposed is no answer"
    assert {(turn["proposal"]["title"], turn["proposal"]["amount"]) for turn in first.values()} == {("Refund", "$5.00")}
    assert {name: turn["proposal"]["state"] for name, turn in first.items()} == {
        **{name: name for name in lanes},
        "declined-once": "declined",
        "started": "accepted",
    }
    assert {(lane["language"], lane["preferred_language"]) for lane in told["conversations"]} == {(None, "de")}
    house.clock.time += 601
    later = await Export(house.records, house.keys, house.clock).of("ann")
    assert {lane["turns"][0]["proposal"]["state"] for lane in later["conversations"] if lane["id"] == "offered"} == {"expired"}


async def test_each_kind_is_kept_for_its_time(house: House) -> None:
    await house.live()
    lane = (await house.lane()).model_copy(update={"active": None})
    await house.records.change(Conversation, "c1", lambda _: (lane, None))
    kept = {}
    for days in (29, 31, 91, 366, 3651):
        house.clock.time = 1000.0 + days * DAY
        kept[days] = await house.retention.run()
    assert kept == {
        29: {},
        31: {"values": 1},
        91: {"conversations": 1, "turns": 1, "feedback": 1, "effects": 1},
        366: {"memories": 1, "keys": 1},
        3651: {"effects": 1},
    }


async def test_a_conversation_in_which_something_is_to_happen_is_kept(house: House) -> None:
    await house.live()
    house.clock.time += 400 * DAY
    await house.retention.run()
    assert (await house.lane()).active
    assert await house.records.get(CustomerKey, "ann")


async def test_older_pages_by_age_and_remove_asks_of_what_stands(records: Records, other: Records) -> None:
    await asyncio.gather(*(records.insert(Memory(id=f"m{n}", at=float(n // 2), customer="c", text="x")) for n in range(10)))
    found, after = [], None
    while page := await other.older(Memory, 4.0, limit=3, after=after):
        found += [each.id for each in page]
        after = page[-1]
    assert found == [f"m{n}" for n in range(8)]
    assert not await other.remove(Memory, "m1", lambda memory: memory.text == "y")
    await records.change(Memory, "m1", lambda memory: (memory.model_copy(update={"text": "y"}), None))
    assert await other.remove(Memory, "m1", lambda memory: memory.text == "y")
    assert not await other.remove(Memory, "m1", lambda memory: True)
    assert await records.get(Memory, "m1") is None
