"""Records on SQLite, and processes of their own that use the same file."""

import os
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import pytest

from shared.stores.sqlite import SqliteRecords

ROOT = Path(__file__).parents[3]

Spawn = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "records.db"


@pytest.fixture
async def records(file: Path) -> AsyncIterator[SqliteRecords]:
    opened = SqliteRecords(file)
    yield opened
    await opened.close()


@pytest.fixture
def spawn() -> Iterator[Spawn]:
    """Starts `python -c CODE ARGUMENTS` or `python -m MODULE ARGUMENTS`; whatever still runs at the end is killed."""
    started: list[subprocess.Popen[str]] = []

    def start(*arguments: str) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, *arguments],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
        )
        started.append(process)
        return process

    yield start
    for process in started:
        if process.poll() is None:
            process.kill()
        process.communicate()
