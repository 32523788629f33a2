"""Any server that speaks OpenAI's chat completions. The SDK builds the request; the answer's chunks are read as raw lines.

The SDK's chunk objects cost 88 µs each and its events as much again; plain dicts cost 2 µs (docs/performance.md).
Format: https://platform.openai.com/docs/api-reference/chat-streaming
"""

import asyncio
import random
import time
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import aclosing, suppress
from dataclasses import dataclass, field
from math import ceil
from typing import Any

import httpx2
import openai
import structlog
from opentelemetry import propagate, trace
from opentelemetry.trace import Span, SpanKind, Status, StatusCode

from services.agent.models.port import Answer, ModelRefused, ModelUnavailable, Preview, Request
from services.agent.models.retry_after import retry_after
from services.agent.models.stream import Assembly, BadAnswer, Lines
from services.agent.models.usage import FREE, Price, tokens
from shared.resilience.breaker import Breaker, BreakerOpen
from shared.resilience.retries import RetryBudget
from shared.telemetry import names

log = structlog.get_logger(__name__)
_tracer = trace.get_tracer("frontdesk.agent")

_END = 0.1  # seconds for the end of a stream whose [DONE] has come
_LONGEST_WAIT = 5.0  # seconds that a customer waits for one model because its server asks for it; then the next one is asked
_LONGEST_REST = 60.0  # seconds that a model is left alone because its server asks for more than that
_REFUSED = (400, 413, 422)
"""The request itself is at fault: the same request gets the same answer."""
_MISCONFIGURED = (401, 403, 404)
"""Key, address or name of the model: no use in trying again, but another model may do."""


@dataclass(frozen=True, slots=True)
class Model:
    """One model as the assistant's file names it. `options` are sent with every request, such as a temperature."""

    name: str
    price: Price = FREE
    options: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Times:
    """Seconds: `budget` for one answer with all attempts, `attempt` for one of them, `silence` between two pieces."""

    budget: float = 45.0
    attempt: float = 30.0
    silence: float = 12.0
    connect: float = 3.0


class _Again(Exception):
    """This attempt failed; the model may be tried again after `after` seconds, or not at all (None)."""

    def __init__(self, why: str, after: float | None = 0.0) -> None:
        super().__init__(why)
        self.after = after


class _Ill(_Again):
    """The same, and it counts against the model."""


