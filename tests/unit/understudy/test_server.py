"""The wire, as the real client of the field reads it."""

import asyncio
import json
import sys
import time

import httpx2
import openai
import pytest

from demo.understudy.app import Settings, create_app
from services.http import Server
from tests.servers import free_port
from tests.unit.understudy.asking import SYSTEM, TOOLS
from tests.waiting import until

QUESTION = [{"role": "system", "content": SYSTEM}, {"role": "user", "content": "Where is my order ORD-10001?"}]
ASKED = {"model": "understudy", "tools": TOOLS, "messages": QUESTION}


@pytest.fixture
async def address():
    port = free_port()
    async with Server(create_app(Settings(pace=0.0, api_key="right")), "127.0.0.1", port):
        yield f"http://127.0.0.1:{port}"


@pytest.fixture
async def client(address):
    async with openai.AsyncOpenAI(base_url=f"{address}/v1", api_key="right", max_retries=0) as client:
        yield client


async def test_whole_and_streamed_answers_are_the_same(client):
    messages = [{"role": "user", "content": "Hello!"}]
    whole = await client.chat.completions.create(model="understudy", messages=messages)
    text, usage = "", None
    stream = await client.chat.completions.create(
        model="understudy", messages=messages, stream=True, stream_options={"include_usage": True}
    )
    async for chunk in stream:
        text += (chunk.choices[0].delta.content or "") if chunk.choices else ""
        usage = chunk.usage or usage
    assert text == whole.choices[0].message.content
    assert usage == whole.usage
    assert whole.choices[0].finish_reason == "stop"
    assert whole.system_fingerprint == "understudy_deterministic_stand_in"


async def test_streamed_tool_calls_add_up_to_the_whole_ones(client):
    whole = (await client.chat.completions.create(**ASKED)).choices[0].message.tool_calls
    name, arguments, id = "", "", ""
    async for chunk in await client.chat.completions.create(**ASKED, stream=True):
        for call in chunk.choices[0].delta.tool_calls or ():
            id, name = call.id or id, (call.function.name or "") + name
            arguments += call.function.arguments or ""
        finish = chunk.choices[0].finish_reason
    assert (id, name, arguments) == (whole[0].id, whole[0].function.name, whole[0].function.arguments)
    assert (name, arguments, finish) == ("check_order_status", '{"order_id": "ORD-10001"}', "tool_calls")


async def test_models_are_listed_and_errors_are_the_apis_own(client, address):
    assert [model.id async for model in client.models.list()] == ["understudy"]
    with pytest.raises(openai.NotFoundError, match="does not exist"):
        await client.chat.completions.create(**ASKED | {"model": "gpt-9"})
    with pytest.raises(openai.BadRequestError):
        await client.chat.completions.create(**ASKED | {"messages": []})
    async with openai.AsyncOpenAI(base_url=f"{address}/v1", api_key="wrong", max_retries=0) as stranger:
        with pytest.raises(openai.AuthenticationError):
            await stranger.chat.completions.create(**ASKED)


async def test_the_bench_makes_it_fail_as_often_as_told(client):
    await client.post("/../faults", body={"times": 1, "status": 429, "retry_after": 0.5}, cast_to=object)
    with pytest.raises(openai.RateLimitError) as refused:
        await client.chat.completions.create(**ASKED)
    assert refused.value.response.headers["retry-after"] == "0.5"
    await client.post("/../faults", body={"times": 1, "say": "I refunded everything."}, cast_to=object)
    said = await client.chat.completions.create(**ASKED)
    assert said.choices[0].message.content == "I refunded everything."
    assert (await client.chat.completions.create(**ASKED)).choices[0].finish_reason == "tool_calls"


