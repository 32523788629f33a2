"""A process that is killed right after its 202 has lost nothing."""

import asyncio
import os
import signal
import sys
from pathlib import Path

import httpx2

from services.ingress.app import HANDLERS
from shared.contracts import Customer
from shared.identity.sessions import Sessions
from shared.lane.documents import Conversation
from shared.messaging import BusSettings, connected, topology
from shared.messaging.provision import apply
from shared.stores.sqlite import SqliteRecords
from tests.integration.ingress.conftest import SESSION_KEY
from tests.servers import NatsServer

CHILD = Path(__file__).with_name("child.py")


async def test_kill_after_202(nats_server: NatsServer, tmp_path: Path) -> None:
    bus = BusSettings(url=nats_server.url)
    async with connected(bus, "test") as client:
        await apply(client, topology(bus, {"ingress": HANDLERS}))
    environment = os.environ | {"PYTHONPATH": str(CHILD.parents[3])}
    child = await asyncio.create_subprocess_exec(
        sys.executable,
        str(CHILD),
        nats_server.url,
        str(tmp_path / "records.db"),
        stdout=asyncio.subprocess.PIPE,
        env=environment,
    )
    try:
        assert child.stdout
        address = (await asyncio.wait_for(child.stdout.readline(), 30)).decode().strip()
        token = Sessions(SESSION_KEY.encode()).issue(Customer(id="ann", assurance="verified"))
        async with httpx2.AsyncClient(base_url=address, headers={"authorization": f"Bearer {token}"}) as http:
            answers = [await http.post(f"/v1/conversations/c{n}/messages", json={"text": "hello"}) for n in range(5)]
            os.kill(child.pid, signal.SIGKILL)
        assert {answer.status_code for answer in answers} == {202}
    finally:
        if child.returncode is None:
            child.kill()
        await child.wait()
    records = SqliteRecords(tmp_path / "records.db")
    for number, answer in enumerate(answers):
        lane = await records.get(Conversation, f"c{number}")
        assert lane
        assert lane.active
        assert lane.active.members[0].id == answer.json()["message_id"]
    await records.close()
