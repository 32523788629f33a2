"""Stores by URL. `sqlite:///data/records.db` is relative to the working directory, `sqlite:////data/records.db` absolute.

That is how SQLAlchemy reads them (https://docs.sqlalchemy.org/en/20/core/engines.html#sqlite). `mongodb://` and
`mongodb+srv://` are connection strings (https://www.mongodb.com/docs/manual/reference/connection-string/); the path names the
database, `frontdesk` if there is none. What speaks to MongoDB is loaded only for them.
"""

import asyncio
import sys
from pathlib import Path
from urllib.parse import unquote, urlsplit

from shared.errors import ConfigurationError
from shared.stores.collections import KEY_COLLECTIONS
from shared.stores.fts5 import Fts5Knowledge
from shared.stores.knowledge import Knowledge
from shared.stores.mongo.settings import MongoSettings
from shared.stores.port import Records
from shared.stores.sqlite import SqliteRecords
from shared.stores.sqlite.connection import truncate_log

_SWITCH = 0.0005


async def open_records(url: str, mongo: MongoSettings | None = None) -> Records:
    """The records of `url`, which belong to the running loop.

    Schemes: `sqlite`, `mongodb`, `mongodb+srv`; `mongo` has what a URL of MongoDB does not tell. Raises `ConfigurationError`
    for another URL, a folder that does not exist or when the store refuses us, `StoreUnavailable` when the store cannot be
    reached, `StoreBroken` when it is of another generation or `frontdesk migrate apply` has to run first.
    """
    if on_mongo(url):
        from shared.stores.mongo.records import MongoRecords

        return await MongoRecords.open(url, mongo)
    path = _file(url, "records")
    # The writer's thread asks for the interpreter several times a group: a loop that computes makes it wait each time.
    sys.setswitchinterval(min(sys.getswitchinterval(), _SWITCH))
    return SqliteRecords(path)


async def open_knowledge(url: str) -> Knowledge:
    """The knowledge of `url`, a file of its own; schemes and errors as for `open_records`."""
    return Fts5Knowledge(_file(url, "knowledge"))


async def open_keys(url: str, records: str, mongo: MongoSettings | None = None) -> Records:
    """The store of customers' keys: that of `url`, or, where it is empty, one of its own beside the `records`.

    Of SQLite that is a second file (`records.db` has `records.keys.db`), of MongoDB a second database (`frontdesk_keys`).
    Errors as for `open_records`.
    """
    if on_mongo(url or records):
        from shared.stores.mongo.records import MongoRecords

        return await MongoRecords.open(
            url or records, mongo, database=_keys_database(url, records), collections=KEY_COLLECTIONS
        )
    return SqliteRecords(_file(url, "keys") if url else _keys_file(records), collections=KEY_COLLECTIONS)


async def migrate_records(url: str, mongo: MongoSettings | None = None, *, do: bool) -> list[str]:
    """What the records of `url` need changed, and with `do` it is done. A SQLite file is made when it is opened.

    Raises what `open_records` raises; `StoreBroken` also for what cannot be done in place, before anything is done.
    """
    if not on_mongo(url):
        return []
    from shared.stores.mongo.client import migrate

    return [str(change) for change in await migrate(url, mongo or MongoSettings(), do=do)]


async def migrate_keys(url: str, records: str, mongo: MongoSettings | None = None, *, do: bool) -> list[str]:
    """The same for the store of customers' keys; arguments as for `open_keys`."""
    if not on_mongo(url or records):
        return []
    from shared.stores.mongo.client import migrate

    database, settings = _keys_database(url, records), mongo or MongoSettings()
    changes = await migrate(url or records, settings, do=do, database=database, collections=KEY_COLLECTIONS)
    return [str(change).replace("records:", "keys:", 1) for change in changes]


async def scrub(records: str, keys: str = "") -> None:
    """Take what was deleted out of the write-ahead logs of SQLite files; MongoDB's journal ends by itself."""
    paths = [] if on_mongo(records) else [_file(records, "records")]
    if not on_mongo(keys or records):
        paths.append(_file(keys, "keys") if keys else _keys_file(records))
    for path in paths:
        await asyncio.to_thread(truncate_log, path)


def _keys_database(url: str, records: str) -> str:
    from shared.stores.mongo.client import named_database

    return "" if url else f"{named_database(records)}_keys"


def _keys_file(records: str) -> Path:
    path = _file(records, "records")
    return path.with_name(f"{path.stem}.keys{path.suffix}")


def on_mongo(url: str) -> bool:
    """Whether the scheme is one of MongoDB's."""
    return url.lower().startswith(("mongodb://", "mongodb+srv://"))


def _file(url: str, store: str) -> Path:
    parts = urlsplit(url)
    if parts.scheme != "sqlite":
        supported = "sqlite:///path/to/file" + ("" if store == "knowledge" else ", mongodb://host/database")
        raise ConfigurationError(f"{store}: no store for {parts.scheme or 'an URL without a scheme'}; supported: {supported}")
    if parts.netloc or parts.query or parts.fragment or not parts.path.strip("/"):
        raise ConfigurationError(f"{store}: write sqlite:///path/to/file (a fourth slash makes it absolute), no more")
    path = Path(unquote(parts.path.removeprefix("/")))
    if not path.parent.is_dir():
        raise ConfigurationError(f"{store}: the folder {path.parent.absolute()} does not exist")
    return path
