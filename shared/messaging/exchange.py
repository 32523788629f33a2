"""One message for one handler: middlewares, decoding, the handler, publishing, settlement. The path that has to be short."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AsyncExitStack
from typing import Any

from faststream.nats.message import NatsMessage
from nats.aio.msg import Msg

from shared.contracts.base import Event
from shared.errors import Rejected
from shared.messaging.dead_letter import event_command
from shared.messaging.delivery import attempt
from shared.messaging.limits import Limits
from shared.messaging.middleware import Middleware, Send, StageMiddleware, Verdict, publishing, settling
from shared.messaging.settlement import carry_out, overtried, report, verdict
from shared.messaging.signature import Returned

Decode = Callable[[bytes, dict[str, str]], Any]
Call = Callable[[Any], Awaitable[Returned]]
Cause = Callable[[Any], Event]
Meaning = Callable[[BaseException], BaseException]


class Exchange:
    """What happens to each message of a durable. An output is stored before its cause is acknowledged, so that a crash
    repeats work instead of losing it; the outputs' ids are deterministic, so that the repeat is swallowed."""

    def __init__(self, decode: Decode, cause: Cause, call: Call, outputs: Sequence[type[Event]], limits: Limits) -> None:
        self._decode, self._cause, self._call = decode, cause, call
        self._outputs, self._limits = frozenset(outputs), limits
        self._middlewares: tuple[Middleware, ...] = ()
        self._overlooking: tuple[type[StageMiddleware], ...] = ()
        self._context: Any = None
        self._send: Send

    def attach(self, send: Send, middlewares: Sequence[Middleware], context: Any) -> None:
        """Called once before the first message: looked up here, it is not looked up for every message."""
        self._send, self._middlewares, self._context = send, tuple(middlewares), context
        able = tuple(each for each in middlewares if isinstance(each, type) and issubclass(each, StageMiddleware))
        self._overlooking = able if len(able) == len(self._middlewares) else ()

    async def handle(self, msg: Msg, meaning: Meaning) -> None:
        """Handle and settle `msg`. Raises only what kept it from being settled."""
        if self._middlewares and not (self._overlooking and all(each.overlooks(msg) for each in self._overlooking)):
            return await self._handle_within(msg, meaning)
        try:
            for event in await self._run(msg):
                command = event_command(event)
                for each in self._overlooking:
                    each.forward(msg, command)
                await self._send(command)
        except (Exception, asyncio.CancelledError) as error:
            await carry_out(self._judge(msg, meaning(error)), msg, self._send)
        else:
            await msg.ack()

    async def _handle_within(self, msg: Msg, meaning: Meaning) -> None:
        """The same inside middlewares, which leave with the handler's error, after the message is settled."""
        opened = [make(msg, context=self._context) for make in self._middlewares]
        send = publishing(opened, self._send)

        async def carry(decided: Verdict) -> None:
            await carry_out(decided, msg, send)

        settle = settling(opened, carry)
        failure: BaseException | None = None
        try:
            async with AsyncExitStack() as stack:
                for middleware in opened:
                    await stack.enter_async_context(middleware)
                try:
                    for event in await self._consume_within(opened, msg):
                        await send(event_command(event))
                except (Exception, asyncio.CancelledError) as error:
                    failure = meaning(error)
                    await settle(self._judge(msg, failure))
                    raise failure from error.__cause__
                if settle is carry:  # nobody looks on
                    await msg.ack()
                else:
                    await settle(Verdict("ack", attempt(msg)))
        except (Exception, asyncio.CancelledError) as error:
            if error is not failure:
                raise

    def _consume_within(self, opened: Sequence[Any], msg: Msg) -> Awaitable[list[Event]]:
        headers = msg.headers or {}
        cause = headers.get("Nats-Msg-Id") or "-"
        message = NatsMessage(raw_message=msg, body=msg.data, headers=headers, correlation_id=cause, message_id=cause)

        async def innermost(_: Any) -> list[Event]:
            return await self._run(msg)

        call: Callable[[Any], Awaitable[list[Event]]] = innermost
        for middleware in reversed(opened):
            call = _scoped(middleware, call)
        return call(message)

    async def _run(self, msg: Msg) -> list[Event]:
        if hopeless := overtried(msg, self._limits):
            raise hopeless
        event = self._decode(msg.data, msg.headers or {})
        result = await self._call(event)
        if result is None:
            return []
        outputs = [result] if isinstance(result, Event) else list(result)
        return self._stamped(outputs, event) if outputs else outputs

    def _stamped(self, outputs: list[Event], event: Any) -> list[Event]:
        """An output that already has an id is the first event of another turn, or of this one told again: it keeps it."""
        cause = self._cause(event)
        for position, output in enumerate(outputs):
            if type(output) not in self._outputs:
                raise TypeError(f"{type(output).__name__} is not in the handler's signature")
            if not output.id or output.id == cause.id:
                try:
                    output.because_of(cause, position)
                except ValueError as error:
                    raise Rejected("the event's id is no UUID") from error
            elif not output.caused_by:
                output.caused_by = cause.id
        return outputs

    def _judge(self, msg: Msg, error: BaseException) -> Verdict:
        decided = verdict(error, attempt(msg), self._limits)
        report(decided, msg)
        return decided


def _scoped(middleware: Any, call: Callable[[Any], Awaitable[Any]]) -> Callable[[Any], Awaitable[Any]]:
    return lambda message: middleware.consume_scope(call, message)


def decoder(taken: type[Event]) -> Decode:
    """Bytes to a validated event. Raises `ValidationError`, or `Rejected` for one without an id."""
    validate = taken.__pydantic_validator__.validate_json

    def decode(body: bytes, _: dict[str, str]) -> Event:
        event: Event = validate(body)
        if len(event.id) != 36:
            raise Rejected("the event has no id")
        return event

    return decode
