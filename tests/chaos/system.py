"""The system under test: six services, a nats-server, the demo shop and a model, each a process that can be harmed by name."""

import asyncio
import base64
import contextlib
import os
import secrets
import signal
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any, Literal

import httpx2

from services.compose import handlers
from services.dev.children import Child
from services.dev.environment import free_port
from services.names import STAGES
from shared.identity.sessions import Sessions
from shared.messaging.connection import connected
from shared.messaging.provision import apply
from shared.messaging.settings import BusSettings
from shared.messaging.topology import topology
from shared.sealing import Keyring
from shared.stores.keys import CustomerKeys
from shared.stores.open import migrate_keys, migrate_records, open_keys, open_records
from shared.stores.port import Records
from tests.chaos.proxy import Proxy
from tests.chaos.stages import Prefork, once
from tests.mongo import MongoServer
from tests.servers import NatsServer

Store = Literal["sqlite", "mongodb"]

_ROOT = Path(__file__).parents[2]
ACK_WAIT = 2.0  # seconds; shorter than shipped, so that what a kill leaves comes again soon
QUICK = {
    "FRONTDESK_NATS_ACK_WAIT": f"PT{ACK_WAIT:g}S",
    "FRONTDESK_SWEEP_AFTER": "4",
    "FRONTDESK_SWEEP_EVERY": "1",
    "FRONTDESK_STREAM_HEARTBEAT": "2",
}
"""Healing is made for people who wait; a test that waits for it thousands of times is given less."""


