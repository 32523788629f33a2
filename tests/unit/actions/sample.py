"""A provider with books, a tool that charges it, and a lane in which its action was asked for and confirmed."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import httpx2
from pydantic import Field

from services.actions.domain import Guarantee, Policy
from services.actions.handlers import Actions
from services.actions.ledger import Ledger
from services.actions.shop import Shop
from services.actions.texts import Wording
from services.actions.tool import Arguments, Call, Declined, Effectful, Means, Proposed, Result, Succeeded, Tool, no
from services.actions.webhooks.sender import Webhooks
from shared.contracts import Customer, EffectRequested, Money, Proposal, TurnAssembled
from shared.errors import Retryable
from shared.lane.admission import admit
from shared.lane.documents import Confirmed, Conversation, Item, Turn, opened, turn_of
from shared.resilience.breaker import BreakerOpen
from shared.sealing import Keyring
from shared.stores.keys import CustomerKeys
from shared.stores.vault import Vault
from tests.memory import MemoryRecords

CUSTOMER = Customer(id="cus_demo", assurance="verified")
ACTION = "c1:1:0:0"


class Keys:
    """Texts that are their key."""

    def text(self, key: str, language: str | None = None, **fields: Any) -> str:
        if key in ("effect_unknown", "effect_duplicate", "log_in_first"):
            return f"[{key} {language}]"
        if key.startswith(("order_", "system_", "not_")):
            return f"[{key} {language}]"
        raise KeyError(key)


def means(http: httpx2.AsyncClient | None = None, guarantee: Guarantee = "keys", **webhooks: Any) -> Means:
    """Without `http`, for tools that never reach for the shop."""
    shop: Any = Shop(http, guarantee) if http else None
    return Means(shop, Webhooks(webhooks), Wording(Keys()))


class Provider:
    """Keeps what was done, by key. `before` and `after` the deed may raise."""

    def __init__(self, *, keys: bool) -> None:
        self.keys = keys
        self.done: list[str] = []
        self.calls = 0
        self.before: Callable[[], Awaitable[None]] = _nothing
        self.after: Callable[[], Awaitable[None]] = _nothing

    async def charge(self, key: str) -> None:
        self.calls += 1
        await self.before()
        if not (self.keys and key in self.done):
            self.done.append(key)
        await self.after()


async def _nothing() -> None:
    return None


class ChargeAsked(Arguments):
    order_id: str = Field(description="Order.")
    reason: str = Field("", description="Why.")


class Charge(Effectful[ChargeAsked]):
    """Does what its provider promises."""

    name = "charge"
    description = "Charges."
    arguments = ChargeAsked

    def __init__(self, provider: Provider, guarantee: Guarantee, policy: Policy | None = None) -> None:
        super().__init__(means(), policy or Policy())
        self.provider, self._guarantee = provider, guarantee
        self.refuse = False

    @property
    def guarantee(self) -> Guarantee:
        return self._guarantee

    @property
    def asks(self) -> bool:
        return self._guarantee == "lookup"

    async def propose(self, call: Call, arguments: ChargeAsked) -> Proposed | Result:
        if arguments.order_id == "none":
            return no("There is no such order.")
        if arguments.order_id == "away":
            raise Retryable("away")
        if arguments.order_id == "down":
            raise BreakerOpen("left alone")
        parameters = {"order": arguments.order_id, "paid": 4999}
        return Proposed(title="Charge $49.99", parameters=parameters, amount=Money(minor=4999, currency="USD"), details=("x",))

    def target(self, parameters: Mapping[str, Any]) -> str:
        return f"charge:{parameters['order']}"

    async def perform(self, call: Call, parameters: Mapping[str, Any]) -> Succeeded | Declined:
        if self.refuse:
            return Declined("declined")
        await self.provider.charge(call.action)
        return Succeeded("done", f"p_{call.action}")

    async def look_up(self, call: Call, parameters: Mapping[str, Any]) -> Succeeded | None:
        return Succeeded("done", f"p_{call.action}") if call.action in self.provider.done else None


class Clock:
    def __init__(self) -> None:
        self.time = 1000.0

    def __call__(self) -> float:
        return self.time


def actions(records: Any, clock: Clock, *tools: Tool, patience: float = 0.0) -> Actions:
    texts = Wording(Keys())
    by_name = {tool.name: tool for tool in tools}
    vault = Vault(records, CustomerKeys(records, Keyring({"k": bytes(32)})))
    return Actions(records, by_name, Ledger(records, texts, clock), texts, patience, clock, vault)


def asked(action: str = ACTION, **more: Any) -> EffectRequested:
    conversation, epoch = action.split(":")[:2]
    fields: dict[str, Any] = {
        "conversation": conversation,
        "epoch": int(epoch),
        "action": action,
        "tool": "charge",
        "arguments": {"order_id": "ORD-1", "reason": "late"},
        "customer": CUSTOMER,
        "language": "en",
    }
    return EffectRequested(**fields | more).first_of(action)


def proposal(action: str = ACTION, **more: Any) -> Proposal:
    fields: dict[str, Any] = {
        "action": action,
        "tool": "charge",
        "arguments": {"order": "ORD-1", "paid": 4999},
        "customer": CUSTOMER,
        "title": "Charge",
        "language": "en",
    }
    return Proposal(**fields | more)


def lane(clock: Clock, *confirmed: Proposal, active: bool = True) -> Conversation:
    made = opened("c1", "cus_demo", "web", clock())
    if active:
        made, _ = admit(made, Item(id="m1", at=clock(), customer=CUSTOMER), clock())
    pressed = {each.action: Confirmed(proposal=each, at=clock()) for each in confirmed}
    return made.model_copy(update={"confirmed": pressed})


def turn() -> Turn:
    event = TurnAssembled(
        conversation="c1",
        epoch=1,
        channel="web",
        customer=CUSTOMER,
        inputs=("m1",),
        text="Refund <EMAIL_1>",
        language="en",
        parts=(),
        state={"topic": "refund"},
    )
    return turn_of("c1", 1, 1000.0, said=event.text, assembled=event)


async def records_with(*documents: Any) -> MemoryRecords:
    made = MemoryRecords()
    for document in documents:
        assert await made.insert(document)
    return made
