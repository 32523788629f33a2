"""What answers turns: the whole of Frontdesk through its HTTP door, and the model asked directly."""

import asyncio
import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from bench.turns.client import JSON, LATE, Connection, Frames, NotMeasured, Stopwatch
from bench.turns.model import ANSWER

QUESTION = "Hello, when is your shop open on weekdays, and may I come by on a Saturday afternoon?"


class Peer(Protocol):
    """Answers one turn at a time. Raises `NotMeasured` for an answer that is not the model's."""

    async def turn(self) -> Stopwatch: ...


@dataclass(frozen=True, slots=True)
class System:
    """Things that answer turns, each one turn at a time; and the processes whose CPU time counts."""

    peers: Sequence[Peer]
    pids: Sequence[int]


class Conversation:
    """A guest who asks in one conversation, over one connection for messages and one for the events."""

    def __init__(self, id: str, token: str) -> None:
        self._id, self._headers = id, {"Authorization": f"Bearer {token}"} | JSON
        self._ingress = ""
        self._door: Connection
        self._events: Connection
        self._visit = secrets.token_hex(4)  # who comes back sends new messages, not the same again
        self._count, self._asked = 0, ""
        self._watch = Stopwatch()
        self._answered = asyncio.Event()
        self._wrong = ""

    async def open(self, ingress: str, egress: str) -> None:
        """Ask a first question, without which there is no conversation, and follow the events from then on."""
        self._ingress, self._door = ingress, await Connection.open(ingress)
        self._events = await Connection.open(egress, Frames(self._heard).feed)
        await self._ask()
        status = await self._events.begin("GET", f"/v1/conversations/{self._id}/events", headers=self._headers)
        if status != 200:
            raise NotMeasured(f"the event stream was answered {status}")
        await self._answer()

    def close(self) -> None:
        """Leave."""
        self._door.close()
        self._events.close()

    async def turn(self) -> Stopwatch:
        await self._ask()
        await self._answer()
        return self._watch

    async def _ask(self) -> None:
        self._count += 1
        self._asked = f"{self._id}-{self._visit}-{self._count}"
        self._answered.clear()
        body = json.dumps({"text": QUESTION, "message_id": self._asked}).encode()
        if not self._door.alive:
            self._door = await Connection.open(self._ingress)
        self._watch = Stopwatch()
        status, said = await self._door.request("POST", f"/v1/conversations/{self._id}/messages", body, self._headers)
        if status != 202:
            raise NotMeasured(f"a message was answered {status}: {said[:300].decode(errors='replace')}")

    async def _answer(self) -> None:
        await asyncio.wait_for(self._answered.wait(), LATE)
        if self._wrong:
            raise NotMeasured(self._wrong)

    def _heard(self, event: bytes, data: bytes) -> None:
        if event == b"delta":
            self._watch.piece()
        elif event in {b"reply", b"notice", b"handoff", b"confirm", b"error"}:
            told = json.loads(data)
            if told.get("answers") == [self._asked]:
                self._watch.end()
                self._answered.set()
            if event != b"reply" or told["text"] != ANSWER:
                self._wrong = f"a turn ended in {event.decode()}: {told.get('text', told)}"
                self._answered.set()


class Streamed:
    """A conversation with a system that answers a turn's own request with the events of its reply."""

    def __init__(self, id: str, url: str) -> None:
        self._url = url
        self._body = json.dumps({"conversation": id, "text": QUESTION}).encode()
        self._reply = _Reply()
        self._connection: Connection

    async def open(self) -> None:
        """Connect."""
        self._connection = await Connection.open(self._url, self._reply.frames.feed)

    def close(self) -> None:
        """Leave."""
        self._connection.close()

    async def turn(self) -> Stopwatch:
        if not self._connection.alive:
            await self.open()
        watch = self._reply.begin()
        status, _ = await self._connection.request("POST", "/turn", self._body)
        await self._reply.whole(status, 200)
        return watch


class Piped:
    """A conversation with the raw pipeline: one connection for messages and one for the events."""

    def __init__(self, id: str) -> None:
        self._id, self._count, self._reply = id, 0, _Reply()
        self._door: Connection
        self._events: Connection

    async def open(self, ingress: str, egress: str) -> None:
        """Connect, and follow the events from then on."""
        self._door, self._events = await Connection.open(ingress), await Connection.open(egress, self._reply.frames.feed)
        await self._events.begin("GET", f"/events/{self._id}")

    def close(self) -> None:
        """Leave."""
        self._door.close()
        self._events.close()

    async def turn(self) -> Stopwatch:
        self._count += 1
        asked = {"id": f"{self._id}-{self._count}", "conversation": self._id, "text": QUESTION}
        watch = self._reply.begin()
        status, _ = await self._door.request("POST", "/turn", json.dumps(asked).encode())
        await self._reply.whole(status, 202)
        return watch


class _Reply:
    """What a turn is answered with, when and how."""

    def __init__(self) -> None:
        self.frames = Frames(self._heard)
        self._watch, self._ended, self._text = Stopwatch(), asyncio.Event(), ""

    def begin(self) -> Stopwatch:
        """The watch of the next turn."""
        self._watch = Stopwatch()
        self._ended.clear()
        return self._watch

    async def whole(self, status: int, expected: int) -> None:
        """Wait for the end. Raises `NotMeasured` for an answer that is not the model's."""
        if status != expected:
            raise NotMeasured(f"a turn was answered {status}")
        await asyncio.wait_for(self._ended.wait(), LATE)
        if self._text != ANSWER:
            raise NotMeasured(f"a turn ended in {self._text}")

    def _heard(self, event: bytes, data: bytes) -> None:
        if event == b"delta":
            self._watch.piece()
        else:
            self._text = json.loads(data)["text"]
            self._watch.end()
            self._ended.set()


class Direct:
    """The model itself, asked over one connection, with a prompt of a usual size."""

    def __init__(self, model: str) -> None:
        self._model, self._watch = model, Stopwatch()
        self._connection: Connection
        prompt = [{"role": "system", "content": "You are an assistant. " * 100}, {"role": "user", "content": QUESTION}]
        self._body = json.dumps({"model": "bench", "stream": True, "messages": prompt}).encode()

    async def open(self) -> None:
        """Connect."""
        self._connection = await Connection.open(self._model, self._heard)

    def close(self) -> None:
        """Leave."""
        self._connection.close()

    async def turn(self) -> Stopwatch:
        self._watch = Stopwatch()
        await self._connection.request("POST", "/v1/chat/completions", self._body)
        self._watch.end()
        return self._watch

    def _heard(self, data: bytes) -> None:
        if b'"role"' not in data:  # that chunk is empty
            self._watch.piece()
