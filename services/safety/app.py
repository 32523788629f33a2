"""Safety, put together."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

import openai

from services.safety.domain import Policy
from services.safety.endpoint import ModerationEndpoint
from services.safety.handlers import Safety
from services.safety.settings import SafetySettings
from shared.errors import ConfigurationError
from shared.guardrails.moderation import Thresholds
from shared.guardrails.pii.presidio import Presidio
from shared.guardrails.prepared import prepare
from shared.messaging import stage
from shared.platform import Platform, Stage
from shared.stores.vault import Vault

HANDLERS = (Safety.screen,)


@asynccontextmanager
async def open_stage(settings: SafetySettings, platform: Platform) -> AsyncIterator[Stage]:
    """Detectors are loaded here: one that is missing stops the start, not a turn."""
    assistant = platform.assistant
    regions = tuple(dict.fromkeys((assistant.country, *settings.phone_regions)))
    extra = (Presidio(settings.presidio_model),) if settings.presidio_model else ()
    moderation = assistant.moderation
    thresholds = Thresholds(moderation.attack, moderation.harmful, moderation.abuse)
    policy = Policy(assistant.own, regions, extra, thresholds)
    prepare(regions=policy.regions, company=policy.company, extra=policy.extra)
    keys = platform.customer_keys()
    async with AsyncExitStack() as stack:
        opinion = await second_opinion(settings, stack) if settings.moderation_model else None
        safety = Safety(platform.records, keys, Vault(platform.records, keys), policy, opinion)
        broker = stage("safety", platform.bus, safety, HANDLERS, middlewares=platform.middlewares)
        yield Stage("safety", broker, degraded=lambda: opinion.degraded if opinion else {})


async def second_opinion(settings: SafetySettings, stack: AsyncExitStack) -> ModerationEndpoint:
    """The moderation endpoint of the settings, until the stack ends. Raises `ConfigurationError` where its key is missing."""
    key = settings.api_key.get_secret_value()
    if not key:
        raise ConfigurationError("FRONTDESK_MODERATION_MODEL needs OPENAI_API_KEY, the key of the moderation endpoint")
    http = await stack.enter_async_context(openai.DefaultAioHttpClient())
    client = openai.AsyncOpenAI(api_key=key, base_url=settings.base_url, max_retries=0, http_client=http)
    return ModerationEndpoint(client, settings.moderation_model, settings.moderation_seconds)
