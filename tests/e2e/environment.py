"""`frontdesk dev` as a child process, and what its users do with it."""

import asyncio
import contextlib
import json
import os
import secrets
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import jwt
import pytest

from services.cli.client import TERMINAL, Client, RequestRefused, StreamEvent
from shared.telemetry.spans import Span, SpanStore

SCRUBBED = ("OPENAI_API_KEY", "OPENAI_BASE_URL", "OTEL_EXPORTER_OTLP_ENDPOINT")

STORES = ("sqlite", "mongodb")
ON_BOTH_STORES = pytest.mark.parametrize("records", STORES, indirect=True, scope="module")


def records_option(store: str, request: pytest.FixtureRequest) -> tuple[str, ...]:
    """What `frontdesk dev` is told about its records: nothing, or a database of its own on the tests' MongoDB."""
    return () if store == "sqlite" else ("--records", f"{request.getfixturevalue('mongo_url')}/e2e_{uuid.uuid4().hex[:8]}")


class Running:
    """An environment that runs: its addresses, its processes, its data."""

    def __init__(self, folder: Path, process: subprocess.Popen[bytes]) -> None:
        self.folder, self.process = folder, process

    @property
    def addresses(self) -> dict[str, Any]:
        read: dict[str, Any] = json.loads((self.folder / "addresses.json").read_text())
        return read

    def kill(self, part: str) -> int:
        """SIGKILL a part; returns the process id that it had."""
        pid: int = self.addresses["pids"][part]
        os.kill(pid, signal.SIGKILL)
        return pid

    def client(self, customer: str = "", **claims: str) -> Client:
        """Speaks for the demo customer, or for another one, whom the host company vouches for, with more `claims`."""
        token = self.addresses["demo_token"]
        if customer:
            key = json.loads((self.folder / "secrets.json").read_text())["customer_jwt_key"]
            token = jwt.encode({"sub": customer, "exp": int(time.time()) + 3600} | claims, key, algorithm="HS256")
        return Client(self.addresses["http"], token)

    def shop(self) -> httpx2.AsyncClient:
        return httpx2.AsyncClient(base_url=self.addresses["shop"], timeout=10)

    async def ledger(self) -> dict[str, Any]:
        async with self.shop() as shop:
            answer: dict[str, Any] = (await shop.get("/ledger")).json()
            return answer

    def spans(self, key: str) -> list[list[Span]]:
        store = SpanStore(self.folder / "spans.db", read_only=True)
        try:
            return [store.trace(trace_id) for trace_id in store.find(key)]
        finally:
            store.close()

    def logs(self) -> str:
        return "\n".join(f"== {path.name}\n{path.read_text(errors='replace')}" for path in self.folder.glob("logs/*.log"))


@contextlib.contextmanager
def running(folder: Path, *options: str, **environment: str) -> Iterator[Running]:
    """Start `frontdesk dev` on a free port; end it with SIGTERM and see that it ends well."""
    clean = {name: value for name, value in os.environ.items() if name not in SCRUBBED}
    command = [sys.executable, "-m", "services.cli", "dev", "--port", "0", "--data", str(folder), *options]
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "dev.log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log, env=clean | environment)
    here = Running(folder, process)
    try:
        end = time.monotonic() + 60
        while not (folder / "addresses.json").exists():
            assert process.poll() is None, f"dev ended:\n{(folder / 'dev.log').read_text()}"
            assert time.monotonic() < end, f"dev did not become ready:\n{here.logs()}"
            time.sleep(0.05)
        yield here
        process.send_signal(signal.SIGTERM)
        assert process.wait(40) == 0, (folder / "dev.log").read_text()
        assert not (folder / "addresses.json").exists()
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()


@contextlib.contextmanager
def _a_cut_is_healed() -> Iterator[None]:
    """A stream that breaks off, or a process that is starting again: its reader comes again."""
    try:
        yield
    except httpx2.TransportError:
        return
    except RequestRefused as error:
        if error.status != 503:
            raise


def new_conversation() -> str:
    return f"test_{secrets.token_hex(8)}"


class Talk:
    """One conversation as a browser holds it: it listens, and every terminal event is kept."""

    def __init__(self, client: Client, conversation: str = "") -> None:
        self.client, self.conversation = client, conversation or new_conversation()
        self.events: list[StreamEvent] = []
        self.last = ""

    async def say(self, text: str, message_id: str | None = None) -> tuple[dict[str, Any], StreamEvent]:
        """Post and wait for the one event that answers."""
        accepted = await self.post(text, message_id)
        return accepted, await self.until_answered(accepted["message_id"])

    async def post(self, text: str, message_id: str | None = None, patience: float = 30.0) -> dict[str, Any]:
        """As a client does: with the same id until it is accepted."""
        message_id = message_id or f"m_{secrets.token_hex(8)}"
        end = time.monotonic() + patience
        while True:
            try:
                return await self.client.send(self.conversation, text, message_id)
            except (RequestRefused, httpx2.TransportError) as error:
                if getattr(error, "status", 503) != 503 or time.monotonic() > end:
                    raise
                await asyncio.sleep(0.2)

    async def until_answered(self, message_id: str, timeout: float = 60.0) -> StreamEvent:
        return await self.until(lambda event: message_id in event.data.get("answers", ()), timeout)

    async def until(self, wanted: Any, timeout: float = 60.0) -> StreamEvent:
        """The first terminal event, seen already or yet to come, that is `wanted`; the stream is resumed when it is cut."""
        for event in self.events:
            if wanted(event):
                return event
        async with asyncio.timeout(timeout):
            while True:
                with _a_cut_is_healed():
                    async with self.client.stream(self.conversation, self.last) as stream:
                        async for event in stream:
                            self.last = event.id or self.last
                            if event.event in TERMINAL:
                                self.events.append(event)
                                if wanted(event):
                                    return event
                await asyncio.sleep(0.1)

    async def all_events(self) -> list[StreamEvent]:
        """Everything that the server remembers of this conversation, read anew."""
        transcript = await self.client.transcript(self.conversation)
        last = str(transcript["last_event_id"])
        found: list[StreamEvent] = []
        async with self.client.stream(self.conversation) as stream:
            async for event in stream:
                if event.event in TERMINAL:
                    found.append(event)
                if event.id == last:
                    return found
        return found
