"""Frontdesk as it is deployed: six processes of `frontdesk run`, a nats-server, records on disk."""

import asyncio
import base64
import secrets
import sys
from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path

from bench.benchmark import Progress
from bench.processes import Children
from bench.turns.peers import Conversation
from services.dev.environment import free_port
from services.names import STAGES
from shared.identity.sessions import Sessions, guest

_DEMO = Path(__file__).parents[2] / "demo"


@dataclass(frozen=True, slots=True)
class Running:
    """Where it is reached, what runs it, and the key that its sessions are signed with."""

    ingress: str
    egress: str
    nats: str
    pids: Mapping[str, int]
    session_key: str

    async def conversations(self, count: int, stack: AsyncExitStack) -> Sequence[Conversation]:
        """Guests with one conversation each, opened; they leave with the stack."""
        sessions = Sessions(self.session_key.encode())
        made = [Conversation(f"bench-{number}", sessions.issue(guest())) for number in range(count)]
        for conversation in made:
            await conversation.open(self.ingress, self.egress)
            stack.callback(conversation.close)
        return made


async def start(started: Children, model: str, progress: Progress) -> Running:
    """Everything, ready. It ends with the children."""
    server, nats = await started.nats("nats")
    environment = settings(started.folder, nats, model)
    progress("streams and knowledge")
    await started.once("migrate", [*frontdesk("migrate", "apply")], environment)
    await started.once("knowledge", [*frontdesk("kb", "add"), _DEMO / "knowledge"], environment)
    progress("six services")
    ports = {name: free_port() for name in STAGES}

    async def stage(name: str) -> int:
        own = environment | {"FRONTDESK_HTTP_PORT": str(ports[name])}
        return await started.start(name, frontdesk("run", name), said='"event": "ready"', environment=own)

    pids = dict(zip(STAGES, await asyncio.gather(*map(stage, STAGES)), strict=True)) | {"nats": server}
    doors = [f"http://127.0.0.1:{ports[name]}" for name in ("ingress", "egress")]
    return Running(doors[0], doors[1], nats, pids, environment["FRONTDESK_SESSION_KEY"])


def settings(folder: Path, nats: str, model: str) -> dict[str, str]:
    """As shipped, but for the rate limits, which 32 guests at full speed would meet. No shop: guests have no orders."""
    return {
        "FRONTDESK_NATS_URL": nats,
        "FRONTDESK_RECORDS": f"sqlite:///{folder / 'records.db'}",
        "FRONTDESK_KNOWLEDGE": f"sqlite:///{folder / 'knowledge.db'}",
        "FRONTDESK_ASSISTANT": str(_DEMO / "assistant.yaml"),
        "FRONTDESK_SEAL_KEYS": "bench:" + base64.b64encode(secrets.token_bytes(32)).decode(),
        "FRONTDESK_SESSION_KEY": secrets.token_urlsafe(48),
        "FRONTDESK_SHOP_URL": "http://127.0.0.1:9",
        "FRONTDESK_SHOP_WEBHOOK_SECRET": "whsec_" + base64.b64encode(secrets.token_bytes(24)).decode(),
        "FRONTDESK_RATE_LIMITS": "off",
        "FRONTDESK_LOG_FORMAT": "json",
        "FRONTDESK_LOG_LEVEL": "info",
        "FRONTDESK_AGENT_MODEL": "bench",
        "OPENAI_BASE_URL": f"{model}/v1",
        "OPENAI_API_KEY": "bench",
        "OTEL_EXPORTER_OTLP_ENDPOINT": "",
    }


def frontdesk(*arguments: str) -> list[str | Path]:
    """A command of ours, in this environment."""
    return [sys.executable, "-m", "services.cli", *arguments]
