"""All six services in this very loop, beside a nats-server, the demo shop and a model, each of which a test takes away.

How long: FRONTDESK_TEST_OUTAGE_SECONDS. Without it the outage lasts seconds, and the times of `SCALED` are short in the same
proportion; with it they are those of production.
"""

import asyncio
import os
import resource
import sqlite3
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, closing, contextmanager
from pathlib import Path
from typing import Any

import httpx2
import pytest

from services.compose import open_platform, open_stages, provisioned
from services.health import Health
from services.http import front
from services.names import STAGES
from services.settings import ProcessSettings, read
from shared.contracts import Customer
from shared.identity.sessions import Sessions
from shared.lane.documents import Conversation, Done
from shared.platform import Platform, Stage
from shared.resilience.breaker import Breaker
from shared.sealing import generate_key
from tests.integration.agent.conftest import Behave, ModelServer, calls_tool, streams
from tests.servers import NatsServer, free_port
from tests.waiting import until

LASTS = float(os.environ.get("FRONTDESK_TEST_OUTAGE_SECONDS", "0"))
SCALED = {
    "FRONTDESK_SWEEP_AFTER": "1.5",
    "FRONTDESK_SWEEP_EVERY": "0.3",
    "FRONTDESK_GIVE_UP_AFTER": "30",
    "FRONTDESK_REFUSE_AFTER": "1.5",
    "FRONTDESK_REFUSE_TURNS": "5",
    "FRONTDESK_SHOP_SECONDS": "0.5",
    "FRONTDESK_CONTEXT_TIMEOUT": "0.3",
    "FRONTDESK_AGENT_SILENCE_SECONDS": "0.3",
    "FRONTDESK_AGENT_ATTEMPT_SECONDS": "0.5",
    "FRONTDESK_AGENT_ANSWER_SECONDS": "1.5",
    "FRONTDESK_AGENT_PATIENCE_SECONDS": "1",
    "FRONTDESK_ACTIONS_PATIENCE_SECONDS": "1",
}
SESSION_KEY = "session-key-of-the-tests-0123456789"
STUCK = 5.0  # seconds; a loop that stands for so long is not slow but stuck: no heartbeat of a message gets out in time


_MACHINE = """
import select, sys, time
worst, due = 0.0, time.monotonic() + 0.02
while not select.select([sys.stdin], [], [], 0.02)[0]:
    now = time.monotonic()
    worst, due = max(worst, now - due), now + 0.02
print(worst)
"""


