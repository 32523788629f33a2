"""Child processes of the development environment: started, awaited, restarted when they die, ended by their ids."""

import asyncio
import ctypes
import os
import signal
import sys
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import structlog

from shared.errors import FrontdeskError

log = structlog.get_logger(__name__)

_LIBC = ctypes.CDLL(None)
_GRACE = 20.0  # seconds between SIGTERM and SIGKILL
_PATIENCE = 60.0  # seconds until a child that does not become ready is given up


class ChildFailed(FrontdeskError):
    """A part did not start; the message holds the end of its log."""


@dataclass(slots=True)
class Child:
    """One part: its command, its own log file, and how to tell that it is ready."""

    name: str
    command: Sequence[str | Path]
    log: Path
    ready: Callable[[], Awaitable[bool]]
    environment: Mapping[str, str] = field(default_factory=dict)
    inherits: Sequence[int] = ()  # descriptors
    restarted: Callable[[], Awaitable[None]] | None = None  # what a fresh start needs that a first one got otherwise
    process: asyncio.subprocess.Process | None = None

    @property
    def pid(self) -> int:
        assert self.process, f"{self.name} was not started"
        return self.process.pid

    async def start(self) -> None:
        """Start and wait until ready. Raises `ChildFailed` with what it said last."""
        with self.log.open("ab") as out:
            self.process = await asyncio.create_subprocess_exec(
                *map(str, self.command),
                stdin=asyncio.subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                env=os.environ | dict(self.environment),
                pass_fds=self.inherits,
                start_new_session=True,  # Ctrl-C is for the supervisor, which ends its children in order
                preexec_fn=_end_with_supervisor if sys.platform == "linux" else None,
            )
        try:
            await self._until_ready(self.process)
        except BaseException:
            await self.stop()
            raise

    async def _until_ready(self, process: asyncio.subprocess.Process) -> None:
        end = time.monotonic() + _PATIENCE
        while not await self.ready():
            if process.returncode is not None or time.monotonic() > end:
                raise ChildFailed(f"{self.name} did not start. The end of {self.log}:\n{self.last_words()}")
            await asyncio.sleep(0.02)

    async def stop(self) -> None:
        """SIGTERM, and SIGKILL when that does not end it."""
        process = self.process
        if process is None or process.returncode is not None:
            return
        process.terminate()
        try:
            await asyncio.wait_for(process.wait(), _GRACE)
        except TimeoutError:
            log.warning("killed, because it did not stop", part=self.name)
            process.kill()
            await process.wait()

    def last_words(self, lines: int = 12) -> str:
        text = self.log.read_text(errors="replace") if self.log.exists() else ""
        return "\n".join(f"  {line[:400]}" for line in text.splitlines()[-lines:]) or "  (nothing)"


def _end_with_supervisor() -> None:
    """In the child: be told to stop when the supervisor is gone without having said so (prctl(2), PR_SET_PDEATHSIG)."""
    _LIBC.prctl(1, signal.SIGTERM)


class Supervisor:
    """Keeps children running: one that dies is started again, and `changed` is told, because its pid is another."""

    def __init__(self, changed: Callable[[], None]) -> None:
        self.children: dict[str, Child] = {}
        self._changed = changed
        self._watchers: set[asyncio.Task[None]] = set()
        self._following: dict[str, asyncio.Task[None]] = {}
        self._stopping = False

    async def start(self, *children: Child) -> None:
        """Start `children` at the same time; return when all are ready."""
        await asyncio.gather(*(child.start() for child in children))
        for child in children:
            self.children[child.name] = child
            watcher = asyncio.create_task(self._watch(child))
            self._watchers.add(watcher)
            watcher.add_done_callback(self._watchers.discard)

    @property
    def pids(self) -> dict[str, int]:
        return {name: child.pid for name, child in self.children.items()}

    async def _watch(self, child: Child) -> None:
        pause = 0.1
        while True:
            assert child.process
            code = await child.process.wait()
            if self._stopping:
                return
            log.warning("a part ended and is started again", part=child.name, code=code)
            began = time.monotonic()
            if earlier := self._following.pop(child.name, None):
                earlier.cancel()
            try:
                await child.start()
                self._changed()
                # Beside the watching: it may die again before that is done.
                self._following[child.name] = asyncio.create_task(self._follow_up(child))
            except ChildFailed as error:
                log.error("a part does not start", part=child.name, error=str(error))  # noqa: TRY400
            pause = 0.1 if time.monotonic() - began > 10 else min(pause * 2, 5.0)
            await asyncio.sleep(pause)

    async def _follow_up(self, child: Child) -> None:
        """What a fresh start needs, until it is done: what that needs itself may not be back yet."""
        while child.restarted:
            try:
                await child.restarted()
                break
            except ChildFailed as error:
                log.error("a part lacks something", part=child.name, error=str(error))  # noqa: TRY400
                await asyncio.sleep(1.0)

    async def stop(self) -> None:
        """End the children in reverse order of their start, each after those that need it."""
        self._stopping = True
        for task in self._following.values():
            task.cancel()
        await asyncio.gather(*self._following.values(), return_exceptions=True)
        for child in reversed(self.children.values()):
            await child.stop()
        for watcher in self._watchers:
            watcher.cancel()
