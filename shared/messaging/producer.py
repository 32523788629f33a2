"""JetStream publishing on one reply inbox of our own: less than half the CPU of nats-py's `js.publish`.

nats-py spends most of a publish on a random inbox, `asyncio.wait_for` and a second JSON pass over the answer. Here a
publish is a counter, a future and one timer. FastStream still owns the path: this is the broker's `js_producer`.
"""

import asyncio
from typing import Any

import nats.errors
from faststream.nats.publisher.producer import NatsJSFastProducer
from faststream.nats.response import NatsPublishCommand
from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.aio.subscription import Subscription
from nats.js import JetStreamContext
from nats.js.api import PubAck
from pydantic import BaseModel
from pydantic_core import from_json

from shared.errors import Rejected, Retryable

_TOO_LARGE = {10054, 10072}
"""Codes of the JetStream API: message size exceeds maximum allowed; header size exceeds it."""


class JetStreamProducer(NatsJSFastProducer):
    """Sends pydantic models as JSON and raw bytes as they are; everything else takes FastStream's way.

    `publish` returns once JetStream has stored the message. Raises `Retryable` when that is not known after `timeout`
    seconds (it may have been stored: `Nats-Msg-Id` makes the repeat harmless), `Rejected` when the message is too large.
    """

    def __init__(self, timeout: float = 5.0) -> None:
        super().__init__(parser=None, decoder=None)
        self._timeout = timeout
        self._waiting: dict[str, asyncio.Future[Msg]] = {}
        self._count = 0
        self._inbox = ""
        self._answers: Subscription | None = None
        self._nc: Client

    def connect(self, connection: JetStreamContext, *args: Any, **kwargs: Any) -> None:
        super().connect(connection, *args, **kwargs)
        self.attach(connection._nc)  # noqa: SLF001 - nats-py has no public way from a context to its client

    def attach(self, client: Client) -> None:
        """Publish on this connection; for commands that have no broker."""
        self._nc, self._inbox, self._answers = client, "", None

    async def close(self) -> None:
        """Hear no more answers; for commands that go on using their connection."""
        if self._answers is not None:
            await self._answers.unsubscribe()
        self._inbox, self._answers = "", None

    async def publish(self, cmd: NatsPublishCommand) -> PubAck:
        match cmd.body:
            case BaseModel() as model:
                body = model.__pydantic_serializer__.to_json(model)
            case bytes() as body:
                pass
            case _:
                return await super().publish(cmd)
        answer = await self._ask(cmd.destination, body, cmd.headers)
        if not answer.data:  # 503: nobody stores this subject
            raise Retryable(f"no stream takes {cmd.destination}")
        reply: dict[str, Any] = from_json(answer.data)
        if "error" in reply:
            raise _refusal(cmd.destination, reply["error"])
        return PubAck(stream=reply["stream"], seq=reply["seq"], duplicate=reply.get("duplicate"))

    async def _ask(self, subject: str, body: bytes, headers: dict[str, str]) -> Msg:
        loop = asyncio.get_running_loop()
        self._count += 1
        token = str(self._count)
        future: asyncio.Future[Msg] = loop.create_future()
        self._waiting[token] = future
        timer = loop.call_later(self._timeout, self._late, token)
        try:
            if not self._inbox:
                inbox = f"{self._nc.new_inbox()}."
                self._inbox = inbox  # before the first await: two may ask at once
                self._answers = await self._nc.subscribe(f"{inbox}*", cb=self._answered)
            await self._nc.publish(subject, body, self._inbox + token, headers)
            return await future
        except nats.errors.MaxPayloadError as error:
            raise Rejected(f"{len(body)} bytes for {subject} are more than the server takes") from error
        except (nats.errors.Error, OSError) as error:
            raise Retryable(f"not published to {subject}: {type(error).__name__}") from error
        finally:
            timer.cancel()
            self._waiting.pop(token, None)

    async def _answered(self, msg: Msg) -> None:
        future = self._waiting.pop(msg.subject[len(self._inbox) :], None)
        if future and not future.done():
            future.set_result(msg)

    def _late(self, token: str) -> None:
        if (future := self._waiting.pop(token, None)) and not future.done():
            future.set_exception(Retryable("JetStream did not confirm a publish in time"))


def _refusal(subject: str, error: dict[str, Any]) -> Exception:
    text = f"JetStream refused {subject}: {error.get('description', error)}"
    return Rejected(text) if error.get("err_code") in _TOO_LARGE else Retryable(text)
