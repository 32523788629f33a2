"""Builds actions: the tools with what they work with, and the catalogue that tells the agent of them."""

import os
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

import httpx2

from services.actions.announcing import kept_announced
from services.actions.discovery import build
from services.actions.domain import Policy
from services.actions.handlers import Actions
from services.actions.ledger import Ledger
from services.actions.settings import ActionsSettings
from services.actions.shop import Shop
from services.actions.texts import Wording
from services.actions.tool import Means
from services.actions.webhooks.addresses import Forbidden, check_url
from services.actions.webhooks.sender import Destination, Webhooks
from services.actions.webhooks.signing import parse_secret
from shared.assistant import Assistant
from shared.errors import ConfigurationError
from shared.guardrails.foreign import without_personal
from shared.guardrails.prepared import prepare
from shared.http.calls import CallHooks
from shared.messaging import Handler, Limits, Publisher, connected, stage
from shared.messaging.catalogue import put_tools
from shared.platform import Platform, Stage
from shared.stores.vault import Vault

HANDLERS = (Actions.look_up, Actions.perform, Actions.call_webhook)


@asynccontextmanager
async def open_stage(settings: ActionsSettings, platform: Platform) -> AsyncIterator[Stage]:
    """Actions, built and not started; its tools stand in the catalogue when this yields, and stay there.

    Raises `ConfigurationError` for a destination or a tool that cannot be, and when no NATS server answers.
    """
    assistant = platform.assistant
    prepare(regions=(assistant.country,))
    async with shop_http(settings, platform.call_hooks("shop")) as http:
        texts = Wording(assistant)
        shop = Shop(http, settings.shop_guarantee)
        webhooks = Webhooks(destinations(assistant), hooks=platform.call_hooks("webhook"))
        means = Means(shop, webhooks, texts)
        tools = build(means, lambda name: policy(assistant, name), assistant.tools)
        specs, outlet = tuple(tool.spec() for tool in tools.values()), Publisher()
        async with connected(platform.bus, "actions-catalogue") as client:
            await put_tools(client, specs)
        actions = Actions(
            records=platform.records,
            tools=tools,
            ledger=Ledger(platform.records, texts, time.time),
            texts=texts,
            patience=settings.actions_patience_seconds,
            now=time.time,
            vault=Vault(platform.records, platform.customer_keys()),
            hidden=partial(without_personal, regions=(assistant.country,), company=assistant.own),
        )
        limits: dict[Handler, Limits] = {
            Actions.look_up: Limits(concurrency=settings.actions_lookups, deadline=30.0),
            Actions.perform: Limits(concurrency=settings.actions_effects, deadline=30.0),
            Actions.call_webhook: Limits(concurrency=settings.actions_webhooks, deadline=30.0),
        }
        broker = stage(
            "actions", platform.bus, actions, HANDLERS, limits=limits, middlewares=platform.middlewares, publisher=outlet
        )
        async with kept_announced(outlet, specs, settings.actions_announce_seconds):
            yield Stage("actions", broker, degraded=lambda: _degraded(shop, webhooks))


def _degraded(shop: Shop, webhooks: Webhooks) -> dict[str, str]:
    return ({"shop": shop.problem} if shop.problem else {}) | webhooks.problems


def shop_http(settings: ActionsSettings, hooks: CallHooks) -> httpx2.AsyncClient:
    """Connections to the shop, which is ours: no proxy of the environment, no redirects."""
    key = settings.shop_key.get_secret_value() if settings.shop_key else ""
    return httpx2.AsyncClient(
        base_url=settings.shop_url,
        headers={"authorization": f"Bearer {key}"} if key else {},
        timeout=httpx2.Timeout(settings.shop_seconds, connect=min(2.0, settings.shop_seconds)),
        limits=httpx2.Limits(max_connections=2 * settings.actions_lookups),
        trust_env=False,
        event_hooks=hooks,
    )


def policy(assistant: Assistant, name: str) -> Policy:
    """What the assistant's file says of a tool."""
    told = assistant.policy(name)
    return Policy(told.enabled, told.assurance, told.confirmation, told.limits)


def destinations(assistant: Assistant) -> dict[str, Destination]:
    """Where webhooks may go, each checked as far as it can be without asking DNS. Raises `ConfigurationError`."""
    found = {}
    for name, told in assistant.webhooks.items():
        try:
            check_url(told.address, loopback=told.loopback)
            secret = parse_secret(os.environ.get(told.secret, ""))
        except Forbidden as error:
            raise ConfigurationError(f"assistant.yaml: webhooks.{name}.url: {error}") from None
        except ValueError as error:
            raise ConfigurationError(f"{told.secret} (of webhook {name}): {error}") from None
        found[name] = Destination(name, told.address, secret, told.loopback)
    return found
