"""A running egress: real nats-server, real SQLite records, its streams served by uvicorn on loopback."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import httpx2
import nats
import pytest
import uvicorn
from nats.aio.client import Client

from services.egress.app import HANDLERS, open_stage
from services.egress.settings import EgressSettings
from shared.assistant import Assistant
from shared.contracts import Customer, Delta, Event
from shared.identity.sessions import Sessions
from shared.lane.documents import Conversation
from shared.messaging import BusSettings, Publisher, live_subject, topology
from shared.messaging.provision import apply
from shared.platform import Platform, Stage
from shared.sealing import Keyring
from shared.stores.keys import CustomerKeys
from shared.stores.sqlite import SqliteRecords
from shared.stores.vault import Vault
from tests.servers import NatsServer
from tests.unit.egress.stand import CUSTOMER, Stand

SESSION_KEY = "session-key-of-the-tests-0123456789"
KEYRING = Keyring({"k1": bytes(range(32))})
ASSISTANT = Assistant.model_validate(
    {
        "persona": {"name": "Robin", "company": "Shop", "tone": "brief"},
        "models": [{"name": "model"}],
        "boundaries": {"links": ["shop.example"]},
        "events": {"order.shipped": {"text": {"en": "Your order {order} is on its way."}}},
    }
)


@pytest.fixture
async def records(tmp_path: Path) -> AsyncIterator[SqliteRecords]:
    records = SqliteRecords(tmp_path / "records.db")
    yield records
    await records.close()


class Served(uvicorn.Server):
    """An ASGI app on a port of the kernel's choice, until the block ends."""

    def __init__(self, app: Any, grace: int = 3) -> None:
        quiet: dict[str, Any] = {"log_config": None, "access_log": False, "lifespan": "off"}
        super().__init__(uvicorn.Config(app, port=0, timeout_graceful_shutdown=grace, **quiet))

    @contextlib.contextmanager
    def capture_signals(self) -> Any:
        yield

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.servers[0].sockets[0].getsockname()[1]}"

    async def __aenter__(self) -> "Served":
        self._task = asyncio.create_task(self.serve())
        while not self.started:
            await asyncio.sleep(0.005)
        return self

    async def __aexit__(self, *_: object) -> None:
        self.should_exit = True
        await self._task

    def hang_up(self) -> None:
        """Do not wait for requests that are open."""
        self.force_exit = True


class Running:
    """Egress, and what a test does to it from outside."""

    def __init__(self, stage: Stage, served: Served, records: SqliteRecords, client: Client) -> None:
        self.stage, self.served, self.client = stage, served, client
        self.stand = Stand(records)  # admits, takes over, looks; its own handlers are not used
        self.publisher = Publisher.on(client)
        self.vault = Vault(records, CustomerKeys(records, KEYRING))

    @property
    def url(self) -> str:
        return self.served.url

    async def publish(self, event: Event) -> None:
        await self.publisher.publish(event)

    async def delta(
        self, epoch: int, number: int, text: str, *, step: int = 0, run: str = "r1", conversation: str = "c1"
    ) -> None:
        """As the agent sends it."""
        piece = Delta(epoch=epoch, step=step, run=run, number=number, text=text)
        await self.client.publish(live_subject(conversation, "delta"), piece.model_dump_json().encode())

    async def lane(self, conversation: str = "c1") -> Conversation:
        return await self.stand.lane(conversation)

    def bearer(self, customer: str = CUSTOMER.id) -> dict[str, str]:
        return {"authorization": f"Bearer {token(customer)}"}

    def http(self, **more: Any) -> httpx2.AsyncClient:
        return httpx2.AsyncClient(base_url=self.url, timeout=10, **more)


def token(customer: str, lifetime: float = 3600.0) -> str:
    return Sessions(SESSION_KEY.encode(), lifetime=lifetime).issue(Customer(id=customer, assurance="verified"))


Opening = Callable[..., Awaitable[Running]]


@pytest.fixture
async def opening(nats_server: NatsServer, tmp_path: Path) -> AsyncIterator[Opening]:
    """`await opening(stream_heartbeat=0.2)` starts an egress with these settings; called again, another replica."""
    async with AsyncExitStack() as stack:

        async def quiet(_: Exception) -> None:
            """Servers are killed here on purpose."""

        async def start(*, channels: Any = None, middlewares: Any = (), **settings: Any) -> Running:
            client = await nats.connect(nats_server.url, max_reconnect_attempts=-1, reconnect_time_wait=0.1, error_cb=quiet)
            stack.push_async_callback(client.close)
            bus = BusSettings(url=nats_server.url)
            await apply(client, topology(bus, {"egress": HANDLERS}))
            records = SqliteRecords(tmp_path / "records.db")
            stack.push_async_callback(records.close)
            platform = Platform(bus, records, ASSISTANT, KEYRING, middlewares)
            chosen = EgressSettings(**{"session_key": SESSION_KEY, "stream_heartbeat": 30.0} | settings)
            stage = await stack.enter_async_context(open_stage(chosen, platform, channels))
            await stage.broker.start()
            stack.push_async_callback(stage.broker.stop)
            served = await stack.enter_async_context(Served(stage.http))
            stack.callback(stage.closing)
            return Running(stage, served, records, client)

        yield start
