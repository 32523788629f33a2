"""Middlewares of a stage: FastStream's own kind, and what they may see besides.

Around one message, outermost first: `on_receive`, `consume_scope` (decoding and the handler; `msg.headers` are the
incoming ones, `msg.raw_message` is the NATS message), `publish_scope` for each output (`cmd.headers` may be added to),
`settle_scope` around the acknowledgement, and `publish_scope` inside it for a dead letter and its notice; last
`after_processed`, with the handler's error if there was one. A stage without middlewares pays for none of this.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Literal

from faststream import BaseMiddleware
from faststream.nats.response import NatsPublishCommand
from nats.aio.msg import Msg

Send = Callable[[NatsPublishCommand], Awaitable[Any]]
Middleware = Callable[..., BaseMiddleware[Any, Any]]
"""A subclass of `BaseMiddleware` or `StageMiddleware`, or a partial of one: called with a message and `context=`."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What becomes of a message. `delay` (seconds) is of a nak, `attempt` is the delivery that is settled."""

    kind: Literal["ack", "nak", "dead-letter"]
    attempt: int
    error: BaseException | None = None
    delay: float = 0.0


Settle = Callable[[Verdict], Awaitable[None]]


class StageMiddleware(BaseMiddleware[NatsPublishCommand, Msg | None]):
    """A middleware that also sees how a message is settled. Errors of settling pass through it.

    Where all middlewares of a stage `overlook` a message, none is made for it: its outputs only pass `forward`.
    """

    @classmethod
    def overlooks(cls, msg: Msg) -> bool:
        """Whether there is nothing of `msg` to see. Asked for every message, so it has to be cheap."""
        return False

    @classmethod
    def forward(cls, msg: Msg, command: NatsPublishCommand) -> None:
        """Pass on what an output of an overlooked message has to carry."""

    async def settle_scope(self, call_next: Settle, verdict: Verdict) -> None:
        return await call_next(verdict)


def publishing(opened: Sequence[BaseMiddleware[Any, Any]], send: Send) -> Send:
    """`send` inside the publish scopes of `opened`; its first is the outermost."""
    for middleware in reversed(opened):
        send = partial(middleware.publish_scope, send)
    return send


def settling(opened: Sequence[BaseMiddleware[Any, Any]], settle: Settle) -> Settle:
    """`settle` inside the settle scopes of those that have one."""
    for middleware in reversed(opened):
        if isinstance(middleware, StageMiddleware):
            settle = partial(middleware.settle_scope, settle)
    return settle