@pytest.mark.parametrize(
    "body",
    [
        b"no json",
        b"[]",
        b"{}",
        b'{"model": "understudy", "messages": "hello"}',
        b'{"model": "understudy", "messages": [{"content": "no role"}]}',
        b'{"model": "understudy", "messages": [{"role": "tool", "tool_call_id": "x", "content": "nobody called"}]}',
        b'{"model": "understudy", "messages": [{"role": "user", "content": "hi"}], "tools": [{"type": "function"}]}',
        b'{"model": "understudy", "messages": [{"role": "user", "content": "hi"}], "n": 2}',
        b'{"model": "understudy", "messages": [{"role": "assistant", "tool_calls": [{"id": "c"}]}]}',
    ],
)
async def test_a_request_that_makes_no_sense_is_a_400_in_the_apis_format(address, body):
    headers = {"authorization": "Bearer right", "content-type": "application/json"}
    async with httpx2.AsyncClient() as http:
        answer = await http.post(f"{address}/v1/chat/completions", content=body, headers=headers)
    assert answer.status_code == 400
    assert answer.json()["error"]["type"] == "invalid_request_error"
    assert answer.json()["error"]["message"]


async def test_the_choice_of_tools_is_obeyed(client):
    none = await client.chat.completions.create(**ASKED, tool_choice="none")
    assert none.choices[0].message.tool_calls is None
    chosen = {"type": "function", "function": {"name": "create_ticket"}}
    one = await client.chat.completions.create(**ASKED, tool_choice=chosen)
    assert [call.function.name for call in one.choices[0].message.tool_calls] == ["create_ticket"]
    small_talk = {**ASKED, "messages": [{"role": "user", "content": "hello"}]}
    required = await client.chat.completions.create(**small_talk, tool_choice="required")
    assert required.choices[0].finish_reason == "tool_calls"


async def test_an_answer_stops_at_the_limit_of_the_request(client):
    short = await client.chat.completions.create(
        model="understudy", messages=[{"role": "user", "content": "Hello!"}], max_completion_tokens=3
    )
    assert (short.choices[0].message.content, short.choices[0].finish_reason) == ("Hello. I can", "length")


async def test_a_result_is_told_and_the_round_trip_is_the_sdks_own(client):
    first = (await client.chat.completions.create(**ASKED)).choices[0].message
    result = {"ok": True, "order_id": "ORD-10001", "status": "shipped", "carrier": "UPS", "tracking_number": "1Z"}
    answered = {"role": "tool", "tool_call_id": first.tool_calls[0].id, "content": json.dumps(result)}
    told = await client.chat.completions.create(**{**ASKED, "messages": [*QUESTION, first.to_dict(), answered]})
    assert "It is with UPS" in told.choices[0].message.content


async def test_words_are_streamed_one_after_the_other():
    port = free_port()
    async with (
        Server(create_app(Settings(pace=0.02)), "127.0.0.1", port),
        openai.AsyncOpenAI(base_url=f"http://127.0.0.1:{port}/v1", api_key="any", max_retries=0) as client,
    ):
        messages = [{"role": "user", "content": "Hello!"}]
        came = []
        async for chunk in await client.chat.completions.create(model="understudy", messages=messages, stream=True):
            if chunk.choices[0].delta.content:
                came.append(time.monotonic())
    assert len(came) > 10
    assert came[-1] - came[0] > 0.02 * (len(came) - 1) * 0.9


async def test_it_can_be_made_to_send_garbage_and_to_fail(client):
    await client.post("/../faults", body={"times": 1, "garbage": True}, cast_to=object)
    with pytest.raises((openai.APIError, ValueError)):
        async for _ in await client.chat.completions.create(**ASKED, stream=True):
            pass
    await client.post("/../faults", body={"times": 1, "status": 500}, cast_to=object)
    with pytest.raises(openai.InternalServerError):
        await client.chat.completions.create(**ASKED)
    with pytest.raises(openai.BadRequestError):
        await client.post("/../faults", body={"tmies": 1}, cast_to=object)


async def test_as_a_process_it_starts_fast_prints_nothing_and_ends_on_sigterm():
    port = free_port()
    command = [sys.executable, "-m", "demo.understudy", "--port", str(port), "--name", "gpt-5-mini"]
    process = await asyncio.create_subprocess_exec(*command, stdout=-1, stderr=-1)
    async with openai.AsyncOpenAI(base_url=f"http://127.0.0.1:{port}/v1", api_key="any", max_retries=0) as client:

        async def listed():
            try:
                return [model.id async for model in client.models.list()]
            except openai.APIConnectionError:
                return None

        assert await until(listed, 20) == ["understudy", "gpt-5-mini"]
    process.terminate()
    assert await asyncio.wait_for(process.communicate(), 10) == (b"", b"")
