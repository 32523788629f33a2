"""Builds ingress: its NATS handler, its HTTP app, its sweeper."""

import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from fastapi import APIRouter

from services.ingress.backlog import Backlog
from services.ingress.desk import Desk
from services.ingress.domain import needed
from services.ingress.handlers import Ingress, Rules
from services.ingress.http.application import api, behind_edge
from services.ingress.http.confirmations import Confirmations
from services.ingress.http.conversations import Conversations
from services.ingress.http.desk import DeskApi
from services.ingress.http.events import Events
from services.ingress.http.gate import Gate
from services.ingress.http.limits import RateLimits
from services.ingress.http.messages import Messages
from services.ingress.http.sessions import SessionsApi
from services.ingress.http.widget import Widget
from services.ingress.outbox import Outbox
from services.ingress.settings import IngressSettings
from services.ingress.sweeper import Pace, Sweeper
from shared.background import running
from shared.contracts import BackendEvent, EffectRequested, MessageReceived, NoticeDue, WebhookRequested
from shared.http.edge import EdgeSettings
from shared.identity.api_keys import ApiKeys
from shared.messaging import Publisher, stage
from shared.platform import Platform, Stage
from shared.privacy.erasure import Erasing, NoMessages
from shared.privacy.retention import Retention
from shared.privacy.settings import RetentionSettings
from shared.stores.customers import Memory
from shared.stores.unfinished import Unfinished

HANDLERS = (Ingress.backend_event,)
PUBLISHES = (MessageReceived, NoticeDue, EffectRequested, WebhookRequested)  # at the HTTP door, and by the sweeper


@asynccontextmanager
async def open_stage(
    settings: IngressSettings, platform: Platform, *, now: Callable[[], float] = time.time
) -> AsyncIterator[Stage]:
    """Ingress on this platform; it sweeps for as long as the block lasts."""
    publisher = Publisher()
    outbox = Outbox(publisher, settings.publish_within)
    ingress = Ingress(
        records=platform.records,
        sealer=platform.customer_keys(),
        outbox=outbox,
        templates=platform.assistant.event_fields,
        key=settings.signing_key,
        rules=Rules(settings.room, settings.open_for),
        now=now,
    )
    broker = stage("ingress", platform.bus, ingress, HANDLERS, middlewares=platform.middlewares, publisher=publisher)
    outbox.attach(broker)
    backlog = Backlog(settings.refuse_after, settings.refuse_turns)
    sweeper = Sweeper(platform.records, outbox, _pace(settings), (Memory, Unfinished), now, backlog)
    retention = _retention(platform, now)
    async with running("sweeper", sweeper.run()), running("retention", retention.keep_running(settings.retention_every)):
        http = _http(settings, platform, ingress, outbox, backlog, now)
        yield Stage("ingress", broker, http, degraded=lambda: {"intake": backlog.problem} if backlog.full else {})


def _retention(platform: Platform, now: Callable[[], float]) -> Retention:
    keep, keys = RetentionSettings(), platform.key_records or platform.records
    kept = keep.keep_erasures_days * 86400.0
    erasing = Erasing(platform.records, keys, platform.customer_keys(), NoMessages(), now, kept)
    return Retention(platform.records, keys, erasing, keep, now)


def _http(
    settings: IngressSettings,
    platform: Platform,
    ingress: Ingress,
    outbox: Outbox,
    backlog: Backlog,
    now: Callable[[], float],
) -> Any:
    gate = _gate(settings, now)
    desk = Desk(platform.records, platform.customer_keys(), outbox, now)
    conversations = Conversations(platform.records, ingress, gate, settings.signing_key, now)
    messages = Messages(ingress, gate, backlog, 2 * settings.sweep_every)

    async def store(event: BackendEvent) -> None:
        await outbox.backend(needed(event, ingress.templates(event.type)))

    routers = _routers(gate, ingress, desk, store, conversations, messages)
    return behind_edge(messages.ahead_of(api(routers)), gate, EdgeSettings(settings.largest_body, settings.allowed_origins))


def _routers(
    gate: Gate,
    ingress: Ingress,
    desk: Desk,
    backend: Any,
    conversations: Conversations,
    messages: Messages,
) -> tuple[APIRouter, ...]:
    return (
        SessionsApi(gate).router(),
        messages.router(),
        conversations.router(),
        Confirmations(ingress, gate).router(),
        Events(backend, gate).router(),
        DeskApi(desk, gate).router(),
        Widget().router(),
    )


def documented() -> dict[str, Any]:
    """The OpenAPI document, without opening anything: only routes and models are read."""
    absent: Any = None
    gate = Gate(absent, ApiKeys.parse(""), RateLimits(), 0)
    conversations, messages = Conversations(absent, absent, gate, b"", time.time), Messages(absent, gate, absent, 0.0)
    return api(_routers(gate, absent, absent, absent, conversations, messages)).openapi()


def _gate(settings: IngressSettings, now: Callable[[], float]) -> Gate:
    rates = RateLimits()
    if settings.rate_limits == "on":
        rates = RateLimits(settings.rate_customer, settings.rate_address, settings.rate_sessions)
    keys = ApiKeys.parse(settings.api_keys.get_secret_value())
    return Gate(settings.credentials(now=now), keys, rates, settings.forwarded_hops)


def _pace(settings: IngressSettings) -> Pace:
    return Pace(settings.sweep_after, settings.give_up_after, settings.sweep_every)
