"""The process's ear: the connection on which live messages arrive."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import nats
import structlog
from faststream.nats.security import parse_security
from nats.aio.msg import Msg

from services.egress.streams.hub import SUBJECT, Hub
from shared.messaging.connection import Watch, options, security
from shared.messaging.settings import BusSettings

log = structlog.get_logger(__name__)


@asynccontextmanager
async def listening(bus: BusSettings, hub: Hub) -> AsyncIterator[None]:
    """Feed `hub` as long as the block lasts; waits until a server answers.

    A connection of its own: a burst of deltas must not delay the acknowledgements of turns. When it was lost and is back,
    every stream looks at its record, for what it may have missed.
    """
    watch = Watch()

    async def receive(msg: Msg) -> None:
        hub.receive(msg.subject, msg.data)

    async def again() -> None:
        log.info("live messages are heard again")
        hub.reread()

    callbacks = watch.callbacks() | {"reconnected_cb": again}
    client = await nats.connect(**options(bus, "egress-live") | parse_security(security(bus)) | callbacks)
    try:
        await client.subscribe(SUBJECT, cb=receive)
        yield
    finally:
        watch.stopping = True
        await client.close()
