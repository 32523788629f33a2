"""Publishing for those that answer no event: HTTP doors, the sweeper, streamed deltas, commands."""

import inspect
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from typing import Any

import nats.errors
import structlog
from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.aio.subscription import Subscription

from shared.contracts.base import Event
from shared.errors import Retryable
from shared.messaging.dead_letter import event_command
from shared.messaging.middleware import Middleware, Send, publishing
from shared.messaging.producer import JetStreamProducer

log = structlog.get_logger(__name__)

OnLive = Callable[[str, bytes], Awaitable[None] | None]
"""Called with the subject and the bytes of a live message."""


class Publisher:
    """Speaks on the connection of one stage, or of a command: `attach` says on which.

    It may be made, and given to a stage's owner, before the stage exists. Used before it is attached, or while the
    connection is away, `publish` raises `Retryable`.
    """

    def __init__(self) -> None:
        self._client: Client | None = None
        self._send: Send | None = None
        self._middlewares: tuple[Middleware, ...] = ()
        self._context: Any = None

    def attach(self, client: Client, send: Send, middlewares: Sequence[Middleware] = (), context: Any = None) -> None:
        """From now on speak on `client`; `send` stores on JetStream, inside the publish scopes of `middlewares`."""
        self._client, self._send = client, send
        self._middlewares, self._context = tuple(middlewares), context

    @classmethod
    def on(cls, client: Client) -> "Publisher":
        """A publisher of its own on a plain connection."""
        producer, publisher = JetStreamProducer(), cls()
        producer.attach(client)
        publisher.attach(client, producer.publish)
        return publisher

    @property
    def client(self) -> Client:
        """The connection. Raises `Retryable` before there is one."""
        if self._client is None:
            raise Retryable("not connected to NATS yet")
        return self._client

    async def publish(self, event: Event, *, headers: dict[str, str] | None = None) -> None:
        """Store an event that has been stamped (`first_of`, or `because_of`), with `Nats-Msg-Id`.

        Returns once it is stored; the same id within the duplicate window is stored once. Raises `Retryable` when that
        is not known, `ValueError` for an event without an id.
        """
        if not event.id:
            raise ValueError(f"{type(event).__name__} has no id: stamp it with first_of() or because_of()")
        if self._send is None:
            raise Retryable("not connected to NATS yet")
        command = event_command(event)
        if headers:
            command.headers = headers | command.headers
        if not self._middlewares:
            await self._send(command)
            return
        opened = [make(None, context=self._context) for make in self._middlewares]
        await publishing(opened, self._send)(command)

    async def live(self, subject: str, data: bytes) -> None:
        """Send to whoever listens now, in the order of the calls; core NATS, not stored, never waits for a server.

        It is a preview: while the connection is away it is dropped.
        """
        client = self._client
        if client is not None and client.is_connected:
            with suppress(nats.errors.Error, OSError):
                await client.publish(subject, data)

    async def listen(self, subject: str, on_message: OnLive) -> Subscription:
        """Hear live messages of `subject`, wildcards allowed, until the answer's `unsubscribe()`. One at a time, in
        order; an error of `on_message` is logged and the next one is served. Raises `Retryable` before it is attached."""

        async def serve(msg: Msg) -> None:
            try:
                if inspect.isawaitable(result := on_message(msg.subject, msg.data)):
                    await result
            except Exception as error:
                log.error("live message not served", error=type(error).__name__)  # noqa: TRY400 - its text may quote a customer

        return await self.client.subscribe(subject, cb=serve)
