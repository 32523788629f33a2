"""A model's server whose bytes a test decides."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest

Behave = Callable[[dict[str, Any], asyncio.StreamWriter], Awaitable[None]]
HEAD = b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nconnection: close\r\n\r\n"


class ModelServer:
    """Answers the n-th request as the n-th behaviour says; the last one goes on for ever."""

    def __init__(self) -> None:
        self.requests: list[dict[str, Any]] = []
        self.headers: list[str] = []
        self.behaviours: list[Behave] = []
        self.url = ""

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode()
            length = int(next(line for line in head.lower().split("\r\n") if line.startswith("content-length")).split(":")[1])
            self.headers.append(head)
            self.requests.append(json.loads(await reader.readexactly(length)))
            await self.behaviours[min(len(self.requests), len(self.behaviours)) - 1](self.requests[-1], writer)
            await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()


def event(delta: dict[str, Any] | None = None, finish: str | None = None, **more: Any) -> bytes:
    body = {"model": "served", "choices": [{"index": 0, "delta": delta or {}, "finish_reason": finish}], **more}
    return b"data: " + json.dumps(body).encode() + b"\n\n"


def streams(*pieces: str, finish: str = "stop", gap: float = 0.0) -> Behave:
    async def behave(_: dict[str, Any], writer: asyncio.StreamWriter) -> None:
        writer.write(HEAD)
        for piece in pieces:
            writer.write(event({"content": piece}))
            await writer.drain()
            await asyncio.sleep(gap)
        usage = {"prompt_tokens": 100, "completion_tokens": 20, "prompt_tokens_details": {"cached_tokens": 50}}
        writer.write(
            event({}, finish) + b'data: {"choices":[],"usage":' + json.dumps(usage).encode() + b"}\n\ndata: [DONE]\n\n"
        )

    return behave


def calls_tool(name: str, arguments: dict[str, Any]) -> Behave:
    async def behave(_: dict[str, Any], writer: asyncio.StreamWriter) -> None:
        text = json.dumps(arguments)
        first = {"index": 0, "id": "call_a", "type": "function", "function": {"name": name, "arguments": ""}}
        writer.write(HEAD + event({"role": "assistant", "tool_calls": [first]}))
        for piece in (text[:5], text[5:]):
            writer.write(event({"tool_calls": [{"index": 0, "function": {"arguments": piece}}]}))
        writer.write(event({}, "tool_calls") + b"data: [DONE]\n\n")

    return behave


def status(code: int, **headers: str) -> Behave:
    async def behave(_: dict[str, Any], writer: asyncio.StreamWriter) -> None:
        body = b'{"error":{"message":"no","type":"x"}}'
        lines = "".join(f"{key.replace('_', '-')}: {value}\r\n" for key, value in headers.items())
        writer.write(f"HTTP/1.1 {code} X\r\ncontent-type: application/json\r\n{lines}".encode())
        writer.write(b"content-length: %d\r\nconnection: close\r\n\r\n" % len(body) + body)

    return behave


def raw(data: bytes, hang: float = 0.0) -> Behave:
    async def behave(_: dict[str, Any], writer: asyncio.StreamWriter) -> None:
        writer.write(data)
        await writer.drain()
        await asyncio.sleep(hang)

    return behave


def endless(piece: str = "x", gap: float = 0.01) -> Behave:
    async def behave(_: dict[str, Any], writer: asyncio.StreamWriter) -> None:
        writer.write(HEAD)
        while not writer.is_closing():
            writer.write(event({"content": piece}))
            await writer.drain()
            await asyncio.sleep(gap)

    return behave


@pytest.fixture
async def model_server() -> AsyncIterator[ModelServer]:
    made = ModelServer()
    tasks: set[asyncio.Task[None]] = set()

    def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.create_task(made.serve(reader, writer))
        tasks.add(task)
        task.add_done_callback(tasks.discard)

    server = await asyncio.start_server(connected, "127.0.0.1", 0)
    made.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1"
    yield made
    server.close()
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    await server.wait_closed()
