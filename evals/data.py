"""The evaluation data: rows that nobody here wrote, beside the project and no part of it."""

import json
from pathlib import Path
from typing import Any

from shared.errors import ConfigurationError

DATA = Path(__file__).parents[1].parent / "shared" / "data"


def read(file: Path) -> list[dict[str, Any]]:
    """The objects of a file of JSON lines."""
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def rows(name: str, data: Path = DATA) -> list[dict[str, Any]]:
    """The rows of a set, such as `safety/xstest`. Raises `ConfigurationError` where the data are not there."""
    file = data / f"{name}.jsonl"
    try:
        return read(file)
    except FileNotFoundError:
        raise ConfigurationError(f"the evaluation data are not at {data}: there is no {name}.jsonl") from None