class System:
    """`address(stage)` is where a service is at the moment; clients ask for it anew with each request."""

    def __init__(self, folder: Path, settings: Mapping[str, str], *, store: Store = "sqlite", proxied: bool = False) -> None:
        self.folder, self.settings = folder, dict(settings)
        self.broker = NatsServer(folder / "nats")
        self.mongo = MongoServer(folder / "mongo") if store == "mongodb" else None
        self.nats = Proxy(("127.0.0.1", self.broker.port)) if proxied else None
        self._prefork = Prefork(folder / "prefork.log")
        self._ports = {name: free_port() for name in (*STAGES, "shop", "model")}
        self.pids: dict[str, int] = {}
        self.crash_at: dict[str, str] = {}  # of a service: at which crash point its next process dies
        self._locks = {name: asyncio.Lock() for name in (*STAGES, "nats", "mongo")}
        self.desk_key, self._session_key = secrets.token_urlsafe(24), secrets.token_urlsafe(48)
        self.sessions = Sessions(self._session_key.encode())
        self._seal = "chaos:" + base64.b64encode(secrets.token_bytes(32)).decode()
        self.records: Records
        self.keys: CustomerKeys  # opens what the services seal
        self.starts = 0

    def address(self, part: str) -> str:
        """Of a service's HTTP side, of the shop, or of the model."""
        return f"http://127.0.0.1:{self._ports[part]}"

    @property
    def records_file(self) -> Path:
        """Where the records are on SQLite."""
        return self.folder / "records.db"

    @property
    def records_url(self) -> str:
        return f"{self.mongo.url}/chaos" if self.mongo else f"sqlite:///{self.records_file}"

    def environment(self) -> dict[str, str]:
        """The settings of every service. Rate limits are off: all customers come from one address."""
        nats = f"nats://127.0.0.1:{self.nats.port}" if self.nats else self.broker.url
        return {
            "FRONTDESK_NATS_URL": nats,
            "FRONTDESK_RECORDS": self.records_url,
            "FRONTDESK_KNOWLEDGE": f"sqlite:///{self.folder / 'knowledge.db'}",
            "FRONTDESK_ASSISTANT": str(_ROOT / "demo" / "assistant.yaml"),
            "FRONTDESK_SEAL_KEYS": self._seal,
            "FRONTDESK_SESSION_KEY": self._session_key,
            "FRONTDESK_API_KEYS": f"desk:desk:{self.desk_key}",
            "FRONTDESK_SHOP_URL": self.address("shop"),
            "FRONTDESK_SHOP_WEBHOOK_SECRET": "whsec_" + base64.b64encode(b"chaos" * 5).decode(),
            "FRONTDESK_RATE_LIMITS": "off",
            "FRONTDESK_LOG_FORMAT": "json",
            "FRONTDESK_LOG_LEVEL": "warning",
            "FRONTDESK_AGENT_MODEL": "understudy",
            "OPENAI_BASE_URL": f"{self.address('model')}/v1",
            "OPENAI_API_KEY": "understudy",
            "OTEL_EXPORTER_OTLP_ENDPOINT": "",
            **QUICK,
            **self.settings,
        }

    # Harm ------------------------------------------------------------------------------------------------------------

    async def kill(self, stage: str) -> None:
        """SIGKILL a service and start it again at once."""
        async with self._locks[stage]:
            await self._signalled(stage, signal.SIGKILL)
            await self._start(stage)

    async def stop(self, stage: str) -> None:
        """SIGTERM a service, wait until it has left in order, and start it again."""
        async with self._locks[stage]:
            await self._signalled(stage, signal.SIGTERM)
            await self._start(stage)

    async def replace(self, stage: str) -> None:
        """As a rolling update does: a new process is ready before the old one is told to stop."""
        async with self._locks[stage]:
            old = self.pids[stage]
            self._ports[stage] = free_port()
            await self._start(stage)
            os.kill(old, signal.SIGTERM)
            await self._prefork.ended(old)

    async def pause(self, stage: str, seconds: float) -> None:
        """SIGSTOP a service for so long."""
        async with self._locks[stage]:
            os.kill(self.pids[stage], signal.SIGSTOP)
            await asyncio.sleep(seconds)
            os.kill(self.pids[stage], signal.SIGCONT)

    async def died(self, stage: str, patience: float) -> bool:
        """Wait until a service kills itself at its crash point. False: it did not within `patience` seconds."""
        try:
            async with asyncio.timeout(patience):
                return await self._prefork.ended(self.pids[stage]) == -signal.SIGKILL
        except TimeoutError:
            return False

    async def kill_broker(self, *, wipe: bool = False) -> None:
        """SIGKILL nats-server and start it again; with `wipe` its whole store is lost, and provisioned anew."""
        async with self._locks["nats"]:
            await asyncio.to_thread(self.broker.kill)
            if wipe:
                self.broker.wipe()
            await asyncio.to_thread(self.broker.start)
            if wipe:
                await self.provision()

    async def restart_broker(self) -> None:
        """SIGTERM nats-server and start it again."""
        async with self._locks["nats"]:
            await asyncio.to_thread(self.broker.stop)
            await asyncio.to_thread(self.broker.start)

    async def kill_records(self) -> None:
        """SIGKILL the server that has the records, and start it again on what it had made durable."""
        assert self.mongo, "SQLite has no server"
        async with self._locks["mongo"]:
            await asyncio.to_thread(self.mongo.kill)
            await asyncio.to_thread(self.mongo.start)

    async def shop_faults(self, **faults: Any) -> None:
        await self._faults("shop", faults)

    async def model_faults(self, **faults: Any) -> None:
        await self._faults("model", faults)

    # Life ------------------------------------------------------------------------------------------------------------

    async def provision(self) -> None:
        """What `frontdesk migrate apply` does at the broker."""
        bus = BusSettings(url=self.broker.url, ack_wait=QUICK["FRONTDESK_NATS_ACK_WAIT"])
        async with connected(bus, "migrate") as client:
            await apply(client, topology(bus, dict(handlers())))

    async def _faults(self, part: str, faults: Mapping[str, Any]) -> None:
        async with httpx2.AsyncClient(timeout=10) as http:
            (await http.post(f"{self.address(part)}/faults", json=faults)).raise_for_status()

    async def _signalled(self, stage: str, number: signal.Signals) -> None:
        pid = self.pids[stage]
        if self._prefork.lives(pid):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, number)
        await self._prefork.ended(pid)

    async def _start(self, stage: str) -> None:
        """Returns when it listens; it may die before that, and then is started again."""
        self.starts += 1
        port = self._ports[stage]
        environment = self.environment() | {"FRONTDESK_HTTP_PORT": str(port)}
        if stage in self.crash_at:
            environment["FRONTDESK_CRASH_AT"] = self.crash_at[stage]
        pid = self.pids[stage] = await self._prefork.fork(stage, environment, self.folder / f"{stage}.log")
        for _ in range(3000):
            if _listens(port):
                return None
            if not self._prefork.lives(pid):
                return await self._start(stage)
            await asyncio.sleep(0.02)
        raise AssertionError(f"{stage} does not listen:\n{(self.folder / f'{stage}.log').read_text()[-4000:]}")

    async def start(self, stack: AsyncExitStack) -> None:
        """Everything, ready. It ends with the stack."""
        await asyncio.to_thread(self.broker.start)
        stack.callback(self.broker.kill)
        if self.nats:
            await stack.enter_async_context(self.nats.listening())
        await self.provision()
        if self.mongo:
            await asyncio.to_thread(self.mongo.start)
            stack.callback(self.mongo.kill)
        await migrate_records(self.records_url, do=True)
        await migrate_keys("", self.records_url, do=True)
        self.records = await open_records(self.records_url)
        stack.push_async_callback(self.records.close)
        keys = await open_keys("", self.records_url)
        stack.push_async_callback(keys.close)
        self.keys = CustomerKeys(keys, Keyring.parse(self._seal))
        cli = [sys.executable, "-m", "services.cli"]
        knowledge: list[str | Path] = [*cli, "kb", "add", _ROOT / "demo" / "knowledge"]
        await asyncio.gather(
            self._prefork.start(),
            once("knowledge", knowledge, self.environment(), self.folder / "knowledge.log"),
            self._child(stack, "shop", "demo.shop", "--data", self.folder / "shop.db", "--nats-url", self.broker.url),
            self._child(stack, "model", "demo.understudy", "--pace", "0"),
        )
        stack.push_async_callback(self._prefork.stop)
        await asyncio.gather(*map(self._start, STAGES))

    async def _child(self, stack: AsyncExitStack, name: str, module: str, *options: str | Path) -> None:
        port = self._ports[name]
        command = [sys.executable, "-m", module, "--port", str(port), *options]

        async def ready() -> bool:
            return _listens(port)

        child = Child(name, command, self.folder / f"{name}.log", ready, self.environment())
        await child.start()
        stack.push_async_callback(child.stop)


@asynccontextmanager
async def running(folder: Path, *, store: Store = "sqlite", proxied: bool = False, **settings: str) -> AsyncIterator[System]:
    """A system in `folder`, whose shop is seeded already; it ends with the block. On MongoDB it raises `NoMongo` where there
    is none."""
    (folder / "nats").mkdir(parents=True, exist_ok=True)
    system = System(folder, settings, store=store, proxied=proxied)
    async with AsyncExitStack() as stack:
        await system.start(stack)
        yield system


def _listens(port: int) -> bool:
    """Asked of the kernel (proc(5), /proc/net/tcp), state 0A is LISTEN. Trying to connect is no way to find out: a port of
    the ephemeral range that nobody listens on may be given to the very socket that tries, which then is connected to itself
    and in the way of who wants to listen."""
    wanted = f":{port:04X}"
    lines = Path("/proc/net/tcp").read_text().splitlines()[1:]
    return any(fields[1].endswith(wanted) and fields[3] == "0A" for fields in map(str.split, lines))
