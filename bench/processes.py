"""Child processes of a benchmark, on loopback, ended by their ids; and the CPU time that processes have used."""

import os
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from services.dev.children import Child
from services.dev.environment import free_port
from shared.errors import ConfigurationError

READY = "ready"
"""The line by which our own child processes say that they serve."""


def cpu_seconds(pids: Iterable[int]) -> float:
    """User and system time of these processes so far, of all their threads, also of those that have ended.

    Linux keeps a clock for each process, to the nanosecond, where /proc shows hundredths of a second. Its id is made of the
    pid as in glibc's `clock_getcpuclockid` (sysdeps/unix/sysv/linux/clock_getcpuclockid.c): CPUCLOCK_SCHED, per process.
    """
    return sum(time.clock_gettime((~pid << 3) | 2) for pid in pids)


def check_platform() -> None:
    """Raises `ConfigurationError` where processes have no such clock."""
    if not sys.platform.startswith("linux"):
        raise ConfigurationError("frontdesk bench reads the CPU clocks of other processes, which only Linux has")


@dataclass(frozen=True, slots=True)
class Children:
    """Starts children, each after those before it are ready; they end in reverse order with the stack."""

    folder: Path
    stack: AsyncExitStack

    async def start(
        self,
        name: str,
        command: Iterable[str | Path],
        ready: Callable[[], Awaitable[bool]] | None = None,
        environment: Mapping[str, str] | None = None,
    ) -> int:
        """The pid of a child that is ready; by default it is once it says so. Raises `ChildFailed` with its last words."""
        log = self.folder / f"{name}.log"
        child = Child(name, tuple(command), log, ready or _says_ready(log), environment or {})
        self.stack.push_async_callback(child.stop)
        await child.start()
        return child.pid

    async def python(self, name: str, module: str, *arguments: str, environment: Mapping[str, str] | None = None) -> int:
        """One of our own modules, which says when it is ready."""
        return await self.start(name, [sys.executable, "-m", module, *arguments], environment=environment)

    async def nats(self, name: str, *, monitored: bool = False) -> tuple[int, str, str]:
        """A nats-server with JetStream in the folder, under its default settings: pid, URL, and monitoring URL or ""."""
        port, monitor = free_port(), free_port() if monitored else 0
        executable = Path(sys.executable).parent / "nats-server"
        store, log = self.folder / f"{name}-jetstream", self.folder / f"{name}.log"
        command: list[str | Path] = [executable, "-js", "-sd", store, "-a", "127.0.0.1", "-p", str(port)]
        if monitor:
            command += ["-m", str(monitor)]
        pid = await self.start(name, command, _says(log, "Server is ready"))
        return pid, f"nats://127.0.0.1:{port}", f"http://127.0.0.1:{monitor}" if monitor else ""


@asynccontextmanager
async def children(folder: Path) -> AsyncIterator[Children]:
    """Children of this block, with their logs and data in `folder`, which exists."""
    async with AsyncExitStack() as stack:
        yield Children(folder, stack)


def _says_ready(log: Path) -> Callable[[], Awaitable[bool]]:
    return _says(log, f"{READY}\n")


def _says(log: Path, words: str) -> Callable[[], Awaitable[bool]]:
    async def said() -> bool:
        return words in text(log)

    return said


def text(log: Path) -> str:
    """What a child has printed so far."""
    return log.read_text(errors="replace")


def say_ready() -> None:
    """For a child: the line that its parent waits for."""
    os.write(1, f"{READY}\n".encode())
