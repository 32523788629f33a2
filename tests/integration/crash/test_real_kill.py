"""The settings in real processes: one that is asked to die at a point dies there, and a wrong wish stops the start."""

import asyncio
import os
import signal
import subprocess
import sys

from tests.integration.crash.flows import a_plain_turn
from tests.integration.crash.house import open_house, stock
from tests.waiting import until

COMMAND = [sys.executable, "-m", "services.cli", "run", "safety"]
POINT = "safety.MessageReceived.publish-TurnScreened.before"


async def test_a_replica_dies_at_its_point_and_its_turn_is_answered(nats_server, tmp_path, monkeypatch):
    """A second safety beside the one of this process: whichever gets a message, every message is answered."""
    stock(monkeypatch)
    async with open_house(nats_server, tmp_path, monkeypatch.setenv) as house:
        log = tmp_path / "points"
        wish = {"FRONTDESK_CRASH_AT": POINT, "FRONTDESK_CRASH_LOG": str(log), "FRONTDESK_HTTP_PORT": "0"}
        with (tmp_path / "safety.log").open("wb") as said:
            replica = subprocess.Popen(COMMAND, env=os.environ | wish, stdout=said, stderr=said)
        try:

            async def dead() -> bool:
                await asyncio.gather(*(a_plain_turn(house.talk()) for _ in range(8)))
                return replica.poll() is not None

            await until(dead, timeout=60.0)
        finally:
            replica.kill()
            replica.wait(10)
        assert replica.returncode == -signal.SIGKILL, (tmp_path / "safety.log").read_text()
        assert log.read_text().splitlines()[-1] == POINT


def test_a_wrong_point_stops_the_start_with_the_settings_name():
    needed = {"FRONTDESK_SEAL_KEYS": "k1:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="}
    wish = {"FRONTDESK_CRASH_AT": "safety.nothing", "FRONTDESK_HTTP_PORT": "0"}
    ended = subprocess.run(COMMAND, env=os.environ | needed | wish, capture_output=True, text=True, check=False, timeout=60)
    assert ended.returncode != 0
    assert "FRONTDESK_CRASH_AT" in ended.stdout + ended.stderr
