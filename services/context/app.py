"""Context, put together."""

import re
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

import httpx2

from services.context.handlers import Bounds, Context
from services.context.settings import ContextSettings
from services.context.shop import Shop
from shared.guardrails.prepared import prepare
from shared.instructions import canaries
from shared.messaging import stage
from shared.platform import Platform, Stage
from shared.resilience.breaker import Breaker
from shared.stores.open import open_knowledge

HANDLERS = (Context.assemble,)
_HEARD = 0.9
"""Of the time that the stage has for a source: then its breaker hears of it before the stage turns to other things."""


@asynccontextmanager
async def open_stage(settings: ContextSettings, platform: Platform) -> AsyncIterator[Stage]:
    """Opens the knowledge and a client of the shop, and closes them after the stage."""
    prepare(regions=(platform.assistant.country,))
    bounds = Bounds(settings.context_timeout, settings.context_passages, settings.context_orders, settings.context_assurance)
    pattern = re.compile(platform.assistant.order_pattern, re.IGNORECASE)
    async with AsyncExitStack() as stack:
        knowledge = await open_knowledge(settings.knowledge)
        stack.push_async_callback(knowledge.close)
        shop, breaker = None, Breaker()
        if settings.shop_url:
            key = settings.shop_key.get_secret_value() if settings.shop_key else ""
            headers = {"Authorization": f"Bearer {key}"} if key else {}
            http = httpx2.AsyncClient(base_url=settings.shop_url, headers=headers, timeout=settings.context_timeout)
            shop = Shop(await stack.enter_async_context(http), _HEARD * settings.context_timeout, breaker)
        context = Context(platform.records, platform.assistant, knowledge, shop, pattern, bounds, canaries(platform.keyring)[0])
        broker = stage("context", platform.bus, context, HANDLERS, middlewares=platform.middlewares)
        yield Stage("context", broker, degraded=lambda: {"shop": breaker.problem} if breaker.problem else {})
