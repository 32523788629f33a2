"""Collections, indexes, validators and the version of the schema: what is needed, what is there, and how to get there."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from pymongo.asynchronous.database import AsyncDatabase

from shared.errors import StoreBroken
from shared.stores.collections import COLLECTIONS

VERSION = 1
OWN = "frontdesk"
"""The collection with the version and with what `ping` writes."""

Database = AsyncDatabase[dict[str, Any]]

_EXISTS = {"$exists": True}
_INDEXES: Mapping[str, Mapping[str, Any]] = {
    "at": {"key": {"at": 1, "_id": 1}},
    "group": {"key": {"group": 1, "at": -1, "_id": -1}},
    "unique": {"key": {"unique": 1}, "unique": True, "partialFilterExpression": {"unique": _EXISTS}},
    "due": {"key": {"due": 1, "_id": 1}, "partialFilterExpression": {"due": _EXISTS}},
    "expires": {"key": {"expires": 1}, "expireAfterSeconds": 0},
}
_COMPARED = ("unique", "partialFilterExpression", "expireAfterSeconds")
VALIDATOR: Mapping[str, Any] = {
    "$jsonSchema": {
        "bsonType": "object",
        "required": ["_id", "rev", "by", "before", "group", "at", "body"],
        "properties": {
            "_id": {"bsonType": "string"},
            "rev": {"bsonType": ["int", "long"]},
            "by": {"bsonType": ["int", "long"]},
            "before": {"bsonType": "array"},
            "group": {"bsonType": "string"},
            "unique": {"bsonType": "string"},
            "at": {"bsonType": "number"},
            "due": {"bsonType": "number"},
            "expires": {"bsonType": "date"},
            "body": {"bsonType": "string"},
        },
    }
}


@dataclass(frozen=True, slots=True)
class Change:
    """One command that is needed, or, with `refused`, what no command can do in place and what a person must do."""

    text: str
    command: Mapping[str, Any] = field(default_factory=dict)
    refused: bool = False
    required: bool = True  # to serve

    def __str__(self) -> str:
        return f"records: {self.text}"


async def plan(database: Database, collections: Iterable[str] = COLLECTIONS, *, validators: bool = True) -> list[Change]:
    """What `apply` would do, in order; nothing for a database that is as this release needs it.

    Raises `StoreBroken` when a later release has been there with a version that this one does not know.
    """
    version = await _version(database)
    found = await database.command("listCollections")
    standing = {each["name"]: each.get("options", {}) for each in found["cursor"]["firstBatch"]}
    changes: list[Change] = []
    for name in collections:
        if name not in standing:
            options = {"validator": VALIDATOR} if validators else {}
            changes.append(Change(f"create collection {name}", {"create": name, **options}))
        elif validators and standing[name].get("validator") != VALIDATOR:
            command = {"collMod": name, "validator": VALIDATOR, "validationLevel": "strict", "validationAction": "error"}
            changes.append(Change(f"set the validator of {name}", command, required=False))
        changes += _indexes(name, await _standing_indexes(database, name) if name in standing else {})
    if version != VERSION:
        changes.append(Change(f"record schema version {VERSION}", _versioned()))
    return changes


async def apply(database: Database, collections: Iterable[str] = COLLECTIONS, *, validators: bool = True) -> list[Change]:
    """Do what `plan` says; returns what was done. Two at a time do no harm, and one that broke off is taken up again.

    Raises `StoreBroken`, before anything is changed, when one of the changes cannot be done in place.
    """
    changes = await plan(database, collections, validators=validators)
    if refused := [change.text for change in changes if change.refused]:
        raise StoreBroken("records: " + "; ".join(refused))
    for change in changes:
        await _run(database, change)
    return changes


async def check(database: Database, collections: Iterable[str] = COLLECTIONS) -> None:
    """Raises `StoreBroken`, which tells what is missing and what to do, unless a process can serve on this database."""
    missing = [change.text for change in await plan(database, collections, validators=False) if change.required]
    if missing:
        more = f" and {len(missing) - 3} more" if len(missing) > 3 else ""
        raise StoreBroken(f"records: needs {'; '.join(missing[:3])}{more}: run `frontdesk migrate apply`")


async def _version(database: Database) -> int:
    own = await database.get_collection(OWN).find_one({"_id": "schema"})
    version = int(own["version"]) if own else 0
    if version > VERSION:
        raise StoreBroken(
            f"records: the database has schema version {version}, this release knows {VERSION}: use a later release"
        )
    return version


def _versioned() -> Mapping[str, Any]:
    update = {"q": {"_id": "schema"}, "u": {"$max": {"version": VERSION}}, "upsert": True}
    return {"update": OWN, "updates": [update], "writeConcern": {"w": "majority", "j": True}}


async def _standing_indexes(database: Database, name: str) -> dict[str, Mapping[str, Any]]:
    found = await database.command("listIndexes", name)
    return {each["name"]: each for each in found["cursor"]["firstBatch"]}


def _indexes(collection: str, standing: Mapping[str, Mapping[str, Any]]) -> list[Change]:
    """An index that differs is not rebuilt here: while it is gone, a unique key would protect nothing."""
    changes = []
    for name, wanted in _INDEXES.items():
        found = standing.get(name)
        if found is None:
            same = next((other for other, each in standing.items() if dict(each["key"]) == wanted["key"]), None)
            if same is not None:
                changes.append(Change(f"index {same} of {collection} has the key of {name}: drop it", refused=True))
                continue
            command = {"createIndexes": collection, "indexes": [{"name": name, **wanted}]}
            changes.append(Change(f"create index {name} of {collection}", command))
        elif list(found["key"].items()) != list(wanted["key"].items()) or any(
            found.get(option) != wanted.get(option) for option in _COMPARED
        ):
            text = f"index {name} of {collection} is not as needed: stop Frontdesk, drop the index, apply again"
            changes.append(Change(text, refused=True))
    return changes


async def _run(database: Database, change: Change) -> None:
    from pymongo.errors import CollectionInvalid, DuplicateKeyError, OperationFailure

    try:
        await database.command(dict(change.command))
    except DuplicateKeyError as error:
        raise StoreBroken(f"records: {change.text}: two documents share a key; remove one, apply again") from error
    except (CollectionInvalid, OperationFailure) as error:
        if getattr(error, "code", None) != 48:  # NamespaceExists: somebody else was faster
            raise
