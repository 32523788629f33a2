"""The wire, as the real client of the field reads it."""

import openai
import pytest

from demo.understudy.app import Settings, create_app
from services.http import Server
from tests.servers import free_port
from tests.unit.understudy.asking import SYSTEM, TOOLS

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
