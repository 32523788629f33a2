"""The demo shop and the understudy as processes; agent and actions on a real broker and real records."""

import os
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from pathlib import Path
from time import time
from typing import Any

import httpx2
import nats
import pytest

from services.actions.app import HANDLERS as ACTIONS
from services.actions.app import open_stage as open_actions
from services.actions.settings import ActionsSettings
from services.agent.app import HANDLERS as AGENT
from services.agent.app import open_stage as open_agent
from services.agent.settings import AgentSettings
from shared.assistant import load
from shared.contracts import Customer, Event, TurnAssembled
from shared.lane.admission import admit
from shared.lane.confirmation import press
from shared.lane.delivery import deliver
from shared.lane.documents import Conversation, Item, Pending, opened
from shared.lane.sweep import request
from shared.messaging import BusSettings, topology
from shared.messaging.provision import apply
from shared.platform import Platform
from shared.stores.open import open_records
from tests.integration.actions.clocks import ROOT
from tests.integration.stagehand import Stagehand
from tests.servers import NatsServer, free_port
from tests.waiting import until

CUSTOMER = Customer(id="cus_demo", assurance="verified")
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


@contextmanager
def process(module: str, *options: object, log: Path, **environment: str) -> Iterator[subprocess.Popen[bytes]]:
    command = [sys.executable, "-m", module, *map(str, options)]
    with log.open("ab") as file:
        child = subprocess.Popen(command, cwd=ROOT, env=os.environ | environment, stdout=file, stderr=file)
    try:
        yield child
    finally:
        child.kill()
        child.wait(10)


async def answering(url: str) -> None:
    async with httpx2.AsyncClient(trust_env=False) as http:

        async def healthy() -> bool:
            try:
                return (await http.get(f"{url}/healthz")).status_code == 200
            except httpx2.HTTPError:
                return False

        await until(healthy, timeout=20.0)


class Desk:
    """A conversation of the demo customer, as ingress and egress would lead it; the shop's books; the streams."""

    def __init__(self, shop: str, stagehand: Stagehand, records: Any, url: str) -> None:
        self.shop, self.hand, self.records, self.records_url = shop, stagehand, records, url
        self.model = "http://127.0.0.1:9/v1"  # nobody

    async def ledger(self) -> dict[str, Any]:
        async with httpx2.AsyncClient(trust_env=False) as http:
            books: dict[str, Any] = (await http.get(f"{self.shop}/ledger")).json()
            return books

    async def faults(self, **faults: Any) -> None:
        async with httpx2.AsyncClient(trust_env=False) as http:
            (await http.post(f"{self.shop}/faults", json=faults)).raise_for_status()

    async def say(self, text: str, **more: Any) -> TurnAssembled:
        """Admit a message and send what context would send for its turn."""
        item = Item(id=f"m{time()}", at=time(), customer=CUSTOMER)
        lane = await self.change(lambda lane: admit(lane, item, time()))
        assert lane.active, "the lane is busy"
        fields: dict[str, Any] = {"conversation": "c1", "epoch": lane.epoch, "channel": "web", "customer": CUSTOMER}
        event = TurnAssembled(**fields, inputs=(item.id,), text=text, language="en", **{"parts": ()} | more)
        await self.hand.send(event.first_of(event.turn))
        return event

    async def show(self, draft: Any) -> None:
        """Deliver a draft, as egress does; a proposal becomes the pending one."""

        def shown(lane: Conversation) -> Any:
            pending = Pending(proposal=draft.proposal, token_hash="t", expires=time() + 600) if draft.proposal else None
            return deliver(lane, lane.epoch, draft, "answered", now=time(), pending=pending)

        await self.change(shown)

    async def press(self) -> Event:
        """Press the button; returns the request that follows, which was sent."""
        lane = await self.change(lambda lane: press(lane, "t", True, time()))
        [confirmed] = lane.confirmed.values()
        event = request(lane, confirmed)
        await self.hand.send(event)
        return event

    async def press_again(self) -> Any:
        """What the sweeper sends for an action whose result it has not seen."""
        lane: Conversation = await self.records.get(Conversation, "c1")
        [confirmed] = lane.confirmed.values()
        event = request(lane, confirmed, "sweep-1")
        await self.hand.send(event)
        return event

    async def completed(self, count: int) -> bool:
        return len(await self.hand.stored("desk.v1.effect-completed.")) >= count

    async def change(self, transition: Callable[[Conversation], tuple[Conversation, Any]]) -> Conversation:
        await self.records.change(Conversation, "c1", transition, absent=opened("c1", "cus_demo", "web", time()))
        lane: Conversation = await self.records.get(Conversation, "c1")
        return lane


@pytest.fixture
async def desk(nats_server: NatsServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Desk]:
    """Shop, broker and records; no stage and no model runs yet."""
    shop = f"http://127.0.0.1:{free_port()}"
    monkeypatch.setenv("FRONTDESK_SHOP_URL", shop)
    monkeypatch.setenv("FRONTDESK_SHOP_WEBHOOK_SECRET", SECRET)
    monkeypatch.setenv("FRONTDESK_NATS_ACK_WAIT", "PT1S")
    async with AsyncExitStack() as stack:
        options = ("--port", shop.rpartition(":")[2], "--data", tmp_path / "shop.db", "--nats-url", nats_server.url)
        stack.enter_context(process("demo.shop", *options, log=tmp_path / "shop.log"))
        await answering(shop)
        url = f"sqlite:///{tmp_path}/records.db"
        records = await open_records(url)
        stack.push_async_callback(records.close)
        client = await nats.connect(nats_server.url)
        stack.push_async_callback(client.close)
        settings = BusSettings(url=nats_server.url)
        await apply(client, topology(settings, {"agent": AGENT, "actions": ACTIONS}))
        yield Desk(shop, Stagehand(client, settings), records, url)


@pytest.fixture
async def understudy(desk: Desk, tmp_path: Path) -> AsyncIterator[str]:
    """The stand-in model; the desk's stages ask it."""
    model = f"http://127.0.0.1:{free_port()}"
    with process("demo.understudy", "--port", model.rpartition(":")[2], "--pace", "0.001", log=tmp_path / "model.log"):
        await answering(model)
        desk.model = f"{model}/v1"
        yield model


@asynccontextmanager
async def stages(desk: Desk, agent: Mapping[str, Any] | None = None, **actions: Any) -> AsyncIterator[None]:
    """Agent and actions in this process, built as the composition root builds them."""
    assistant = load(ROOT / "demo" / "assistant.yaml")
    platform = Platform(desk.hand.settings, desk.records, assistant, Any)  # type: ignore[arg-type]
    model: dict[str, Any] = {"api_key": "k", "base_url": desk.model, "model": "understudy"} | dict(agent or {})
    async with AsyncExitStack() as stack:
        for opening in (
            open_actions(ActionsSettings(shop_url=desk.shop, **actions), platform),
            open_agent(AgentSettings(**model), platform),
        ):
            built = await stack.enter_async_context(opening)
            stack.push_async_callback(built.broker.stop)
            await built.broker.start()
        yield
