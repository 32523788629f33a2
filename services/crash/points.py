"""The two points of a write, and what a stage is doing when it writes."""

import asyncio
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from services.crash.fuse import Reached


@dataclass(frozen=True, slots=True)
class Write:
    """One write. `reached` is told of its points by their names."""

    name: str
    reached: Reached
    done: Callable[[], None]

    def before(self) -> None:
        self.reached(f"{self.name}.before")

    def after(self) -> None:
        self.done()
        self.reached(f"{self.name}.after")

    @contextmanager
    def around(self) -> Iterator[None]:
        """The block does it; if it raises, nobody knows that it was done."""
        self.before()
        yield
        self.after()


Writing = Callable[[str], Write]
"""The next write of this kind, such as `change-turn`, in what the stage is doing now."""


@dataclass(frozen=True, slots=True)
class Doing:
    """The event or the request that a stage handles, and how often it has written what for it."""

    name: str
    written: Counter[str] = field(default_factory=Counter)


doing: ContextVar[Doing | None] = ContextVar("doing", default=None)


def write(stage: str, what: str, reached: Reached) -> Write:
    """The next write of this kind in what the stage handles now, or in a task of its own, by the task's name."""
    if now := doing.get():
        count = now.written[what] + 1  # only what was done counts: what an insert refuses, say, is no first write
        name = f"{stage}.{now.name}.{what}" + (f"-{count}" if count > 1 else "")
        return Write(name, reached, lambda: now.written.update((what,)))
    task = asyncio.current_task()
    assert task, "stages write in tasks"
    return Write(f"{stage}.{task.get_name()}.{what}", reached, lambda: None)
