"""All six services in this process, with crash points that kill one conversation's handler at a time.

What stands for the kill is an exception that nothing catches: the handler is gone, its message was not acknowledged, and
comes again after `ack_wait`. Whole processes are killed at these points by tests/chaos.
"""

import asyncio
import os
import secrets
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import httpx2
import nats

from demo.shop import store
from demo.shop.app import Settings as ShopSettings
from demo.shop.app import create_app as shop_app
from demo.understudy.app import Settings as ModelSettings
from demo.understudy.app import create_app as model_app
from services.compose import handlers, open_platform, open_stages
from services.crash.scene import Scene
from services.egress.app import open_stage as open_egress
from services.egress.settings import EgressSettings
from services.http import Server
from services.names import STAGES
from services.settings import ProcessSettings, read
from shared.contracts import Customer
from shared.identity.sessions import Sessions
from shared.lane.documents import Conversation, Item
from shared.messaging import BusSettings, Publisher, topology
from shared.messaging.middleware import StageMiddleware
from shared.messaging.provision import apply
from shared.platform import Platform
from tests.integration.egress.provider import Provider, Sms
from tests.servers import NatsServer, free_port
from tests.waiting import until

ROOT = Path(__file__).parents[3]
SESSION_KEY, BACKEND_KEY, DESK_KEY = (secrets.token_urlsafe(32) for _ in range(3))
ORDERS = 400
SWEEP_AFTER = 4.0

whose: ContextVar[str] = ContextVar("whose", default="")
"""The conversation that is being served."""


class Killed(BaseException):
    """The process is dead, as far as this conversation is concerned."""


