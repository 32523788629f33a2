"""Child processes of a benchmark, on loopback, ended by their ids; and the CPU time that processes have used."""

import os
import sys
import time
from collections.abc import AsyncIterator, Iterable, Mapping
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
        *,
        said: str = f"{READY}\n",
        environment: Mapping[str, str] | None = None,
    ) -> int:
        """The pid of a child that has `said` that it is ready. Raises `ChildFailed` with its last words."""
        log = self.folder / f"{name}.log"

        async def ready() -> bool:
            return said in text(log)

        child = Child(name, tuple(command), log, ready, environment or {})
        self.stack.push_async_callback(child.stop)
        await child.start()
        return child.pid

    async def once(self, name: str, command: Iterable[str | Path], environment: Mapping[str, str]) -> None:
        """Run a command to its end. Raises `ChildFailed` with its last words when it fails."""
        log = self.folder / f"{name}.log"

        async def ended_well() -> bool:
            return child.process is not None and child.process.returncode == 0

        child = Child(name, tuple(command), log, ended_well, environment)
        self.stack.push_async_callback(child.stop)
        await child.start()

    async def python(self, name: str, module: str, *arguments: str) -> int:
        """One of our own modules, which says when it is ready."""
        return await self.start(name, [sys.executable, "-m", module, *arguments])

    async def nats(self, name: str) -> tuple[int, str]:
        """A nats-server with JetStream in the folder, under its default settings: pid and URL."""
        port, store = free_port(), self.folder / f"{name}-jetstream"
        executable = Path(sys.executable).parent / "nats-server"
        command: list[str | Path] = [executable, "-js", "-sd", store, "-a", "127.0.0.1", "-p", str(port)]
        return await self.start(name, command, said="Server is ready"), f"nats://127.0.0.1:{port}"


@asynccontextmanager
async def children(folder: Path) -> AsyncIterator[Children]:
    """Children of this block, with their logs and data in `folder`, which exists."""
    async with AsyncExitStack() as stack:
        yield Children(folder, stack)


def text(log: Path) -> str:
    """What a child has printed so far."""
    return log.read_text(errors="replace")


def say_ready() -> None:
    """For a child: the line that its parent waits for."""
    os.write(1, f"{READY}\n".encode())
