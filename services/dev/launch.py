"""`frontdesk dev`: a nats-server, the demo shop, a model, a trace receiver and the six services, as child processes."""

import asyncio
import os
import sys
from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2

from services.dev.children import Child, Supervisor
from services.dev.environment import ADDRESSES, Secrets, check_port, free_port, occupied, open_secrets, write_addresses
from services.names import STAGES

DEMO_CUSTOMER = "cus_demo"
Progress = Callable[[str], None]
Command = list[str | Path]


@dataclass(frozen=True, slots=True)
class Options:
    """What `frontdesk dev` was asked for. `processes`: one process for each service instead of one for all six.

    `record_prompts`: the model's stand-in keeps what it is shown, in `prompts.jsonl`.
    """

    data: Path
    port: int = 8080
    processes: bool = False
    records: str = ""
    record_prompts: bool = False


class Development:
    """The running environment. Enter it to start everything; leave it to end everything."""

    def __init__(self, options: Options, progress: Progress) -> None:
        self.options, self._progress = options, progress
        self.folder = options.data.resolve()
        self.addresses: dict[str, Any] = {}
        self._supervisor = Supervisor(self._publish)
        self._stack = AsyncExitStack()

    async def __aenter__(self) -> "Development":
        for name in ("logs", "nats"):
            (self.folder / name).mkdir(parents=True, exist_ok=True)
        self._held = self._stack.enter_context(occupied(self.folder))
        try:
            check_port(self.options.port)
            self._secrets = open_secrets(self.folder)
            self._stack.callback((self.folder / ADDRESSES).unlink, missing_ok=True)
            self._stack.push_async_callback(self._supervisor.stop)
            await self._start()
        except BaseException:
            await self._stack.aclose()
            raise
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._stack.aclose()

    async def _start(self) -> None:
        ports = {name: free_port() for name in ("nats", "shop", "model", "telemetry")}
        http = self.options.port or free_port()
        self.addresses = {
            "http": f"http://127.0.0.1:{http}",
            "nats": f"nats://127.0.0.1:{ports['nats']}",
            "shop": f"http://127.0.0.1:{ports['shop']}",
            "model": os.environ.get("OPENAI_BASE_URL") or f"http://127.0.0.1:{ports['model']}/v1",
            "telemetry": f"http://127.0.0.1:{ports['telemetry']}",
            "backend_key": self._secrets.backend_key,
            "desk_key": self._secrets.desk_key,
        }
        self.addresses |= {name: self.environment()[f"FRONTDESK_{name.upper()}"] for name in ("records", "keys")}
        self._progress("broker, shop, model and services")
        parts = [self._nats(ports["nats"]), self._telemetry(ports["telemetry"]), self._shop(ports["shop"])]
        if not _own_model():
            parts.append(self._model(ports["model"]))
        await asyncio.gather(self._supervisor.start(*parts), self._knowledge(), self._services(http))
        self.addresses["demo_token"] = _demo_token(self._secrets)
        self._publish()

    async def _migrate(self) -> None:
        """As a deployment does before its pods start; again after the broker died, as it may have lost its store."""
        await self._once("migrate", [sys.executable, "-m", "services.cli", "migrate", "apply"])

    async def _services(self, http: int) -> None:
        """A service waits for its broker by itself; where all share a process, that process brings the topology, too."""
        if not self.options.processes:
            await self._supervisor.start(self._stage("all", http, "frontdesk", "--migrate"))
            return
        from services.dev import proxy
        from services.http import Server

        await self._migrate()
        ports = {name: free_port() for name in STAGES}
        await self._supervisor.start(*(self._stage(name, ports[name], name) for name in STAGES))
        inside = [f"http://127.0.0.1:{ports[name]}" for name in ("ingress", "egress")]
        app, client = proxy.create_app(*inside)
        self._stack.push_async_callback(client.aclose)
        await self._stack.enter_async_context(Server(app, "127.0.0.1", http))

    def _publish(self) -> None:
        pids = self._supervisor.pids | {"dev": os.getpid()}
        write_addresses(self.folder, self.addresses | {"pids": pids})

    # The parts -----------------------------------------------------------------------------------------------------

    def _nats(self, port: int) -> Child:
        executable = Path(sys.executable).parent / "nats-server"
        command: Command = [executable, "-js", "-sd", self.folder / "nats", "-a", "127.0.0.1", "-p", str(port)]
        child = self._child("nats", command, _listening(port))
        child.restarted = self._migrate
        return child

    def _telemetry(self, port: int) -> Child:
        data = self.folder / "spans.db"
        command: Command = [sys.executable, "-m", "shared.telemetry.receiver", "--data", data, "--port", str(port)]
        return self._child("telemetry", command, _healthy(f"http://127.0.0.1:{port}"), traced=False)

    def _shop(self, port: int) -> Child:
        command: Command = [sys.executable, "-m", "demo.shop", "--port", str(port), "--data", self.folder / "shop.db"]
        return self._child("shop", [*command, "--nats-url", self.addresses["nats"]], _healthy(self.addresses["shop"]))

    def _model(self, port: int) -> Child:
        command: Command = [sys.executable, "-m", "demo.understudy", "--port", str(port)]
        if self.options.record_prompts:
            command += ["--record", self.folder / "prompts.jsonl"]
        return self._child("model", command, _healthy(f"http://127.0.0.1:{port}"))

    def _stage(self, name: str, port: int, part: str, *options: str) -> Child:
        command: Command = [sys.executable, "-m", "services.cli", "run", name, *options]
        return self._child(part, command, _healthy(f"http://127.0.0.1:{port}"), FRONTDESK_HTTP_PORT=str(port))

    async def _knowledge(self) -> None:
        """Add the demo's articles, unless what is there is newer than all of them."""
        folder = Path(__file__).parents[2] / "demo" / "knowledge"
        kept = self.folder / "knowledge.db"
        if kept.exists() and kept.stat().st_mtime > max(article.stat().st_mtime for article in folder.glob("*.md")):
            return
        await self._once("knowledge", [sys.executable, "-m", "services.cli", "kb", "add", folder])

    def _child(self, name: str, command: Command, ready: Any, *, traced: bool = True, **more: str) -> Child:
        environment = self.environment() | more
        if not traced:
            environment.pop("OTEL_EXPORTER_OTLP_ENDPOINT")
        return Child(name, command, self.folder / "logs" / f"{name}.log", ready, environment, inherits=(self._held,))

    async def _once(self, name: str, command: Command) -> None:
        """Run a command of ours to its end. Raises `ChildFailed` when it fails."""
        child = self._child(name, command, _never, traced=False)
        child.ready = lambda: _ended_well(child)
        await child.start()

    def environment(self) -> dict[str, str]:
        """The settings of every part: what a deployment sets through its chart."""
        made = self._secrets
        settings = {
            "FRONTDESK_NATS_URL": self.addresses["nats"],
            "FRONTDESK_RECORDS": self.options.records or f"sqlite:///{self.folder / 'records.db'}",
            "FRONTDESK_KEYS": "",
            "FRONTDESK_KNOWLEDGE": f"sqlite:///{self.folder / 'knowledge.db'}",
            "FRONTDESK_ASSISTANT": str(Path(__file__).parents[2] / "demo" / "assistant.yaml"),
            "FRONTDESK_SEAL_KEYS": made.seal_key,
            "FRONTDESK_SESSION_KEY": made.session_key,
            "FRONTDESK_CUSTOMER_JWT_KEY": made.customer_jwt_key,
            "FRONTDESK_CUSTOMER_JWT_ALGORITHM": "HS256",
            "FRONTDESK_API_KEYS": f"events:{made.backend_key},desk:{made.desk_key}",
            "FRONTDESK_SHOP_URL": self.addresses["shop"],
            "FRONTDESK_SHOP_WEBHOOK_SECRET": made.webhook_secret,
            "FRONTDESK_DEMO_PAGE": "true",
            "FRONTDESK_RATE_CUSTOMER": "6000/minute",
            "FRONTDESK_RATE_ADDRESS": "60000/minute",
            "FRONTDESK_RATE_SESSIONS": "6000/minute",
            "FRONTDESK_LOG_FORMAT": "json",
            "OTEL_EXPORTER_OTLP_ENDPOINT": self.addresses["telemetry"],
            "OTEL_BSP_SCHEDULE_DELAY": "500",  # milliseconds: who runs `frontdesk trace` after a turn waits for it
        }
        if not _own_model():
            settings |= {
                "OPENAI_BASE_URL": self.addresses["model"],
                "OPENAI_API_KEY": "understudy",
                "FRONTDESK_AGENT_MODEL": "understudy",
            }
        return {name: os.environ.get(name, value) for name, value in settings.items()} | _fixed(settings)


