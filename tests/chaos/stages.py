"""The parent's side of the pre-forking server: starts services, and learns when one has ended."""

import asyncio
import json
import os
import sys
from collections import deque
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from services.dev.children import Child


class Prefork:
    """Forks services. One at a time is asked for, any number may run."""

    def __init__(self, log: Path) -> None:
        self._log = log
        self._ended: dict[int, asyncio.Event] = {}
        self._codes: dict[int, int] = {}
        self._waiting: deque[asyncio.Future[int]] = deque()
        self._process: asyncio.subprocess.Process | None = None
        self._reader: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Import everything once. Returns when it is ready to fork."""
        with self._log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "tests.chaos.prefork",
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=log,
                cwd=Path(__file__).parents[2],
                start_new_session=True,
            )
        assert self._process.stdout
        if not await self._process.stdout.readline():
            raise AssertionError(f"the services cannot be imported:\n{self._log.read_text()}")
        self._reader = asyncio.create_task(self._read(self._process.stdout))

    async def _read(self, told: asyncio.StreamReader) -> None:
        while line := await told.readline():
            said: dict[str, Any] = json.loads(line)
            event = self._ended.setdefault(said["pid"], asyncio.Event())
            if "ended" in said:
                self._codes[said["pid"]] = said["ended"]
                event.set()
            else:
                self._waiting.popleft().set_result(said["pid"])

    async def fork(self, stage: str, environment: Mapping[str, str], log: Path) -> int:
        """The pid of a new process of this service; it is not ready yet."""
        assert self._process
        assert self._process.stdin
        pid: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        self._waiting.append(pid)
        asked = {"stage": stage, "environment": dict(os.environ) | dict(environment), "log": str(log)}
        self._process.stdin.write(json.dumps(asked).encode() + b"\n")
        return await pid

    def lives(self, pid: int) -> bool:
        return not self._ended[pid].is_set()

    async def ended(self, pid: int) -> int:
        """Wait until it has; the answer is its exit code, negative for a signal."""
        await self._ended[pid].wait()
        return self._codes[pid]

    async def stop(self) -> None:
        """End it; its children die with it."""
        if self._process and self._process.returncode is None:
            self._process.kill()
            await self._process.wait()
        if self._reader:
            await self._reader


async def once(name: str, command: list[str | Path], environment: Mapping[str, str], log: Path) -> None:
    """Run a command to its end. Raises `ChildFailed` with its last words when it fails."""

    async def ended_well() -> bool:
        return child.process is not None and child.process.returncode == 0

    child = Child(name, command, log, ended_well, environment)
    await child.start()
