"""The client of a MongoDB: its options, bounded in time and number, and the database that its URL names."""

import asyncio
import inspect
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from pydantic import SecretStr
from pymongo import AsyncMongoClient
from pymongo.errors import PyMongoError
from pymongo.read_concern import ReadConcern
from pymongo.read_preferences import ReadPreference
from pymongo.write_concern import WriteConcern

from shared.errors import ConfigurationError
from shared.stores.collections import COLLECTIONS
from shared.stores.mongo.errors import REFUSED, translated
from shared.stores.mongo.schema import Change, Database, apply, check, plan
from shared.stores.mongo.settings import MongoSettings

DATABASE = "frontdesk"

Client = AsyncMongoClient[dict[str, Any]]

_DEFAULTS: Mapping[str, Any] = {
    "appname": "frontdesk",
    "serverSelectionTimeoutMS": 3000,
    "connectTimeoutMS": 2000,
    "maxIdleTimeMS": 300_000,
    "retryReads": True,
    "retryWrites": True,
    "tz_aware": True,
}


def client_of(url: str, settings: MongoSettings) -> Client:
    """A client, not yet connected, which belongs to the running loop.

    What the settings say wins over the URL, the URL over our defaults. Raises `ConfigurationError` without a secret in it.
    """
    said = {name.lower() for name, _ in parse_qsl(_split(url).query, keep_blank_values=True)}
    bounds = {"maxPoolSize": settings.max_pool_size, "timeoutMS": round(settings.timeout * 1000)}
    options = {name: value for name, value in {**_DEFAULTS, **bounds}.items() if name.lower() not in said}
    try:
        return AsyncMongoClient(url, **options, **_credentials(settings))
    except (PyMongoError, ValueError, OSError) as error:
        told = translated(error)
        raise _misconfigured(told if isinstance(told, ConfigurationError) else type(error).__name__) from None


def database_of(client: Any, name: str) -> Database:
    """Reads and writes that a majority has in its journals. `client` may be Motor's: what we use of both is the same."""
    database: Database = client.get_database(
        name,
        read_preference=ReadPreference.PRIMARY,
        read_concern=ReadConcern("majority"),
        write_concern=WriteConcern("majority", j=True),
    )
    return database


def named_database(url: str) -> str:
    """The database that the path of the URL names."""
    return unquote(_split(url).path.strip("/")) or DATABASE


async def close(client: Any) -> None:
    """Motor's `close` is a plain function that talks to the server: in a thread, so that the loop goes on."""
    if inspect.iscoroutinefunction(client.close):
        await client.close()
    else:
        await asyncio.to_thread(client.close)


async def ready(database: Database, collections: Iterable[str]) -> None:
    """Raises unless a process can serve: `ConfigurationError` when we are refused, `StoreUnavailable`, `StoreBroken`."""
    try:
        await check(database, collections)
    except PyMongoError as error:
        raise at_start(error) from error


async def migrate(
    url: str, settings: MongoSettings, *, do: bool, database: str = "", collections: Iterable[str] = COLLECTIONS
) -> list[Change]:
    """What `frontdesk migrate` does, or with `do=False` would do, to `database` or the one that `url` names. Raises as
    `ready` does."""
    client = client_of(url, settings)
    try:
        chosen = database_of(client, database or named_database(url))
        return await (apply if do else plan)(chosen, collections, validators=settings.validators)
    except PyMongoError as error:
        raise at_start(error) from error
    finally:
        await close(client)


def at_start(error: PyMongoError) -> Exception:
    """At start-up a refusal is a wrong setting: waiting does not help."""
    told = translated(error)
    if getattr(error, "code", None) in REFUSED:
        return _misconfigured(told)
    return told


def _split(url: str) -> Any:
    try:
        return urlsplit(url)
    except ValueError as error:
        raise _misconfigured(type(error).__name__) from None


def _misconfigured(why: object) -> ConfigurationError:
    return ConfigurationError(f"FRONTDESK_RECORDS or FRONTDESK_MONGODB_* cannot be used: {why}")


def _credentials(settings: MongoSettings) -> dict[str, Any]:
    said: dict[str, Any] = {
        "username": settings.username,
        "password": _revealed(settings.password),
        "authSource": settings.auth_source,
        "authMechanism": settings.auth_mechanism,
        "tls": settings.tls,
        "tlsCAFile": settings.tls_ca_file and str(settings.tls_ca_file),
        "tlsCertificateKeyFile": settings.tls_certificate_key_file and str(settings.tls_certificate_key_file),
        "tlsCertificateKeyFilePassword": _revealed(settings.tls_certificate_key_file_password),
    }
    return {name: value for name, value in said.items() if value is not None}


def _revealed(secret: SecretStr | None) -> str | None:
    """An empty one is none: that is how a chart leaves a variable out."""
    return secret.get_secret_value() if secret else None
