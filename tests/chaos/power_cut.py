"""A power cut: a file system in an image file, which is copied while everything on it is frozen in the middle of its writes.

The copy holds what was synced, or written back by chance, and nothing of what only the page cache knew: it is the disk
after the power has gone. Mounted in the place of the first, the system is started on it as after a cut.
"""

import asyncio
import contextlib
import os
import secrets
import shutil
import signal
import subprocess
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import httpx2

from services.cli.client import Client, RequestRefused
from tests.e2e.environment import Running, Talk, new_conversation, running

SIZE = 800 * 2**20  # bytes; the file is sparse
CUSTOMERS = 8
EARLY = {"FRONTDESK_SWEEP_AFTER": "2"}  # seconds; the default is made for people, not for tests
UNSYNCED = {"PYTHONPATH": str(Path(__file__).with_name("unsynced"))}
ORDER, DAMAGED = "ORD-10002", "I want a refund for ORD-10002, it arrived damaged"


def impossible() -> str:
    """Why there can be no power cut here, or nothing."""
    if os.geteuid() != 0:
        return "a power cut needs root, to mount an image"
    if missing := [name for name in ("losetup", "mkfs.ext4", "mount") if not shutil.which(name)]:
        return f"a power cut needs {', '.join(missing)}"
    if subprocess.run(["losetup", "--find"], capture_output=True, check=False).returncode:
        return "a power cut needs loop devices, to mount an image"
    return ""


class Disk:
    """A file system in a file, mounted at `path`."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "disk"
        self.path.mkdir()
        self._images = [folder / "before.img", folder / "after.img"]
        with self._images[0].open("wb") as image:
            image.truncate(SIZE)
        _run("mkfs.ext4", "-q", "-F", self._images[0])
        _run("mount", "-o", "loop", self._images[0], self.path)

    def copy(self) -> None:
        """As the disk is at this moment; nothing may be writing."""
        _run("cp", "--sparse=always", *self._images)

    def swap(self) -> None:
        """Mount the copy instead; every process of the first must have ended."""
        _run("umount", self.path)
        _run("mount", "-o", "loop", self._images[1], self.path)

    def close(self) -> None:
        subprocess.run(["umount", self.path], capture_output=True, check=False)
        for image in self._images:
            image.unlink(missing_ok=True)


@dataclass
class Outcome:
    """What was acknowledged before the cut, and what became of it. `refunds`: how often the shop has refunded the order."""

    accepted: dict[str, str] = field(default_factory=dict)  # message id -> conversation
    answered: Counter[str] = field(default_factory=Counter)  # message id -> times
    unread: list[str] = field(default_factory=list)  # conversations that are there no more
    confirmed: bool = False
    refunds: int = 0

    @property
    def lost(self) -> list[str]:
        return [id for id in self.accepted if not self.answered[id]]

    @property
    def twice(self) -> list[str]:
        return [id for id, times in self.answered.items() if times > 1]


async def power_cut(folder: Path, seconds: float, *, synced: bool = True, patience: float = 60.0) -> Outcome:
    """Let customers write for so long, cut the power, start again, and wait until all that was accepted is answered, or
    for `patience` seconds."""
    outcome = Outcome()
    disk = Disk(folder)
    environment = EARLY if synced else EARLY | UNSYNCED
    data = disk.path / "data"
    try:
        with contextlib.suppress(_Cut), running(data, "--processes", **environment) as here:
            await _until_cut(here, disk, seconds, outcome)
        disk.swap()
        (data / "addresses.json").unlink()  # of the run that ended so suddenly
        with running(data, "--processes", **EARLY) as here:
            await _healed(here, outcome, patience)
    finally:
        disk.close()
    return outcome


class _Cut(Exception):
    """The power is gone."""


async def _until_cut(here: Running, disk: Disk, seconds: float, outcome: Outcome) -> None:
    async with here.client() as client:
        talk = Talk(client)
        _, offer = await talk.say(DAMAGED)
        os.sync()  # so far it was set-up
        writers = [asyncio.create_task(_write(here, number, outcome)) for number in range(CUSTOMERS)]
        await asyncio.sleep(seconds)
        await client.confirm(talk.conversation, offer.data["token"], True)
        outcome.confirmed = True
        pids = list(here.addresses["pids"].values())
        for pid in pids:
            os.kill(pid, signal.SIGSTOP)
        await asyncio.sleep(0.1)  # for answers that were under way
        disk.copy()
        for task in writers:
            task.cancel()
        await asyncio.gather(*writers, return_exceptions=True)
        _end(pids)
    raise _Cut


async def _write(here: Running, number: int, outcome: Outcome) -> None:
    """Posts faster than it is answered; a conversation has few enough messages that its window remembers all answers."""
    async with here.client(f"cus_cut_{number}") as client:
        while True:
            conversation = new_conversation()
            for _ in range(8):
                id = f"m_{secrets.token_hex(8)}"
                with contextlib.suppress(RequestRefused, httpx2.TransportError):
                    await client.send(conversation, "Where is my order ORD-10001?", id)
                    outcome.accepted[id] = f"{number}/{conversation}"
                await asyncio.sleep(0.1)


async def _healed(here: Running, outcome: Outcome, patience: float) -> None:
    end = time.monotonic() + patience
    conversations = sorted(set(outcome.accepted.values()))
    while True:
        outcome.answered, outcome.unread = Counter(), []
        for name in conversations:
            number, _, conversation = name.partition("/")
            async with here.client(f"cus_cut_{number}") as client:
                try:
                    outcome.answered.update(await _answers(client, conversation))
                except RequestRefused:
                    outcome.unread.append(conversation)
        outcome.refunds = [refund["order_id"] for refund in (await here.ledger())["refunds"]].count(ORDER)
        if (not outcome.lost and outcome.refunds) or time.monotonic() > end:
            return
        await asyncio.sleep(0.5)


async def _answers(client: Client, conversation: str) -> list[str]:
    """The messages that each delivered event answers."""
    if not (await client.transcript(conversation))["last_event_id"]:
        return []
    return [id for event in await Talk(client, conversation).all_events() for id in event.data["answers"]]


def _end(pids: list[int]) -> None:
    for pid in pids:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    end = time.monotonic() + 10
    while any(_runs(pid) for pid in pids) and time.monotonic() < end:
        time.sleep(0.02)


def _runs(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


def _run(*command: str | Path) -> None:
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{command[0]}: {done.stderr}"