class OpenAICompatible:
    """Tries models in their order: each up to `1 + retries` times, with jittered pauses and within the retry budget of the
    process; a server's `Retry-After` is honoured, a model that keeps failing is skipped by its breaker.

    Raises `ModelUnavailable` when all failed or the time is used up, `ModelRefused` when all refused the request.
    """

    def __init__(
        self,
        client: openai.AsyncOpenAI,
        models: Sequence[Model],
        times: Times = Times(),
        *,
        retries: int = 2,
        pause: float = 0.4,
        budget: RetryBudget | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._client, self._models, self._times = client, tuple(models), times
        self._retries, self._pause, self._clock = retries, pause, clock
        self._budget = budget or RetryBudget()
        self._breakers = {model.name: Breaker(clock=clock) for model in models}
        self._resting: dict[str, float] = {}  # until when a model's server asked to be left alone

    @property
    def degraded(self) -> dict[str, str]:
        """The models that are not asked at the moment, and why."""
        return {f"model {name}": problem for name in self._breakers if (problem := self._why_skipped(name))}

    async def ask(self, request: Request, preview: Preview) -> Answer:
        """One answer, streamed to `preview` while it is written."""
        refused, waits, deadline = 0, list[float](), self._clock() + self._times.budget
        try:
            async with asyncio.timeout(self._times.budget):
                for model in self._models:
                    try:
                        return await self._ask_one(model, request, preview, deadline)
                    except ModelRefused:
                        refused += 1
                    except ModelUnavailable as error:
                        log.warning("model failed", model=model.name, reason=str(error))
                        waits.append(error.after)
        except TimeoutError:
            raise ModelUnavailable("no answer within the time budget", after=1.0) from None
        if refused == len(self._models):
            raise ModelRefused("every model refused the request")
        raise ModelUnavailable("no model answered", after=max(1.0, min(waits)))

    async def _ask_one(self, model: Model, request: Request, preview: Preview, deadline: float) -> Answer:
        if (rest := self._resting.get(model.name, 0.0) - self._clock()) > 0:
            raise ModelUnavailable("its server asked to be left alone", after=rest)
        breaker, attempt = self._breakers[model.name], 0
        while True:
            try:
                with breaker.call(_Ill):
                    if attempt == 0:
                        self._budget.called()
                    return await self._attempt(model, request, preview)
            except BreakerOpen as error:
                raise ModelUnavailable(str(error), after=error.after) from error
            except _Again as again:
                log.info("attempt failed", model=model.name, attempt=attempt, reason=str(again))
                pause = self._before_retry(model, attempt, again, deadline)
                if pause is None:
                    raise ModelUnavailable(str(again), after=again.after or 1.0) from again
            await asyncio.sleep(pause)
            attempt += 1

    def _before_retry(self, model: Model, attempt: int, again: _Again, deadline: float) -> float | None:
        """Seconds until the next attempt, or None: not again."""
        if again.after is None:
            return None
        if again.after > _LONGEST_WAIT:
            self._resting[model.name] = self._clock() + min(again.after, _LONGEST_REST)
            return None
        pause = again.after + self._pause * 2**attempt * random.uniform(0.5, 1.0)  # noqa: S311 - jitter
        if attempt == self._retries or self._clock() + pause >= deadline:
            return None
        return pause if self._budget.take() else None

    def _why_skipped(self, name: str) -> str:
        rest = self._resting.get(name, 0.0) - self._clock()
        return f"its server asked to be left alone for {ceil(rest)} s" if rest > 0 else self._breakers[name].problem

    async def _attempt(self, model: Model, request: Request, preview: Preview) -> Answer:
        attributes = {
            names.GENAI_OPERATION: "chat",
            names.GENAI_PROVIDER: "openai",
            names.GENAI_REQUEST_MODEL: model.name,
            names.GENAI_CONVERSATION: request.conversation,
            names.TURN: request.turn,
        }
        title = f"{names.CHAT} {model.name}"
        with _tracer.start_as_current_span(title, kind=SpanKind.CLIENT, attributes=attributes, record_exception=False) as span:
            try:
                async with asyncio.timeout(self._times.attempt):
                    return await self._stream(model, request, preview, span)
            except (_Again, ModelRefused) as error:
                span.set_status(Status(StatusCode.ERROR, str(error)))
                raise
            except TimeoutError:
                span.set_status(Status(StatusCode.ERROR, "timeout"))
                raise _Ill("no end within the time of one attempt") from None

    async def _stream(self, model: Model, request: Request, preview: Preview, span: Span) -> Answer:
        preview.restart()
        began, first = self._clock(), 0.0
        assembly = Assembly()
        try:
            async with aclosing(self._pieces(model, request)) as pieces:
                async for data in pieces:
                    text = assembly.add(data)
                    first = first or self._clock()
                    if text:
                        await preview.text(text)
                    if assembly.done:
                        await _read_out(pieces)
                        break
            message = assembly.message(f"call-{request.step}")
        except BadAnswer as error:
            raise _Ill(str(error)) from error
        answer = Answer(message, assembly.finish, assembly.model or model.name, tokens(assembly.usage, model.price))
        _tell(span, answer, (first - began) * 1000)
        return answer

    async def _pieces(self, model: Model, request: Request) -> AsyncGenerator[bytes, None]:
        """The data of each server-sent event. Raises `_Again` or `ModelRefused` for what is no answer."""
        headers: dict[str, str] = {}
        propagate.inject(headers)
        body: dict[str, Any] = {"model": model.name, "stream": True, "stream_options": {"include_usage": True}}
        body |= {"messages": request.messages} | ({"tools": request.tools} if request.tools else {}) | model.options
        timeout = httpx2.Timeout(self._times.silence, connect=self._times.connect)
        lines = Lines()
        try:
            # The SDK's `create` walks arguments by their types, whatever they are: 7 ms for 40 messages, half a
            # millisecond for none. Its `post` sends what it is given.
            call = await self._client.post(
                "/chat/completions",
                cast_to=object,
                body=body,
                options={"headers": headers, "timeout": timeout},
                stream=True,
                stream_cls=openai.AsyncStream[object],
            )
            async with call:
                async for piece in call.response.aiter_bytes():
                    for data in lines.feed(piece):
                        yield data
        except openai.APIStatusError as error:
            raise _meaning(error) from error
        except (openai.APIConnectionError, httpx2.HTTPError, httpx2.StreamError) as error:
            raise _Ill(f"{type(error).__name__}: {type(error.__cause__ or error).__name__}") from error


async def _read_out(pieces: AsyncGenerator[bytes, None]) -> None:
    """Read the end of an answer that is whole: only then does its connection serve the next request."""
    with suppress(_Again, TimeoutError):
        async with asyncio.timeout(_END):
            async for _ in pieces:
                pass


def _meaning(error: openai.APIStatusError) -> Exception:
    status = error.status_code
    if status in _REFUSED:
        return ModelRefused(f"the model's server refused the request: {status}")
    if status in _MISCONFIGURED:
        log.error("model misconfigured", status=status)
        return _Again(f"status {status}", None)
    if status in (408, 409, 429):  # it lives
        return _Again(f"status {status}", retry_after(error.response.headers))
    return _Ill(f"status {status}", retry_after(error.response.headers) if status >= 500 else None)


def _tell(span: Span, answer: Answer, first_ms: float) -> None:
    if not span.is_recording():
        return
    span.set_attribute(names.GENAI_RESPONSE_MODEL, answer.model)
    span.set_attribute(names.GENAI_FINISH_REASONS, [answer.finish])
    span.set_attribute(names.FIRST_CHUNK, round(first_ms, 3))
    if answer.usage:
        span.set_attribute(names.GENAI_INPUT_TOKENS, answer.usage["input"])
        span.set_attribute(names.GENAI_OUTPUT_TOKENS, answer.usage["output"])
        span.set_attribute(names.COST, answer.usage["cost"] / 1e6)
