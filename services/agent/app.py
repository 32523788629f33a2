"""Builds the agent: its model client, its catalogue, and the connection that deltas and replies leave on."""

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import httpx2
import nats.errors
import openai

from services.agent.catalogue import BucketCatalogue
from services.agent.domain import Policy
from services.agent.handlers import Agent
from services.agent.models.openai_compatible import Model, OpenAICompatible, Times
from services.agent.models.usage import Price
from services.agent.settings import AgentSettings
from shared.assistant import Assistant
from shared.contracts import Delta
from shared.guardrails.prepared import prepare
from shared.messaging import Limits, Publisher, live_subject, stage
from shared.platform import Platform, Stage

HANDLERS = (Agent.begin, Agent.resume)


class LiveProgress:
    """Deltas as live messages, on the stage's own connection: what is sent after them arrives after them."""

    def __init__(self, outlet: Publisher) -> None:
        self._outlet = outlet

    async def delta(self, conversation: str, delta: Delta) -> None:
        """Send a preview; it is lost when nobody listens, or the connection is going away: the turn does not depend on it."""
        with suppress(nats.errors.Error):
            await self._outlet.live(live_subject(conversation, "delta"), delta.model_dump_json().encode())


@asynccontextmanager
async def open_stage(settings: AgentSettings, platform: Platform) -> AsyncIterator[Stage]:
    """The agent, built and not started. Its connections to the models are closed at the end."""
    prepare(regions=(platform.assistant.country,))
    outlet = Publisher()
    async with model_http(settings) as http:
        asked = models(settings, platform.assistant, http)
        agent = Agent(
            records=platform.records,
            models=asked,
            catalogue=BucketCatalogue(outlet),
            progress=LiveProgress(outlet),
            texts=platform.assistant,
            policy=Policy(steps=settings.steps, calls=settings.calls),
            patience=settings.patience_seconds,
            now=time.time,
        )
        limits = Limits(concurrency=settings.concurrency, deadline=settings.steps * settings.answer_seconds)
        broker = stage(
            "agent", platform.bus, agent, HANDLERS, limits=limits, middlewares=platform.middlewares, publisher=outlet
        )
        yield Stage("agent", broker, degraded=lambda: asked.degraded)


_IDLE = 4.0
"""Seconds for which an idle connection is kept: many servers close theirs after five, and a request that meets that is lost."""


def model_http(settings: AgentSettings) -> httpx2.AsyncClient:
    """Connections to the models: kept alive, one for each turn that may wait. By aiohttp, whose parser is not Python."""
    most = 2 * settings.concurrency
    limits = httpx2.Limits(max_connections=most, max_keepalive_connections=most, keepalive_expiry=_IDLE)
    return openai.DefaultAioHttpClient(limits=limits)


def models(settings: AgentSettings, assistant: Assistant, http: httpx2.AsyncClient) -> OpenAICompatible:
    """The models of the assistant's file, in its order, or the one of the settings, on the server of the settings."""
    client = openai.AsyncOpenAI(
        api_key=settings.api_key.get_secret_value(), base_url=settings.base_url, max_retries=0, http_client=http
    )
    chosen = [
        Model(each.name, Price(each.input_price, each.cached_input_price, each.output_price), each.options)
        for each in assistant.models
    ]
    if settings.model:
        chosen = [Model(settings.model)]
    times = Times(budget=settings.answer_seconds, attempt=settings.attempt_seconds, silence=settings.silence_seconds)
    return OpenAICompatible(client, chosen, times)