def _fixed(settings: dict[str, str]) -> dict[str, str]:
    """Addresses of our own children: a variable left over in a shell must not point a demo at a real system."""
    return {
        name: settings[name] for name in ("FRONTDESK_NATS_URL", "FRONTDESK_SHOP_URL", "FRONTDESK_RECORDS", "FRONTDESK_KEYS")
    }


def _own_model() -> bool:
    return bool(os.environ.get("OPENAI_API_KEY"))


def _demo_token(made: Secrets) -> str:
    from shared.contracts import Customer
    from shared.identity.sessions import Sessions

    sessions = Sessions(made.session_key.encode(), lifetime=7 * 86400.0)
    return sessions.issue(Customer(id=DEMO_CUSTOMER, assurance="verified"))


def _listening(port: int) -> Any:
    async def ready() -> bool:
        try:
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            return False
        answered = await reader.read(4) == b"INFO"
        writer.close()
        return answered

    return ready


def _healthy(address: str) -> Any:
    async def ready() -> bool:
        try:
            async with httpx2.AsyncClient(timeout=2) as client:
                return (await client.get(f"{address}/healthz")).status_code == 200
        except httpx2.TransportError:
            return False

    return ready


async def _never() -> bool:
    return False


async def _ended_well(child: Child) -> bool:
    assert child.process
    return child.process.returncode == 0
