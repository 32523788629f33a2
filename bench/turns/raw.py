"""The raw pipeline: six processes and their hops with nothing in them. `python -m bench.turns.raw ROLE NATS MODEL PORT`.

HTTP in, five durable hops on nats-py, the model's stream over core NATS, SSE out: no records, no lane, no identity, no
checks. What Frontdesk adds to the time of a first token is told as a ratio to what this adds.
"""

import asyncio
import gc
import json
import socket
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from functools import partial
from typing import Any

import nats
import uvicorn
import uvloop
from nats.aio.client import Client
from nats.aio.msg import Msg

from bench.consumer import Consumer
from bench.processes import say_ready
from bench.turns.client import Connection

STREAM = "PIPE"
ROLES = ("ingress", "safety", "context", "agent", "actions", "egress")
SUBJECTS = ("received", "screened", "assembled", "drafted", "done")
"""What each role but the last publishes, and each but the first takes."""
SYSTEM = {"role": "system", "content": "You are an assistant. " * 100}

Turn = dict[str, Any]
Work = Callable[[Turn], Awaitable[None]]


class Asking:
    """A kept-alive connection to the model, one request at a time."""

    def __init__(self) -> None:
        self._connection: Connection
        self._pieces: asyncio.Queue[str | None] = asyncio.Queue()
        self._rest = b""

    async def open(self, url: str) -> None:
        """Connect."""
        self._connection = await Connection.open(url, self._heard)

    async def answer(self, prompt: Sequence[Mapping[str, str]]) -> AsyncIterator[str]:
        """The tokens, as they come."""
        body = json.dumps({"model": "bench", "stream": True, "messages": prompt}).encode()
        request = asyncio.create_task(self._connection.request("POST", "/v1/chat/completions", body))
        while (piece := await self._pieces.get()) is not None:
            yield piece
        await request

    def _heard(self, data: bytes) -> None:
        *events, self._rest = (self._rest + data).split(b"\n\n")
        for event in events:
            if event == b"data: [DONE]":
                self._pieces.put_nowait(None)
            elif (choices := json.loads(event[6:])["choices"]) and (piece := choices[0]["delta"].get("content")):
                self._pieces.put_nowait(piece)


class Agent:
    """Asks the model and passes its tokens on over core NATS."""

    def __init__(self, url: str, client: Client) -> None:
        self._url, self._client = url, client
        self._idle: list[Asking] = []

    async def answer(self, turn: Turn) -> None:
        """Stream the answer, and put the whole into the turn."""
        asking = self._idle.pop() if self._idle else await self._connected()
        pieces: list[str] = []
        async for piece in asking.answer(turn["prompt"]):
            pieces.append(piece)
            await self._client.publish(f"token.{turn['conversation']}", piece.encode())
        self._idle.append(asking)
        turn["reply"] = "".join(pieces)

    async def _connected(self) -> Asking:
        asking = Asking()
        await asking.open(self._url)
        return asking


async def assemble(turn: Turn) -> None:
    """The prompt."""
    turn["prompt"] = [SYSTEM, {"role": "user", "content": turn["text"]}]


async def nothing(_: Turn) -> None:
    """What safety and actions do here."""


async def pass_on(client: Client, number: int, work: Work, msg: Msg) -> None:
    """One hop: decode, work, publish under an id, await the PubAck."""
    turn = json.loads(msg.data)
    await work(turn)
    headers = {"Nats-Msg-Id": f"{turn['id']}-{number}"}
    await client.jetstream().publish(f"pipe.{SUBJECTS[number]}", json.dumps(turn).encode(), headers=headers)


class Door:
    """ASGI of ingress and egress: `POST /turn` is answered 202 once it is durable, `GET /events/ID` streams."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._queues: dict[str, asyncio.Queue[bytes]] = {}

    async def __call__(self, scope: Mapping[str, Any], receive: Any, send: Any) -> None:
        if scope["method"] == "POST":
            await self._take(await receive(), receive)
            await send({"type": "http.response.start", "status": 202, "headers": [(b"content-length", b"0")]})
            await send({"type": "http.response.body"})
        else:
            await self._stream(scope["path"].rsplit("/", 1)[1], send)

    async def _take(self, message: Mapping[str, Any], receive: Any) -> None:
        body = message["body"]
        while message.get("more_body"):
            message = await receive()
            body += message["body"]
        await self._client.jetstream().publish("pipe.received", body, headers={"Nats-Msg-Id": json.loads(body)["id"]})

    async def _stream(self, conversation: str, send: Any) -> None:
        queue = self._queues[conversation] = asyncio.Queue()
        head = [(b"content-type", b"text/event-stream")]
        await send({"type": "http.response.start", "status": 200, "headers": head})
        await send({"type": "http.response.body", "body": b": ready\n\n", "more_body": True})
        while True:
            await send({"type": "http.response.body", "body": await queue.get(), "more_body": True})

    async def token(self, msg: Msg) -> None:
        """Pass a token to its stream."""
        self._tell(msg.subject.rsplit(".", 1)[1], b"delta", {"text": msg.data.decode()})

    async def done(self, msg: Msg) -> None:
        """Pass a turn's end to its stream."""
        turn = json.loads(msg.data)
        self._tell(turn["conversation"], b"reply", {"text": turn["reply"]})

    def _tell(self, conversation: str, event: bytes, data: Mapping[str, str]) -> None:
        self._queues[conversation].put_nowait(b"event: %s\ndata: %s\n\n" % (event, json.dumps(data).encode()))


async def run(role: str, url: str, model: str, port: int) -> None:
    """Serve until the process is ended."""
    client = await nats.connect(url, pending_size=32 << 20)
    if role in ("ingress", "egress"):
        door = Door(client)
        if role == "egress":
            await client.subscribe("token.*", cb=door.token)
            await Consumer(client, STREAM, role, door.done).start()
        await _served(door, port)
    else:
        work: Work = {"context": assemble, "agent": Agent(model, client).answer}.get(role, nothing)
        await Consumer(client, STREAM, role, partial(pass_on, client, ROLES.index(role), work)).start()
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 50, 1000)
    say_ready()
    await asyncio.Event().wait()


async def _served(door: Door, port: int) -> None:
    config = uvicorn.Config(door, http="httptools", access_log=False, lifespan="off", timeout_keep_alive=3600)
    config.load()
    server = uvicorn.Server(config)
    server.lifespan = config.lifespan_class(config)
    await server.startup(sockets=[socket.create_server(("127.0.0.1", port))])


if __name__ == "__main__":
    uvloop.run(run(sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4])))
