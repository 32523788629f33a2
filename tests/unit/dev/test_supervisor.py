"""A part that dies is started again, and what its fresh start needs is done: again when it failed, and not in its way."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from services.dev.children import Child, ChildFailed, Supervisor
from tests.waiting import until


async def _ready() -> bool:
    return True


@asynccontextmanager
async def supervised(folder: Path, restarted: Callable[[], Awaitable[None]]) -> AsyncIterator[Child]:
    command = [sys.executable, "-c", "import signal; signal.pause()"]
    child = Child("part", command, folder / "part.log", _ready, restarted=restarted)
    supervisor = Supervisor(lambda: None)
    await supervisor.start(child)
    try:
        yield child
    finally:
        await supervisor.stop()
        assert child.process
        assert child.process.returncode is not None


async def killed(child: Child) -> None:
    before = child.pid
    os.kill(before, signal.SIGKILL)
    await until(lambda: child.pid != before)


async def test_what_a_fresh_start_needs_is_tried_until_it_succeeds(tmp_path: Path) -> None:
    tried: list[int] = []

    async def restarted() -> None:
        tried.append(child.pid)
        if len(tried) == 1:
            raise ChildFailed("it is not there yet")

    async with supervised(tmp_path, restarted) as child:
        await killed(child)
        await until(lambda: len(tried) == 2)
        assert tried == [child.pid] * 2


async def test_a_part_is_watched_while_that_is_under_way(tmp_path: Path) -> None:
    begun: list[int] = []
    given_up: list[int] = []

    async def restarted() -> None:
        begun.append(child.pid)
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            given_up.append(begun[-1])
            raise

    async with supervised(tmp_path, restarted) as child:
        await killed(child)
        await until(lambda: begun)
        await killed(child)
        await until(lambda: len(begun) == 2)
        assert given_up == begun[:1]
    assert given_up == begun
