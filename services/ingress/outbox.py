"""What leaves ingress over NATS. Events of a turn may fail to leave: the record is the truth, and the sweeper sends again.

A backend's CloudEvent may not: nothing else remembers it, so its 202 waits for JetStream.
"""

import asyncio
from typing import Any

import structlog
from pydantic_core import to_json

from services.ingress.domain import event_key
from shared.contracts import BackendEvent, Event
from shared.errors import Retryable
from shared.messaging import Publisher, live_subject
from shared.messaging.stage import StageBroker
from shared.messaging.topology import BACKEND

log = structlog.get_logger(__name__)

CONTENT_TYPE = "application/cloudevents+json"


class Outbox:
    """Publishes on the stage's connection; `within` is how long a customer may be kept waiting for it, in seconds.

    It is made before the stage that it speaks for, because the stage's owner holds it: `attach` says which.
    """

    broker: StageBroker

    def __init__(self, publisher: Publisher, within: float = 2.0) -> None:
        self.publisher, self.within = publisher, within

    def attach(self, broker: StageBroker) -> None:
        """Speak for this stage, which `publisher` was given to."""
        self.broker = broker

    @property
    def silence(self) -> str:
        """Why nothing leaves at the moment, or ""."""
        return self.broker.silence

    async def publish(self, event: Event) -> bool:
        """Publish a stamped event. False: it is not known to have been stored; logged."""
        if problem := self.silence:
            log.warning("not published: left to the sweeper", published=event.name, turn=event.turn, problem=problem)
            return False
        try:
            async with asyncio.timeout(self.within):
                await self.publisher.publish(event)
        except Exception as error:
            log.warning("not published: left to the sweeper", published=event.name, turn=event.turn, error=type(error).__name__)
            return False
        return True

    async def live(self, conversation: str, kind: str, **fields: Any) -> None:
        """Wake whoever watches the conversation. A hint: lost without harm."""
        try:
            await self.publisher.live(live_subject(conversation, kind), to_json(fields))
        except Exception as error:
            log.info("live hint lost", kind=kind, error=type(error).__name__)

    async def backend(self, event: BackendEvent) -> None:
        """Store a CloudEvent on `events.<type>`, once within the duplicate window by its source and id.

        Raises `Retryable` when it is not known to have been stored.
        """
        if self.silence:
            raise Retryable(self.silence)
        body = event.model_dump_json(exclude_none=True).encode()
        headers = {"Nats-Msg-Id": event_key(event), "content-type": CONTENT_TYPE}
        await self.broker.publish(body, f"events.{event.type}", stream=BACKEND, headers=headers)