class Lag:
    """How late the loop is with what it was asked to do at a certain time; `machine()`: how late a process is that does
    nothing else but ask, for the machine's own share in it."""

    def __init__(self) -> None:
        self.worst = 0.0
        self._idle = subprocess.Popen(
            [sys.executable, "-c", _MACHINE], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def machine(self) -> float:
        """Ends that process; once."""
        return float(self._idle.communicate("\n")[0])

    def end(self) -> None:
        """Whether or not it was asked."""
        self._idle.kill()
        self._idle.communicate()

    async def run(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            due = loop.time() + 0.02
            await asyncio.sleep(0.02)
            self.worst = max(self.worst, loop.time() - due)


class Desk:
    """The running system, what customers do to it, and what it costs meanwhile."""

    def __init__(self, platform: Platform, stages: list[Stage], model: ModelServer, nats: NatsServer, shop: int) -> None:
        self.platform, self.stages, self.model, self.nats, self.shop = platform, stages, model, nats, shop
        app = front(stages, Health(stages, platform.records))
        bearer = Sessions(SESSION_KEY.encode()).issue(Customer(id="cus_demo", assurance="verified"))
        self.http = httpx2.AsyncClient(
            transport=httpx2.ASGITransport(app), base_url="http://desk", headers={"authorization": f"Bearer {bearer}"}
        )
        self.lag = Lag()
        self.answers: list[httpx2.Response] = []
        self.accepted: dict[str, str] = {}  # message by conversation
        self.missing, self.degraded = set[str](), set[str]()
        self.most = {"tasks": 0, "unsent bytes": 0}
        self._count = 0

    async def say(self) -> str:
        """A message of a conversation of its own. Its place is known once it is taken."""
        self._count += 1
        conversation, message = f"o{self._count}", f"m{self._count}"
        body = {"text": "Where is my order ORD-10001?", "message_id": message}
        answer = await self.http.post(f"/v1/conversations/{conversation}/messages", json=body)
        self.answers.append(answer)
        if answer.status_code == 202:
            self.accepted[conversation] = message
        return conversation

    async def under_load(self, seconds: float, gap: float) -> None:
        """Customers come every `gap` seconds, whether or not those before have been answered; probes look on."""
        loop = asyncio.get_running_loop()
        end, asked = loop.time() + seconds, set[asyncio.Task[Any]]()
        while loop.time() < end:
            asked.add(asyncio.create_task(self.say()))
            await self._look()
            await asyncio.sleep(gap)
        await asyncio.gather(*asked)

    async def _look(self) -> None:
        probe = (await self.http.get("/readyz")).json()
        self.missing |= set(probe.get("missing", ()))
        self.degraded |= set(probe["degraded"])
        unsent = [getattr(stage.broker._connection, "_pending_data_size", 0) for stage in self.stages]
        self.most["unsent bytes"] = max(self.most["unsent bytes"], *unsent)
        self.most["tasks"] = max(self.most["tasks"], len(asyncio.all_tasks()))

    async def end_of(self, conversation: str) -> Done | None:
        lane = await self.platform.records.get(Conversation, conversation)
        return lane.done[-1] if lane and lane.done and not lane.active else None

    async def all_ended(self, timeout: float) -> None:
        """Until each accepted message has had its end; then: exactly one."""

        async def ended() -> bool:
            return all([await self.end_of(conversation) for conversation in self.accepted])

        await until(ended, timeout, 0.1)
        for conversation, message in self.accepted.items():
            lane = await self.platform.records.get(Conversation, conversation)
            assert lane
            assert [done.answers for done in lane.done] == [(message,)]

    async def answers_again(self, timeout: float) -> Done:
        """Until somebody who comes now is answered by the model, with what the shop knows."""
        loop = asyncio.get_running_loop()
        end = loop.time() + timeout
        while True:
            done = None
            if (conversation := await self.say()) in self.accepted:
                done = await until(lambda: self.end_of(conversation), timeout)
                if done.outcome == "answered" and not (await self._look_again()):
                    return done
            assert loop.time() < end, f"not healed; last heard: {done}"
            await asyncio.sleep(0.3)

    async def _look_again(self) -> bool:
        probe = (await self.http.get("/readyz")).json()
        return bool(probe.get("missing") or probe["degraded"])

    def report(self, what: str, seconds: float) -> str:
        machine = self.lag.machine()
        codes = sorted({answer.status_code for answer in self.answers})
        counted = {code: sum(answer.status_code == code for answer in self.answers) for code in codes}
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        late, idle = (f"{each * 1000:.0f} ms" for each in (self.lag.worst, machine))
        return (
            f"{what} away for {seconds:g} s: answers {counted}, loop late by at most {late} (an idle process: {idle}), "
            f"{self.most}, model asked {len(self.model.requests)} times, peak {peak} MB"
        )


@contextmanager
def locked(records: Path) -> Any:
    """The records' file as another program's long transaction leaves it: it can be read, and takes no write."""
    with closing(sqlite3.connect(records, isolation_level=None)) as other:
        other.execute("begin immediate")
        yield lambda: other.execute("rollback")


def answering() -> Behave:
    """A model that looks the order up, and then says something."""

    async def behave(request: dict[str, Any], writer: asyncio.StreamWriter) -> None:
        if request["messages"][-1]["role"] == "tool":
            await streams("It is on its way.")(request, writer)
        else:
            await calls_tool("check_order_status", {"order_id": "ORD-10001"})(request, writer)

    return behave


async def _model(stack: AsyncExitStack) -> ModelServer:
    model, tasks = ModelServer(), set[asyncio.Task[None]]()
    model.behaviours = [answering()]

    def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.create_task(model.serve(reader, writer))
        tasks.add(task)
        task.add_done_callback(tasks.discard)

    async def end() -> None:
        server.close()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await server.wait_closed()

    server = await asyncio.start_server(connected, "127.0.0.1", 0)
    stack.push_async_callback(end)
    model.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1"
    return model


async def _shop(stack: AsyncExitStack, folder: Path, nats: str) -> tuple[str, int]:
    port = free_port()
    command = [sys.executable, "-m", "demo.shop", "--port", str(port), "--data", folder / "shop.db", "--nats-url", nats]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    stack.callback(process.wait)
    stack.callback(process.kill)

    async def answers() -> bool:
        async with httpx2.AsyncClient() as http:
            try:
                return (await http.get(f"http://127.0.0.1:{port}/healthz")).status_code == 200
            except httpx2.TransportError:
                return False

    await until(answers, 20)
    return f"http://127.0.0.1:{port}", process.pid


@pytest.fixture
async def desk(nats_server: NatsServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Desk]:
    async with AsyncExitStack() as stack:
        model = await _model(stack)
        shop, pid = await _shop(stack, tmp_path, nats_server.url)
        environment = {
            "FRONTDESK_NATS_URL": nats_server.url,
            "FRONTDESK_RECORDS": f"sqlite:///{tmp_path / 'records.db'}",
            "FRONTDESK_KNOWLEDGE": f"sqlite:///{tmp_path / 'knowledge.db'}",
            "FRONTDESK_SEAL_KEYS": generate_key(),
            "FRONTDESK_SESSION_KEY": SESSION_KEY,
            "FRONTDESK_RATE_LIMITS": "off",
            "FRONTDESK_SHOP_URL": shop,
            "FRONTDESK_SHOP_WEBHOOK_SECRET": "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
            "OPENAI_API_KEY": "k",
            "OPENAI_BASE_URL": model.url,
            "FRONTDESK_AGENT_MODEL": "m",
        }
        for name, value in (environment | ({} if LASTS else SCALED)).items():
            monkeypatch.setenv(name, value)
        if not LASTS:
            monkeypatch.setitem(Breaker.__init__.__kwdefaults__, "pause", 1.0)
        await provisioned()
        platform = await stack.enter_async_context(open_platform(read(ProcessSettings), traced=False))
        stages = await stack.enter_async_context(open_stages(STAGES, platform))
        made = Desk(platform, stages, model, nats_server, pid)
        stack.push_async_callback(made.http.aclose)
        stack.callback(made.lag.end)
        await made.answers_again(30)
        watch = asyncio.create_task(made.lag.run())
        stack.callback(watch.cancel)
        yield made
