"""`--plot FILE`: the figures as a picture, drawn by matplotlib in an environment of its own."""

import asyncio
import json
from collections.abc import Sequence
from pathlib import Path

from bench.environments import NotInstalled, environment
from bench.statistics import Figure
from shared.errors import ConfigurationError

_HERE = Path(__file__).parent
SUFFIXES = (".svg", ".png", ".pdf")


def check_target(file: Path) -> None:
    """Raises `ConfigurationError` for a file that could not be drawn: better now than after minutes of measuring."""
    if file.suffix not in SUFFIXES:
        raise ConfigurationError(f"{file}: a plot is one of {', '.join(SUFFIXES)}")
    if not file.parent.is_dir():
        raise ConfigurationError(f"{file.parent} is no folder")


async def plot(figures: Sequence[Figure], title: str, file: Path) -> None:
    """Draw `figures` below each other into `file`. Raises `NotInstalled` when it cannot."""
    python = await environment("plots", _HERE / "requirements.txt")
    told = json.dumps({"title": title, "figures": [figure.drawn() for figure in figures]}).encode()
    command = (python, _HERE / "draw.py", file)
    process = await asyncio.create_subprocess_exec(*command, stdin=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE)
    _, said = await process.communicate(told)
    if process.returncode:
        raise NotInstalled(f"the plot was not drawn: {said.decode(errors='replace')[-600:]}")
