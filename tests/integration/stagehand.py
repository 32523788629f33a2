"""One stage on a real broker: provisioned, fed with events, its streams read."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any, TypeVar

import nats
from nats.aio.client import Client

from shared.contracts import Event
from shared.messaging import BusSettings, subject_of, topology
from shared.messaging.provision import apply
from tests.servers import NatsServer
from tests.waiting import until

E = TypeVar("E", bound=Event)


class Stagehand:
    """The test's own connection: sends what the stage before would, reads what the stage published."""

    def __init__(self, client: Client, settings: BusSettings) -> None:
        self.settings, self.client, self.js = settings, client, client.jetstream()

    async def send(self, event: Event) -> None:
        headers = {"Nats-Msg-Id": event.message_id}
        await self.js.publish(subject_of(event), event.model_dump_json().encode(), headers=headers)

    async def published(self, of: type[E], count: int = 1) -> list[E]:
        """The first `count` events of this type, once they are stored."""

        async def enough() -> list[E] | None:
            found = [of.model_validate_json(data) for data in await self.stored(f"desk.v1.{of.name}.")]
            return found if len(found) >= count else None

        return await until(enough)

    async def dead(self, count: int = 1) -> list[bytes]:
        async def enough() -> list[bytes] | None:
            found = await self.stored("dlq.", "DESK_DLQ")
            return found if len(found) >= count else None

        return await until(enough)

    async def stored(self, subject: str, stream: str = "DESK") -> list[bytes]:
        """The bodies of a stream's messages whose subject begins so, in order."""
        state = (await self.js.stream_info(stream)).state
        found = []
        for sequence in range(max(1, state.first_seq), state.last_seq + 1):
            message = await self.js.get_msg(stream, seq=sequence)
            if (message.subject or "").startswith(subject):
                found.append(message.data or b"")
        return found

    async def idle(self, durable: str) -> None:
        """Until the consumer has nothing left to deliver or to have acknowledged."""

        async def settled() -> bool:
            info = await self.js.consumer_info("DESK", durable)
            return info.num_pending == 0 and info.num_ack_pending == 0

        await until(settled)


@asynccontextmanager
async def provisioned(server: NatsServer, stage: str, handlers: Sequence[Any]) -> AsyncIterator[Stagehand]:
    settings = BusSettings(url=server.url)
    client = await nats.connect(server.url)
    try:
        await apply(client, topology(settings, {stage: handlers}))
        yield Stagehand(client, settings)
    finally:
        await client.close()
