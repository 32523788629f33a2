"""The context stage as it runs: real broker, real stores, and the demo shop behind it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx2
import uvicorn

from demo.shop.app import Settings, create_app
from services.context.app import HANDLERS, open_stage
from services.context.settings import ContextSettings
from shared.assistant import Assistant
from shared.contracts import Customer, TurnAssembled, TurnScreened
from shared.platform import Platform
from shared.sealing import Keyring, generate_key
from shared.stores.knowledge import Passage
from shared.stores.open import open_knowledge
from shared.stores.sqlite import SqliteRecords
from tests.integration.stagehand import Stagehand, provisioned
from tests.servers import NatsServer, free_port
from tests.waiting import until

ASSISTANT = Assistant.model_validate(
    {"persona": {"name": "Robin", "company": "Harbour & Pine", "tone": "Brief."}, "models": [{"name": "m"}]}
)
KNOWN = Customer(id="cus_demo", assurance="verified")
RETURNS = Passage(id="returns.md#how", source="returns.md", title="Returns", text="You can send a lamp back within 30 days.")


def screened(epoch: int, text: str, customer: Customer = KNOWN) -> TurnScreened:
    event = TurnScreened(
        conversation="c1", epoch=epoch, channel="web", customer=customer, inputs=(f"m{epoch}",), text=text, language="en"
    )
    return event.first_of(event.turn)


@asynccontextmanager
async def shop(folder: Path) -> AsyncIterator[str]:
    port = free_port()
    app = create_app(Settings(folder / "shop.db", "nats://127.0.0.1:1"))
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="warning", access_log=False, lifespan="on"))
    running = asyncio.create_task(server.serve())
    await until(lambda: server.started)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        await running


@asynccontextmanager
async def context(server: NatsServer, folder: Path, shop_url: str, timeout: float = 1.0) -> AsyncIterator[Stagehand]:
    place = f"sqlite:///{folder / 'knowledge.db'}"
    knowledge = await open_knowledge(place)
    await knowledge.add([RETURNS])
    await knowledge.close()
    records = SqliteRecords(folder / "records.db")
    settings = ContextSettings(knowledge=place, shop_url=shop_url, context_timeout=timeout)
    platform_of = lambda hand: Platform(hand.settings, records, ASSISTANT, Keyring.parse(generate_key()))  # noqa: E731
    try:
        async with provisioned(server, "context", HANDLERS) as hand, open_stage(settings, platform_of(hand)) as stage:
            await stage.broker.start()
            try:
                yield hand
            finally:
                await stage.broker.stop()
    finally:
        await records.close()


def texts(event: TurnAssembled, kind: str) -> list[str]:
    return [part.text for part in event.parts if part.kind == kind]


async def test_a_turn_about_an_order_gets_passages_profile_and_this_customers_orders(nats_server: NatsServer, tmp_path: Path):
    async with shop(tmp_path) as url, context(nats_server, tmp_path, url) as hand:
        await hand.send(screened(1, "Where is ORD-10003, and can I send the lamp back?"))
        (event,) = await hand.published(TurnAssembled)
    assert texts(event, "knowledge") == [f"Returns\n{RETURNS.text}"]
    assert "gold" in texts(event, "profile")[0]
    orders = texts(event, "orders")
    assert orders[0].startswith('{"id": "ORD-10003"')
    assert "$104.00" in orders[0]
    assert len(orders) == 5
    everything = event.model_dump_json()
    assert "Alex" not in everything
    assert "4242" not in everything
    assert "ORD-10006" not in everything


async def test_a_guest_is_shown_nothing_of_a_customer(nats_server: NatsServer, tmp_path: Path):
    async with shop(tmp_path) as url, context(nats_server, tmp_path, url) as hand:
        await hand.send(screened(1, "Where is ORD-10001?", Customer(id="cus_demo")))
        (event,) = await hand.published(TurnAssembled)
    assert [part.kind for part in event.parts] == ["system"]


async def test_a_slow_and_a_failing_shop_are_reported_and_hold_nobody_up(nats_server: NatsServer, tmp_path: Path):
    async with (
        shop(tmp_path) as url,
        context(nats_server, tmp_path, url, timeout=0.3) as hand,
        httpx2.AsyncClient(base_url=url) as bench,
    ):
        await bench.post("/faults", json={"delay_ms": 2000})
        began = asyncio.get_running_loop().time()
        await hand.send(screened(1, "Where is my order?"))
        (late,) = await hand.published(TurnAssembled)
        assert asyncio.get_running_loop().time() - began < 1.5
        await bench.post("/faults", json={"fail_next": 2})
        await hand.send(screened(2, "Where is my order?"))
        _, failed = await hand.published(TurnAssembled, 2)
    assert {part.kind: part.missing for part in late.parts if part.missing} == {"profile": "timed out", "orders": "timed out"}
    assert {part.kind: part.missing for part in failed.parts if part.missing} == {
        "profile": "unavailable",
        "orders": "unavailable",
    }


async def test_without_a_shop_there_are_no_orders_and_none_are_missed(nats_server: NatsServer, tmp_path: Path):
    async with context(nats_server, tmp_path, "") as hand:
        await hand.send(screened(1, "Where is my order? The lamp should go back."))
        (event,) = await hand.published(TurnAssembled)
    assert [part.kind for part in event.parts] == ["system", "knowledge"]
