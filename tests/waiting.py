"""Waiting for something outside this task: a server, a process, a consumer that has no signal to await."""

import asyncio
import inspect
import time
from collections.abc import Awaitable, Callable
from typing import TypeVar

T = TypeVar("T")


async def until(check: Callable[[], T | Awaitable[T]], timeout: float = 10.0, step: float = 0.015) -> T:
    """The first truthy value of `check()`, which may be async. Asked every `step` seconds.

    Raises `AssertionError` with the last value after `timeout` seconds.
    """
    end = time.monotonic() + timeout
    while True:
        answer = check()
        value: T = await answer if inspect.isawaitable(answer) else answer  # type: ignore[assignment]
        if value:
            return value
        if time.monotonic() > end:
            raise AssertionError(f"not reached within {timeout:g} s, last seen: {value!r}")
        await asyncio.sleep(step)
