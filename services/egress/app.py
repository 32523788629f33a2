"""Egress, put together: the deliveries of turns, and the streams that customers read them from."""

import re
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from functools import lru_cache, partial

import structlog

from services.egress.checking import Checking, Guards
from services.egress.delivery import Delivery
from services.egress.domain import Terms, Words
from services.egress.guard.personal import contacts
from services.egress.guard.prompt import Instructions
from services.egress.guard.text import Guard, Rules
from services.egress.handlers import Egress
from services.egress.push import NoChannel, Push
from services.egress.settings import EgressSettings
from services.egress.streams.ear import listening
from services.egress.streams.events import Telling
from services.egress.streams.http import Door, Room
from services.egress.streams.hub import Hub
from services.egress.streams.stream import Pace, Streaming
from shared.assistant import Assistant
from shared.channels.base import PushChannel
from shared.guardrails.pii import find
from shared.guardrails.prepared import prepare
from shared.http.edge import EdgeSettings, edge
from shared.instructions import RULES, canaries, system_prompt
from shared.lane.documents import Conversation
from shared.messaging import Publisher, live_subject, stage
from shared.platform import Platform, Stage
from shared.sealing import Keyring
from shared.stores.vault import Vault

log = structlog.get_logger(__name__)

HANDLERS = (Egress.deliver, Egress.refuse, Egress.notice, Egress.result)


@asynccontextmanager
async def open_stage(
    settings: EgressSettings, platform: Platform, channels: Mapping[str, PushChannel] | None = None
) -> AsyncIterator[Stage]:
    """`channels` are those that Frontdesk sends to, by name; the customers of all others read the record."""
    prepare(regions=(platform.assistant.country,))
    words, publisher, hub = platform.assistant, Publisher(), Hub(settings.stream_deltas)
    terms = Terms(settings.signing_key, settings.confirm_for, settings.wait_for_person)
    telling, checking = Telling(words, terms), Checking(_guards(platform, words), words)

    def push(channel: PushChannel) -> Push:
        reach, timeout = _reach(platform), settings.call_timeout
        return Push(platform.records, channel, time.time, reach, telling.readable, terms.lease, timeout)

    sent = {name: push(channel) for name, channel in (channels or {}).items()}
    delivery = Delivery(platform.records, _Live(publisher), terms, time.time, sent, push(NoChannel()))
    egress = Egress(platform.records, words, checking, delivery, time.time)
    broker = stage("egress", platform.bus, egress, HANDLERS, middlewares=platform.middlewares, publisher=publisher)
    pace = Pace(settings.stream_heartbeat, settings.stream_patience, settings.stream_retry)
    streaming = Streaming(platform.records, telling, checking, pace, time.time)
    room = Room(settings.streams_of_conversation, settings.streams_of_process)
    door = Door(settings.credentials(), streaming, hub, room)
    async with listening(platform.bus, hub):
        try:
            yield Stage("egress", broker, edge(door.app(), EdgeSettings(origins=settings.allowed_origins)), hub.close)
        finally:
            hub.close()


def _guards(platform: Platform, words: Words) -> Guards:
    vault = Vault(platform.records, platform.customer_keys())
    rules = rules_of(platform.assistant, platform.keyring)

    @lru_cache(maxsize=128)
    def marks(language: str | None) -> tuple[str, str]:
        return words.text("link_removed", language), words.text("label_other", language)

    async def guard(conversation: str, language: str | None) -> Guard:
        return Guard(rules, await vault.originals(conversation), *marks(language))

    return guard


def rules_of(assistant: Assistant, keyring: Keyring) -> Rules:
    """What the assistant's file says of what may leave, and the recognisers of the way in."""
    company = re.compile(assistant.order_pattern, re.IGNORECASE)
    boundaries = assistant.boundaries
    secret = [RULES, *(system_prompt(assistant, variant) for variant in assistant.variants)]
    instructions = Instructions(secret, assistant.public_texts, canaries(keyring))
    look = partial(find, regions=(assistant.country,), company=company)
    return Rules(frozenset(assistant.links), look, contacts(assistant.links, boundaries.contacts), instructions)


class _Live:
    """Hints on the stage's connection; they may be lost, and never stop a turn."""

    def __init__(self, publisher: Publisher) -> None:
        self._publisher = publisher

    async def __call__(self, conversation: str, kind: str, body: bytes) -> None:
        try:
            await self._publisher.live(live_subject(conversation, kind), body)
        except Exception as error:
            log.info("live hint lost", kind=kind, error=type(error).__name__)


def _reach(platform: Platform) -> Callable[[Conversation], Awaitable[str]]:
    keys = platform.customer_keys()

    async def address(lane: Conversation) -> str:
        return await keys.open(lane.customer, lane.address, bound_to=f"{lane.id}/address")

    return address
