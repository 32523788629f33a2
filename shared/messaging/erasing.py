"""Deleting a customer's messages from the streams, overwritten one by one: a purge only unlinks them."""

from collections.abc import AsyncIterator

import nats.js.errors
from nats.aio.client import Client
from nats.js.api import RawStreamMsg
from pydantic_core import from_json

from shared.messaging.topology import BACKEND, DEAD_LETTERS, DESK


class StreamErasing:
    """Through a connection that is allowed to read and delete in all three streams."""

    def __init__(self, client: Client) -> None:
        self._js = client.jetstream()

    async def of_conversation(self, conversation: str) -> int:
        """Delete the events and dead letters of a conversation; tells how many."""
        count = 0
        for stream, subject in ((DESK, f"desk.*.*.{conversation}"), (DEAD_LETTERS, f"dlq.desk.*.*.{conversation}")):
            async for message in self._messages(stream, subject):
                count += await self._deleted(stream, message)
        return count

    async def of_customer(self, customer: str) -> int:
        """Delete the backends' events for a customer; tells how many. Reads all that the streams hold of such events."""
        count = 0
        for stream, subject in ((BACKEND, "events.>"), (DEAD_LETTERS, "dlq.events.>")):
            async for message in self._messages(stream, subject):
                if _subject_of(message.data or b"") == customer:
                    count += await self._deleted(stream, message)
        return count

    async def _messages(self, stream: str, subject: str) -> AsyncIterator[RawStreamMsg]:
        sequence = 1
        while True:
            try:
                found = await self._js.get_msg(stream, seq=sequence, subject=subject, next=True)
            except nats.js.errors.NotFoundError:
                return
            yield found
            sequence = (found.seq or sequence) + 1

    async def _deleted(self, stream: str, message: RawStreamMsg) -> bool:
        try:
            return await self._js.delete_msg(stream, message.seq or 0)
        except nats.js.errors.NotFoundError:
            return False  # its age or somebody else was faster


def _subject_of(body: bytes) -> str | None:
    try:
        event = from_json(body)
    except ValueError:
        return None
    return event.get("subject") if isinstance(event, dict) else None
