"""Stores by URL. `sqlite:///data/records.db` is relative to the working directory, `sqlite:////data/records.db` absolute.

That is how SQLAlchemy reads them (https://docs.sqlalchemy.org/en/20/core/engines.html#sqlite).
"""

import sys
from pathlib import Path
from urllib.parse import unquote, urlsplit

from shared.errors import ConfigurationError
from shared.stores.fts5 import Fts5Knowledge
from shared.stores.knowledge import Knowledge
from shared.stores.port import Records
from shared.stores.sqlite import SqliteRecords

_SWITCH = 0.0005


async def open_records(url: str) -> Records:
    """The records of `url`, which belong to the running loop.

    Schemes: `sqlite`. Raises `ConfigurationError` for another URL or a folder that does not exist, `StoreUnavailable`
    when the store cannot be reached, `StoreBroken` when it is of another generation.
    """
    path = _file(url, "records")
    # The writer's thread asks for the interpreter several times a group: a loop that computes makes it wait each time.
    sys.setswitchinterval(min(sys.getswitchinterval(), _SWITCH))
    return SqliteRecords(path)


async def open_knowledge(url: str) -> Knowledge:
    """The knowledge of `url`, a file of its own; schemes and errors as for `open_records`."""
    return Fts5Knowledge(_file(url, "knowledge"))


def _file(url: str, store: str) -> Path:
    parts = urlsplit(url)
    if parts.scheme != "sqlite":
        raise ConfigurationError(f"{store}: no store for {parts.scheme or url!r}; supported: sqlite:///path/to/file")
    if parts.netloc or parts.query or parts.fragment or not parts.path.strip("/"):
        raise ConfigurationError(f"{store}: write sqlite:///path/to/file (a fourth slash makes it absolute), no more")
    path = Path(unquote(parts.path.removeprefix("/")))
    if not path.parent.is_dir():
        raise ConfigurationError(f"{store}: the folder {path.parent.absolute()} does not exist")
    return path
