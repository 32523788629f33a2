"""Safety, put together."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from services.safety.domain import Policy
from services.safety.handlers import Safety
from services.safety.settings import SafetySettings
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
    safety = Safety(platform.records, keys, Vault(platform.records, keys), policy)
    yield Stage("safety", stage("safety", platform.bus, safety, HANDLERS, middlewares=platform.middlewares))
