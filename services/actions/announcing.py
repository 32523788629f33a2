"""The catalogue of tools stands for as long as actions run: a broker that lost its store has lost the catalogue with it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import structlog

from shared.background import running
from shared.contracts import ToolSpec
from shared.messaging import Publisher
from shared.messaging.catalogue import get_tools, put_tools

log = structlog.get_logger(__name__)


@asynccontextmanager
async def kept_announced(outlet: Publisher, tools: tuple[ToolSpec, ...], every: float) -> AsyncIterator[None]:
    """As long as the block lasts, look every `every` seconds whether a catalogue stands, and announce `tools` if none does.

    One that stands is left alone, whatever it says: while releases change, the newer one's would be overwritten.
    """
    async with running("catalogue", _keep(outlet, tools, every)):
        yield


async def _keep(outlet: Publisher, tools: tuple[ToolSpec, ...], every: float) -> None:
    while True:
        await asyncio.sleep(every)
        try:
            if await get_tools(outlet.client) is None:
                await put_tools(outlet.client, tools)
                log.warning("the catalogue of tools was lost: announced again")
        except Exception as error:  # no broker, or no bucket yet: the next look is soon
            log.info("catalogue not looked at", error=type(error).__name__)