def told_of_errors(loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """Nobody asks a task that was killed what it died of."""
    if not isinstance(context.get("exception"), Killed):
        loop.default_exception_handler(context)


class Whose(StageMiddleware):
    """Tells of each message which conversation it belongs to; a backend's event names its customer."""

    async def on_receive(self) -> None:
        assert self.msg
        subject: str = self.msg.subject
        owner = subject.rpartition(".")[2]
        if subject.startswith("events."):
            owner = self.msg.data.decode().partition('"subject":"cus_')[2].partition('"')[0]
        whose.set(owner)


@dataclass
class House:
    """`seen` are the points by conversation; `fatal` is the one at which a conversation dies, once; `died` did."""

    records: Any
    platform: Platform
    shop: str
    http: Callable[[], httpx2.AsyncClient]
    provider: Provider
    client: Any
    publisher: Publisher
    seen: dict[str, list[str]] = field(default_factory=dict)
    fatal: dict[str, str] = field(default_factory=dict)
    died: set[str] = field(default_factory=set)
    orders: int = 0

    def reached(self, point: str) -> None:
        here = "sweeper" if ".sweeper." in point else whose.get()
        self.seen.setdefault(here, []).append(point)
        if here not in self.died and self.fatal.get(here) == point:
            self.died.add(here)
            raise Killed(point)

    async def lane(self, conversation: str) -> Conversation:
        found: Conversation | None = await self.records.get(Conversation, conversation)
        assert found, conversation
        return found

    async def books(self) -> dict[str, Any]:
        async with httpx2.AsyncClient(trust_env=False) as http:
            read: dict[str, Any] = (await http.get(f"{self.shop}/ledger")).json()
            return read

    def talk(self) -> "Talk":
        """A new conversation, of a customer of its own, who has one order."""
        self.orders += 1
        return Talk(self, f"c{self.orders:03}", 20000 + self.orders)


class Talk:
    """One conversation as its client holds it: whatever is not answered is sent again, under the same id."""

    def __init__(self, house: House, id: str, order: int) -> None:
        self.house, self.id, self.order = house, id, f"ORD-{order}"
        self.customer = Customer(id=f"cus_{id}", assurance="verified")
        self.said: list[str] = []
        token = Sessions(SESSION_KEY.encode()).issue(self.customer)
        self.bearer = {"authorization": f"Bearer {token}"}

    async def insist(self, method: str, path: str, headers: dict[str, str], **more: Any) -> httpx2.Response:
        """Until it is answered for good."""
        told = whose.set(self.id)
        try:
            end = time.monotonic() + 20
            while True:
                try:
                    async with self.house.http() as http:
                        answer = await http.request(method, path, headers=headers, **more)
                    if answer.status_code < 500 or time.monotonic() > end:
                        return answer
                except Killed:
                    pass
                await asyncio.sleep(0.02)
        finally:
            whose.reset(told)

    async def item(self, id: str, text: str) -> Item:
        """As ingress keeps what this customer said."""
        self.said.append(id)
        keys = self.house.platform.customer_keys()
        sealed = await keys.seal(self.customer.id, text, bound_to=f"{self.id}/{id}")
        return Item(id=id, at=time.time(), customer=self.customer, sealed=sealed)

    async def say(self, text: str) -> str:
        id = f"m_{secrets.token_hex(6)}"
        body = {"text": text, "message_id": id}
        answer = await self.insist("POST", f"/v1/conversations/{self.id}/messages", self.bearer, json=body)
        assert answer.status_code == 202, answer.text
        self.said.append(id)
        return id

    async def ask(self, text: str) -> Conversation:
        """Say it, and wait for the end of its turn."""
        return await self.answered(await self.say(text))

    async def answered(self, id: str) -> Conversation:
        return await self.stands(lambda lane: any(id in done.answers for done in lane.done))

    async def stands(self, what: Callable[[Conversation], Any]) -> Conversation:
        async def found() -> Conversation | None:
            lane = await self.house.lane(self.id)
            return lane if what(lane) else None

        return await until(found, timeout=40.0, step=0.05)

    async def press(self, accept: bool) -> None:
        path = f"/v1/conversations/{self.id}"
        shown = (await self.insist("GET", path, self.bearer)).json()["pending"]
        answer = await self.insist("POST", f"{path}/confirmations/{shown['token']}", self.bearer, json={"accept": accept})
        assert answer.status_code == 202, answer.text

    async def desk(self, method: str, noun: str, **more: Any) -> int:
        path = f"/v1/desk/conversations/{self.id}/{noun}"
        return (await self.insist(method, path, {"x-api-key": DESK_KEY}, **more)).status_code


@asynccontextmanager
async def open_house(
    server: NatsServer, folder: Path, environ: Callable[[str, str], None], **more: str
) -> AsyncIterator[House]:
    """Shop, model and stages on this loop. `environ` sets a variable; `more` are settings that differ."""
    asyncio.get_running_loop().set_exception_handler(told_of_errors)
    shop, model, provider = (f"http://127.0.0.1:{free_port()}" for _ in range(3))
    settings = {
        "FRONTDESK_NATS_URL": server.url,
        "FRONTDESK_NATS_ACK_WAIT": "PT1S",
        "FRONTDESK_RECORDS": f"sqlite:///{folder}/records.db",
        "FRONTDESK_KNOWLEDGE": f"sqlite:///{folder}/knowledge.db",
        "FRONTDESK_ASSISTANT": str(ROOT / "demo" / "assistant.yaml"),
        "FRONTDESK_SEAL_KEYS": "k1:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
        "FRONTDESK_SESSION_KEY": SESSION_KEY,
        "FRONTDESK_API_KEYS": f"shop:events:{BACKEND_KEY},help:desk:{DESK_KEY}",
        "FRONTDESK_SHOP_URL": shop,
        "FRONTDESK_SHOP_WEBHOOK_SECRET": "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        "FRONTDESK_RATE_LIMITS": "off",
        "FRONTDESK_SWEEP_AFTER": str(SWEEP_AFTER),
        "FRONTDESK_SWEEP_EVERY": "1",
        "FRONTDESK_AGENT_MODEL": "understudy",
        "OPENAI_API_KEY": "understudy",
        "OPENAI_BASE_URL": f"{model}/v1",
    }
    for name, value in (settings | more).items():
        environ(name, value)
    place = Provider(keeps_keys=True)
    async with AsyncExitStack() as stack:
        for app, url in (
            (shop_app(ShopSettings(folder / "shop.db", server.url, "", settings["FRONTDESK_SHOP_WEBHOOK_SECRET"])), shop),
            (model_app(ModelSettings(pace=0.0)), model),
            (place.app(), provider),
        ):
            await stack.enter_async_context(Server(app, "127.0.0.1", int(url.rpartition(":")[2])))
        client = await nats.connect(server.url)
        stack.push_async_callback(client.close)
        await apply(client, topology(read(BusSettings), dict(handlers())))
        bare = await stack.enter_async_context(open_platform(read(ProcessSettings), traced=False))
        platform = replace(bare, middlewares=(Whose,))
        house = House(bare.records, platform, shop, _nowhere, place, client, Publisher.on(client))
        stages = await stack.enter_async_context(open_stages(STAGES[:-1], platform, house.reached))
        await stack.enter_async_context(_egress(platform, house, provider))
        door = stages[0].http
        house.http = lambda: httpx2.AsyncClient(transport=httpx2.ASGITransport(door), base_url="http://desk.example")
        yield house


def _nowhere() -> httpx2.AsyncClient:
    raise AssertionError("the door is not open yet")


@asynccontextmanager
async def _egress(platform: Platform, house: House, provider: str) -> AsyncIterator[None]:
    """As the composition root opens it, and with a push channel."""
    scene = Scene("egress", house.reached)
    watched = scene.platform(platform)
    sms = Sms(provider, "keys", hooks=watched.call_hooks("sms"))
    async with open_egress(read(EgressSettings), watched, {"sms": sms}) as built:
        stage = scene.built(built)
        await stage.broker.start()
        try:
            yield
        finally:
            await stage.broker.stop()
            await sms.close()


def stock(monkeypatch: Any) -> None:
    """The shop's first day, with one refundable order for each conversation."""
    day = time.strftime("%Y-%m-%d", time.gmtime(time.time() - 5 * 86400))

    def orders(_: Any) -> Any:
        for number in range(1, ORDERS):
            yield {
                "id": f"ORD-{20000 + number}",
                "customer_id": f"cus_c{number:03}",
                "status": "delivered",
                "placed": day,
                "delivered": day,
                "items": [("HP-1002", 1)],
                "card": "4242",
            }

    monkeypatch.setattr(store, "orders", orders)
    for name in [each for each in os.environ if each.startswith("FRONTDESK_")]:
        monkeypatch.delenv(name)
