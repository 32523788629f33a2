"""A running ingress: real nats-server, real SQLite records, its HTTP app behind an ASGI transport."""

import json
import secrets
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import httpx2
import nats
import pytest
from nats.aio.client import Client
from nats.aio.msg import Msg

from services.health import Health
from services.http import front
from services.ingress.app import HANDLERS, open_stage
from services.ingress.settings import IngressSettings
from shared.assistant import Assistant
from shared.contracts import Customer
from shared.identity.sessions import Sessions
from shared.lane.documents import Conversation
from shared.messaging import BusSettings, topology
from shared.messaging.provision import apply
from shared.platform import Platform, Stage
from shared.sealing import Keyring
from shared.stores.keys import CustomerKeys
from shared.stores.port import Records
from shared.stores.sqlite import SqliteRecords
from tests.servers import NatsServer

SESSION_KEY = "session-key-of-the-tests-0123456789"
HOST_KEY = "key-of-the-host-company-0123456789ab"
BACKEND_KEY = "backend-key-0123456789abcdef"
DESK_KEY = "desk-key-0123456789abcdef-xyz"
SEAL = bytes(range(32))
BACKEND = {"authorization": f"Bearer {BACKEND_KEY}"}
DESK = {"x-api-key": DESK_KEY}

DEFAULTS: dict[str, Any] = {
    "session_key": SESSION_KEY,
    "customer_jwt_key": HOST_KEY,
    "customer_jwt_algorithm": "HS256",
    "api_keys": f"shop:events:{BACKEND_KEY},help:desk:{DESK_KEY}",
    "sweep_every": 3600.0,
}


class Clock:
    """The time as ingress sees it; `skip` moves it on."""

    def __init__(self) -> None:
        self._ahead = 0.0

    def __call__(self) -> float:
        return time.time() + self._ahead

    def skip(self, seconds: float) -> None:
        self._ahead += seconds


ASSISTANT = Assistant.model_validate(
    {
        "persona": {"name": "Robin", "company": "Shop", "tone": "brief"},
        "models": [{"name": "model"}],
        "events": {"order.shipped": {"text": {"en": "Your order {order} is on its way."}}},
    }
)


class Door:
    """Ingress, and eyes on what it stores and publishes."""

    def __init__(self, stage: Stage, records: Records, client: Client, clock: Clock) -> None:
        self.stage, self.records, self.client, self.clock = stage, records, client, clock
        self.js = client.jetstream()
        self.keys = CustomerKeys(records, Keyring({"k1": SEAL}))
        self.sessions = Sessions(SESSION_KEY.encode(), now=clock)

    def http(self, headers: dict[str, str] | None = None) -> httpx2.AsyncClient:
        transport = httpx2.ASGITransport(front([self.stage], Health([self.stage], self.records)))
        return httpx2.AsyncClient(transport=transport, base_url="http://desk.example", headers=headers)

    def bearer(self, customer: str = "ann") -> dict[str, str]:
        token = self.sessions.issue(Customer(id=customer, assurance="verified"))
        return {"authorization": f"Bearer {token}"}

    async def say(self, text: str, conversation: str = "c1", customer: str = "ann", **body: Any) -> httpx2.Response:
        async with self.http(self.bearer(customer)) as http:
            return await http.post(f"/v1/conversations/{conversation}/messages", json={"text": text, **body})

    async def lane(self, conversation: str = "c1") -> Conversation:
        lane = await self.records.get(Conversation, conversation)
        assert lane is not None
        return lane

    async def stored(self, subject: str = "", stream: str = "DESK") -> list[tuple[str, dict[str, str], dict[str, Any]]]:
        """Subject, headers and body of everything stored below `subject`."""
        state, found = (await self.js.stream_info(stream)).state, []
        for sequence in range(max(1, state.first_seq), state.last_seq + 1):
            message = await self.js.get_msg(stream, seq=sequence)
            if (message.subject or "").startswith(subject):
                found.append((message.subject or "", message.headers or {}, json.loads(message.data or b"{}")))
        return found

    async def hears(self, subject: str) -> list[Msg]:
        """Live messages from now on."""
        heard: list[Msg] = []

        async def hear(message: Msg) -> None:
            heard.append(message)

        await self.client.subscribe(subject, cb=hear)
        await self.client.flush()
        return heard


Opening = Callable[..., Awaitable[Door]]


@pytest.fixture
async def opening(nats_server: NatsServer, tmp_path: Path) -> AsyncIterator[Opening]:
    """`await opening(rate_customer="2/minute")` starts an ingress with these settings. `records` may wrap the store."""
    async with AsyncExitStack() as stack:

        async def quiet(_: Exception) -> None:
            """Servers are killed here on purpose."""

        async def start(
            *, wrap: Callable[[Records], Records] = lambda records: records, middlewares: Any = (), **settings: Any
        ) -> Door:
            client = await nats.connect(nats_server.url, max_reconnect_attempts=-1, reconnect_time_wait=0.1, error_cb=quiet)
            stack.push_async_callback(client.close)
            bus = BusSettings(url=nats_server.url)
            await apply(client, topology(bus, {"ingress": HANDLERS}))
            records = SqliteRecords(tmp_path / "records.db")
            stack.push_async_callback(records.close)
            clock, wrapped = Clock(), wrap(records)
            platform = Platform(bus, wrapped, ASSISTANT, Keyring({"k1": SEAL}), middlewares)
            stage = await stack.enter_async_context(open_stage(IngressSettings(**DEFAULTS | settings), platform, now=clock))
            await stage.broker.start()
            stack.push_async_callback(stage.broker.stop)
            return Door(stage, wrapped, client, clock)

        yield start


@pytest.fixture
async def door(opening: Opening) -> Door:
    return await opening()


def some_id(prefix: str = "m") -> str:
    return f"{prefix}_{secrets.token_hex(6)}"
