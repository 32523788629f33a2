"""What a person does with dead letters: look, put back, throw away. The ground that `frontdesk dlq` stands on."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import nats.js.errors
from faststream.nats.response import NatsPublishCommand
from faststream.response.publish_type import PublishType
from nats.aio.client import Client
from nats.js.api import RawStreamMsg

from shared.errors import FrontdeskError, Rejected
from shared.messaging import dead_letter as header
from shared.messaging.producer import JetStreamProducer
from shared.messaging.topology import BACKEND, DEAD_LETTERS

Readmit = Callable[[bytes, Mapping[str, str]], Awaitable[object]]
"""Puts the inputs of a lost turn back into their conversation, under a new epoch. Given the event's bytes and headers.

Raises to refuse; the dead letter then stays.
"""


class NoSuchDeadLetter(FrontdeskError):
    """There is none of this number: it was never there, or was replayed or dropped."""


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """One message that was given up. `number` is its sequence in DESK_DLQ; `stream`, `consumer`, `sequence` its origin."""

    number: int
    subject: str
    stream: str
    consumer: str
    sequence: int
    error: str
    reason: str
    attempts: int
    at: datetime
    traceparent: str
    body: bytes = field(repr=False)
    headers: Mapping[str, str] = field(repr=False)
    """Those of the sender, as they were."""


class DeadLetters:
    """DESK_DLQ, through a connection that is allowed to read and delete in it."""

    def __init__(self, client: Client) -> None:
        self._client, self._js = client, client.jetstream()

    async def all(self, *, after: int = 0) -> AsyncIterator[DeadLetter]:
        """Every dead letter with a greater number than `after`, oldest first."""
        while (found := await self._next(after + 1)) is not None:
            yield found
            after = found.number

    async def show(self, number: int) -> DeadLetter:
        """Raises `NoSuchDeadLetter`."""
        found = await self._next(number)
        if found is None or found.number != number:
            raise NoSuchDeadLetter(f"no dead letter {number}")
        return found

    async def drop(self, number: int) -> None:
        """Delete it for good. Raises `NoSuchDeadLetter`."""
        await self.show(number)
        await self._js.delete_msg(DEAD_LETTERS, number)

    async def replay(self, number: int, readmit: Readmit) -> DeadLetter:
        """Put it back to work, then delete it here. Raises `NoSuchDeadLetter`, and what `readmit` raises.

        An event of a turn goes to `readmit`: its turn has ended, and published again as it is it would die at the fence.
        A backend's event is published again at its origin under an id of its own; dying in between and replaying again
        within the duplicate window publishes it once. Its effects stay deduplicated by source and id.
        """
        letter = await self.show(number)
        if letter.stream == BACKEND:
            producer = JetStreamProducer()
            producer.attach(self._client)
            headers = {key: value for key, value in letter.headers.items() if not key.lower().startswith("nats-")}
            headers["Nats-Msg-Id"] = f"replay:{number}:{letter.sequence}:{letter.at.timestamp():.3f}"
            await producer.publish(_command(letter, headers))
            await producer.close()
        else:
            await readmit(letter.body, letter.headers)
        await self._js.delete_msg(DEAD_LETTERS, number)
        return letter

    async def _next(self, number: int) -> DeadLetter | None:
        try:
            found = await self._js.get_msg(DEAD_LETTERS, seq=number, subject="dlq.>", next=True)
        except nats.js.errors.NotFoundError:
            return None
        return _letter(found)


def _letter(found: RawStreamMsg) -> DeadLetter:
    headers: dict[str, str] = dict(found.headers or {})
    known: dict[str, Any] = {name: headers.pop(name, "") for name in _OURS}
    headers.pop("Nats-Msg-Id", None)
    if found.seq is None or not found.subject or not known[header.STREAM]:
        raise Rejected(f"message {found.seq} of {DEAD_LETTERS} was not put there by a stage")
    return DeadLetter(
        number=found.seq,
        subject=known[header.SUBJECT],
        stream=known[header.STREAM],
        consumer=known[header.CONSUMER],
        sequence=int(known[header.SEQUENCE]),
        error=known[header.ERROR],
        reason=known[header.REASON],
        attempts=int(known[header.ATTEMPTS]),
        at=datetime.fromtimestamp(float(known[header.AT]), UTC),
        traceparent=headers.get("traceparent", ""),
        body=found.data or b"",
        headers={key.removeprefix(header.ORIGINAL): value for key, value in headers.items()},
    )


_OURS = (
    header.STREAM,
    header.CONSUMER,
    header.SEQUENCE,
    header.SUBJECT,
    header.ATTEMPTS,
    header.AT,
    header.ERROR,
    header.REASON,
)


def _command(letter: DeadLetter, headers: dict[str, str]) -> NatsPublishCommand:
    return NatsPublishCommand(
        letter.body, subject=letter.subject, headers=headers, stream=letter.stream, _publish_type=PublishType.PUBLISH
    )
