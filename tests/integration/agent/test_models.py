"""The model client against a server that behaves, misbehaves, or never ends."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from typing import Any

import httpx2
import openai
import pytest
from opentelemetry import trace
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from services.agent.models import openai_compatible
from services.agent.models.openai_compatible import Model, OpenAICompatible, Times
from services.agent.models.port import ModelRefused, ModelUnavailable, Request
from services.agent.models.usage import Price
from shared.resilience.retries import RetryBudget
from tests.integration.agent.conftest import HEAD, ModelServer, calls_tool, endless, event, raw, status, streams

REQUEST = Request([{"role": "user", "content": "Hi"}], [], "c1", "c1:1", 0)
QUICK = Times(budget=4.0, attempt=1.0, silence=0.5, connect=0.5)


class Taken:
    def __init__(self) -> None:
        self.attempts: list[str] = []

    def restart(self) -> None:
        self.attempts.append("")

    async def text(self, piece: str) -> None:
        self.attempts[-1] += piece


Make = Callable[..., Awaitable[OpenAICompatible]]


@pytest.fixture
async def make(model_server: ModelServer) -> AsyncIterator[Make]:
    async with httpx2.AsyncClient() as http:

        async def made(*names: str, times: Times = QUICK, **more: Any) -> OpenAICompatible:
            client = openai.AsyncOpenAI(api_key="k", base_url=model_server.url, max_retries=0, http_client=http)
            price = Price(input=2.0, cached=1.0, output=10.0)
            models = [Model(name, price, {"temperature": 0}) for name in names or ("first",)]
            return OpenAICompatible(client, models, times, pause=0.01, **more)

        yield made


async def test_an_answer_is_streamed_counted_and_priced(model_server: ModelServer, make: Make) -> None:
    model_server.behaviours = [streams("Hel", "lo", " ü")]
    taken = Taken()
    answer = await (await make()).ask(REQUEST, taken)
    assert answer.message == {"role": "assistant", "content": "Hello ü"}
    assert taken.attempts == ["Hello ü"]
    assert (answer.finish, answer.model) == ("stop", "served")
    assert answer.usage == {"input": 100, "cached": 50, "output": 20, "cost": 50 * 2 + 50 + 200}
    [sent] = model_server.requests
    assert sent == {
        "messages": REQUEST.messages,
        "model": "first",
        "stream": True,
        "stream_options": {"include_usage": True},
        "temperature": 0,
    }


async def test_tools_go_out_and_their_calls_come_back_whole(model_server: ModelServer, make: Make) -> None:
    model_server.behaviours = [calls_tool("check_order_status", {"order_id": "ORD-10001"})]
    tools = [{"type": "function", "function": {"name": "check_order_status", "parameters": {}}}]
    answer = await (await make()).ask(Request(REQUEST.messages, tools, "c1", "c1:1", 0), Taken())
    assert model_server.requests[0]["tools"] == tools
    [call] = answer.message["tool_calls"]
    assert call["function"] == {"name": "check_order_status", "arguments": '{"order_id": "ORD-10001"}'}


@pytest.mark.parametrize(
    "first",
    [
        status(500),
        status(503, retry_after="0"),
        status(429, retry_after_ms="10"),
        status(408),
        raw(b""),
        raw(b"not HTTP at all\r\n\r\n"),
        raw(HEAD + b"data: {garbage\n\n"),
        raw(HEAD + b'data: {"error": {"message": "overloaded"}}\n\n'),
        raw(HEAD + event({"content": "half"})),
        raw(HEAD, hang=1.0),
        raw(HEAD + event({"content": "half"}), hang=1.0),
        raw(b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nconnection: close\r\n\r\n{}"),
        endless(),
    ],
    ids=["500", "503", "429", "408", "closed", "no-http", "garbage", "error", "cut", "silent", "stalls", "json", "endless"],
)
async def test_what_went_wrong_once_is_tried_again(first: Any, model_server: ModelServer, make: Make) -> None:
    model_server.behaviours = [first, streams("Right")]
    taken = Taken()
    answer = await (await make()).ask(REQUEST, taken)
    assert answer.message["content"] == "Right"
    assert len(model_server.requests) == 2
    assert (len(taken.attempts), taken.attempts[-1]) == (2, "Right")


@pytest.mark.parametrize("code", [401, 403, 404])
async def test_a_misconfigured_model_is_not_tried_again_and_the_next_one_answers(
    code: int, model_server: ModelServer, make: Make
) -> None:
    model_server.behaviours = [status(code), streams("From the second")]
    answer = await (await make("first", "second")).ask(REQUEST, Taken())
    assert answer.message["content"] == "From the second"
    assert [request["model"] for request in model_server.requests] == ["first", "second"]


@pytest.mark.parametrize("code", [400, 413, 422])
async def test_a_request_that_every_model_refuses_is_refused(code: int, model_server: ModelServer, make: Make) -> None:
    model_server.behaviours = [status(code)]
    with pytest.raises(ModelRefused):
        await (await make("first", "second")).ask(REQUEST, Taken())
    assert [request["model"] for request in model_server.requests] == ["first", "second"]


async def test_when_all_fail_the_turn_may_come_again(model_server: ModelServer, make: Make) -> None:
    model_server.behaviours = [status(500)]
    with pytest.raises(ModelUnavailable) as raised:
        await (await make("first", "second")).ask(REQUEST, Taken())
    assert raised.value.after >= 1.0
    assert [request["model"] for request in model_server.requests] == ["first"] * 3 + ["second"] * 3


async def test_retry_after_is_waited_for_when_short_and_the_next_model_taken_when_long(
    model_server: ModelServer, make: Make
) -> None:
    model_server.behaviours = [status(429, retry_after_ms="300"), status(429, retry_after="60"), streams("Second")]
    began = time.monotonic()
    await (await make("first", "second")).ask(REQUEST, Taken())
    assert time.monotonic() - began >= 0.3
    assert [request["model"] for request in model_server.requests] == ["first", "first", "second"]


async def test_a_server_that_asks_for_long_is_left_alone_by_all_turns_of_the_process(
    model_server: ModelServer, make: Make
) -> None:
    clock = [0.0]
    model_server.behaviours = [status(429, retry_after="30"), streams("Back")]
    client = await make(clock=lambda: clock[0])
    for left in (30.0, 10.0):
        clock[0] = 30.0 - left
        with pytest.raises(ModelUnavailable) as raised:
            await client.ask(REQUEST, Taken())
        assert raised.value.after == left
    assert client.degraded == {"model first": "its server asked to be left alone for 10 s"}
    assert len(model_server.requests) == 1
    clock[0] = 30.0
    assert (await client.ask(REQUEST, Taken())).message["content"] == "Back"
    assert client.degraded == {}


async def test_a_wait_that_the_deadline_does_not_allow_is_not_begun(model_server: ModelServer, make: Make) -> None:
    model_server.behaviours = [status(503, retry_after="4.5")]
    with pytest.raises(ModelUnavailable) as raised:
        await (await make()).ask(REQUEST, Taken())
    assert raised.value.after == 4.5
    assert len(model_server.requests) == 1


async def test_retries_of_a_process_stay_within_their_budget(model_server: ModelServer, make: Make) -> None:
    """Half of the calls fail, which opens no breaker: without the budget each of them would be tried again."""
    model_server.behaviours = [status(500), streams("Right")] * 50
    client = await make(budget=RetryBudget(calls_per_retry=10, reserve=2))
    for _ in range(40):
        with suppress(ModelUnavailable):
            await client.ask(REQUEST, Taken())
    assert 40 < len(model_server.requests) <= 40 + 2 + 40 / 10


async def test_the_budget_ends_everything(model_server: ModelServer, make: Make) -> None:
    model_server.behaviours = [endless()]
    began = time.monotonic()
    client = await make("first", "second", times=Times(budget=0.4, attempt=0.3, silence=0.2, connect=0.2))
    with pytest.raises(ModelUnavailable):
        await client.ask(REQUEST, Taken())
    assert time.monotonic() - began < 1.0


async def test_a_model_that_keeps_failing_is_left_alone(model_server: ModelServer, make: Make) -> None:
    clock = [0.0]
    model_server.behaviours = [status(500)]
    client = await make(clock=lambda: clock[0])
    for _ in range(3):
        with pytest.raises(ModelUnavailable):
            await client.ask(REQUEST, Taken())
    assert len(model_server.requests) == 5  # the breaker opened at the fifth failure
    clock[0] = 10.0
    model_server.behaviours = [streams("Back")]
    assert (await client.ask(REQUEST, Taken())).message["content"] == "Back"
    assert len(model_server.requests) == 6


async def test_a_turn_that_is_cancelled_lets_the_breaker_go(model_server: ModelServer, make: Make) -> None:
    clock = [0.0]
    model_server.behaviours = [status(500)] * 5 + [raw(HEAD, hang=5.0), streams("Back")]
    client = await make(clock=lambda: clock[0], times=Times(budget=5.0, attempt=5.0, silence=5.0))
    for _ in range(2):
        with pytest.raises(ModelUnavailable):
            await client.ask(REQUEST, Taken())
    clock[0] = 10.0
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(client.ask(REQUEST, Taken()), 0.1)
    assert (await client.ask(REQUEST, Taken())).message["content"] == "Back"


async def test_each_attempt_is_a_span_without_content(
    model_server: ModelServer, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    exporter, provider = InMemorySpanExporter(), TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    monkeypatch.setattr(openai_compatible, "_tracer", provider.get_tracer("t"))
    model_server.behaviours = [status(500), streams("A secret answer")]
    await (await make()).ask(REQUEST, Taken())
    failed, answered = exporter.get_finished_spans()
    assert (failed.name, failed.kind, failed.status.status_code) == (
        "chat first",
        trace.SpanKind.CLIENT,
        trace.StatusCode.ERROR,
    )
    attributes = dict(answered.attributes or {})
    assert attributes["gen_ai.usage.input_tokens"] == 100
    assert attributes["desk.model.cost_usd"] == 350 / 1e6
    assert attributes["gen_ai.response.model"] == "served"
    assert float(str(attributes["desk.model.first_chunk_ms"])) > 0
    assert "secret" not in str(attributes)
    assert f"{answered.context.trace_id:032x}-{answered.context.span_id:016x}" in model_server.headers[1]
