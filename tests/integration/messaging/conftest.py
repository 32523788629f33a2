"""A provisioned broker, and eyes on its streams."""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from typing import Any

import nats
import pytest
from nats.aio.client import Client
from nats.js.api import RawStreamMsg

from shared.messaging import BusSettings, topology
from shared.messaging.provision import apply
from tests.integration.messaging.sample import Asked, Owner, asked, bus
from tests.servers import NatsServer


class Bus:
    """The test's own connection to the broker of a stage named `demo` with the handler `Owner.answer`."""

    def __init__(self, server: NatsServer, client: Client) -> None:
        self.server, self.client, self.js = server, client, client.jetstream()
        self.settings: BusSettings = bus(server.url)

    async def provision(self, handlers: Sequence[Any] = (Owner.answer,), **settings: Any) -> BusSettings:
        self.settings = bus(self.server.url, **settings)
        await apply(self.client, topology(self.settings, {"demo": handlers}))
        return self.settings

    async def ask(self, *texts: str) -> None:
        for text in texts:
            await self.send(asked(text))

    async def send(self, event: Asked, **headers: str) -> None:
        identified = {"Nats-Msg-Id": event.message_id} | headers
        await self.js.publish("desk.v1.asked.c1", event.model_dump_json().encode(), headers=identified)

    async def stored(self, subject: str, stream: str = "DESK") -> list[RawStreamMsg]:
        """Every stored message whose subject starts with `subject`, in order."""
        state = (await self.js.stream_info(stream)).state
        found = []
        for sequence in range(max(1, state.first_seq), state.last_seq + 1):
            message = await self.js.get_msg(stream, seq=sequence)
            if (message.subject or "").startswith(subject):
                found.append(message)
        return found

    async def dead(self) -> list[RawStreamMsg]:
        return await self.stored("dlq.", "DESK_DLQ")

    async def settled(self, durable: str = "demo-asked") -> bool:
        return await self._settled("DESK", durable)

    async def settled_backend(self) -> bool:
        return await self._settled("DESK_EVENTS", "demo-backend-event")

    async def _settled(self, stream: str, durable: str) -> bool:
        info = await self.js.consumer_info(stream, durable)
        return info.num_pending == 0 and info.num_ack_pending == 0


@pytest.fixture
async def desk(nats_server: NatsServer) -> AsyncIterator[Bus]:
    async def quiet(_: Exception) -> None:
        """Servers are killed here on purpose."""

    client = await nats.connect(nats_server.url, max_reconnect_attempts=-1, reconnect_time_wait=0.1, error_cb=quiet)
    yield Bus(nats_server, client)
    await client.close()


Running = Callable[..., Awaitable[Any]]


@pytest.fixture
async def running() -> AsyncIterator[Running]:
    """`await running(broker)` starts a stage that is stopped after the test."""
    started: list[Any] = []

    async def start(broker: Any) -> Any:
        started.append(broker)
        await broker.start()
        return broker

    yield start
    for broker in started:
        await broker.stop()
