"""At which crash point this process dies: `FRONTDESK_CRASH_AT`, and what it has reached: `FRONTDESK_CRASH_LOG`."""

import os
import random
import re
import signal
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from services.names import STAGES

_POINT = re.compile(
    rf"(?P<point>(?:{'|'.join(STAGES)})\.[\w-]+\.[\w-]+\.(?:before|after))"
    r"(?:@(?P<time>[1-9]\d*)|~(?P<probability>0?\.\d+|1|1\.0):(?P<seed>\d+))?"
)

Reached = Callable[[str], None]
"""Called with the name of each point that is reached."""


@dataclass(frozen=True, slots=True)
class Crash:
    """Die at `point`: when it is reached for the `time`-th time, or, with a `probability`, each time by lot."""

    point: str
    time: int = 1
    probability: float = 0.0
    seed: int = 0

    @classmethod
    def parse(cls, text: str) -> Self:
        """From `<point>`, `<point>@<time>` or `<point>~<probability>:<seed>`. Raises `ValueError` for anything else."""
        if not (found := _POINT.fullmatch(text)):
            raise ValueError(f"{text!r} is no crash point: write <point>, <point>@<time> or <point>~<probability>:<seed>")
        time, probability, seed = found["time"] or 1, found["probability"] or 0.0, found["seed"] or 0
        return cls(found["point"], int(time), float(probability), int(seed))


class CrashSettings(BaseSettings):
    """`FRONTDESK_CRASH_*`. For tests of a whole system; a process in production has none of them."""

    model_config = SettingsConfigDict(env_prefix="FRONTDESK_", frozen=True, extra="ignore")

    crash_at: str | None = Field(
        None, description="Die by SIGKILL at this crash point: <point>[@<time>|~<probability>:<seed>]."
    )
    crash_log: Path | None = Field(None, description="Append the name of each crash point that is reached to this file.")

    @field_validator("crash_at")
    @classmethod
    def _is_a_point(cls, text: str | None) -> str | None:
        return text if text is None or Crash.parse(text) else None

    def reached(self) -> Reached | None:
        """What is called at each point. None: neither is set, and nothing is to be wrapped."""
        if self.crash_at is None and self.crash_log is None:
            return None
        return Fuse(Crash.parse(self.crash_at) if self.crash_at else None, self.crash_log)


class Fuse:
    """Logs each point, and kills this process at the planned one.

    With a log, counting and drawing lots go on where the process before this one died: started again with the same
    settings, a process does not die of the same time again.
    """

    def __init__(self, crash: Crash | None, log: Path | None, die: Callable[[], None] | None = None) -> None:
        self._crash, self._die = crash, die or _die
        self._lots = random.Random(crash.seed if crash else 0)  # noqa: S311 - it chooses a victim, not a secret
        self._count = 0
        self._log = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o600) if log else None
        if crash and log:
            for _ in range(log.read_text().splitlines().count(crash.point)):
                self._due(crash)

    def __call__(self, point: str) -> None:
        if self._log is not None:
            os.write(self._log, f"{point}\n".encode())
        if self._crash and point == self._crash.point and self._due(self._crash):
            self._die()

    def _due(self, crash: Crash) -> bool:
        self._count += 1
        return self._lots.random() < crash.probability if crash.probability else self._count == crash.time


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)
