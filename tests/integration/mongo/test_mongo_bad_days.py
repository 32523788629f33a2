"""Servers that die, are full, refuse us or are not prepared: said clearly, nothing half-written, healed by themselves."""

import asyncio
import contextlib
import time

import pymongo
import pytest

from shared.errors import ConfigurationError, StoreBroken, StoreUnavailable
from shared.stores.customers import Memory
from shared.stores.mongo.client import client_of, close, database_of, migrate
from shared.stores.mongo.records import MongoRecords
from shared.stores.mongo.schema import OWN, apply, plan
from shared.stores.mongo.settings import MongoSettings
from shared.stores.open import migrate_records, open_records
from tests.integration.mongo.conftest import COLLECTIONS
from tests.mongo import MongoServer
from tests.servers import free_port

NONE = MongoSettings()


def memory(id: str, text: str = "") -> Memory:
    return Memory(id=id, at=1.0, customer="c", text=text)


def add(mark: str):
    return lambda found: (found.model_copy(update={"text": found.text + mark}), None)


async def test_what_was_acknowledged_outlives_a_kill_in_the_middle_of_writes(mongo_server: MongoServer) -> None:
    client = client_of(mongo_server.url, NONE)
    await apply(database_of(client, "frontdesk"), COLLECTIONS)
    records = MongoRecords(client, collections=COLLECTIONS)
    told: dict[str, list[str]] = {}
    running = True

    async def worker(name: str) -> None:
        number = 0
        while running:
            mark = f"<{number}>"
            try:
                await records.change(Memory, name, add(mark), absent=memory(name))
            except StoreUnavailable:
                continue  # it may be there or not; the next mark is another
            finally:
                number += 1
            told.setdefault(name, []).append(mark)

    workers = [asyncio.create_task(worker(f"w{n}")) for n in range(8)]
    for _ in range(2):
        await asyncio.sleep(0.7)
        mongo_server.kill()
        await asyncio.to_thread(mongo_server.start)
    before = sum(map(len, told.values()))
    await asyncio.sleep(1.5)
    running = False
    await asyncio.gather(*workers)
    assert sum(map(len, told.values())) > before, "it healed by itself"
    for name, marks in told.items():
        found = await records.get(Memory, name)
        assert found is not None
        assert [mark for mark in marks if found.text.count(mark) != 1] == []
    await records.close()


@pytest.mark.parametrize("code", [14031, 371], ids=["full", "writes blocked"])
async def test_a_store_that_takes_no_writes_says_so_and_heals(mongo_server: MongoServer, code: int) -> None:
    mongo_server.stop()
    mongo_server.start("--enable-test-commands")
    await migrate(mongo_server.url, NONE, do=True)
    records = await MongoRecords.open(f"{mongo_server.url}/?timeoutMS=1500")
    await records.insert(memory("a", "there"))
    with pymongo.MongoClient(mongo_server.url) as admin:

        def fail(mode: str) -> None:
            data = {"failCommands": ["insert", "update", "delete"], "errorCode": code}
            admin.admin.command({"configureFailPoint": "failCommand", "mode": mode, "data": data})

        fail("alwaysOn")
        for attempt in (
            records.insert(memory("b")),
            records.change(Memory, "a", add("x")),
            records.delete(Memory, "a"),
            records.ping(),
        ):
            with pytest.raises(StoreUnavailable):
                await attempt
        assert await records.get(Memory, "a") == memory("a", "there")
        fail("off")
    await records.ping()
    assert await records.get(Memory, "b") is None
    assert await records.insert(memory("b"))
    await records.close()


async def test_a_wrong_password_is_a_wrong_setting_and_is_told_nowhere(mongo_server: MongoServer) -> None:
    with pymongo.MongoClient(mongo_server.url) as admin:
        admin.admin.command("createUser", "desk", pwd="r:i@ght", roles=[{"role": "root", "db": "admin"}])
    mongo_server.stop()
    mongo_server.start("--auth")
    right = MongoSettings(username="desk", password="r:i@ght", auth_source="admin")
    wrong = MongoSettings(username="desk", password="wr0ng-one", auth_source="admin")
    assert await migrate_records(mongo_server.url, right, do=True)
    records = await open_records(mongo_server.url, right)
    assert await records.insert(memory("a"))
    await records.close()
    in_url = mongo_server.url.replace("mongodb://", "mongodb://desk:wr0ng-one@") + "/?authSource=admin"
    for url, settings in ((mongo_server.url, wrong), (in_url, NONE), (mongo_server.url, NONE)):
        with pytest.raises(ConfigurationError, match="FRONTDESK_MONGODB_") as refused:
            await open_records(url, settings)
        assert "wr0ng-one" not in repr(refused.value)


@pytest.mark.parametrize(
    "url", ["mongodb://u:s3cret@", "mongodb://u:s3cret@h:port", "mongodb://u:s3cr@et@h", "mongodb://[u:s3cret"]
)
async def test_an_url_that_cannot_be_used_keeps_its_password(url: str) -> None:
    with pytest.raises(ConfigurationError) as refused:
        await open_records(url)
    assert "s3cr" not in repr(refused.value)


async def test_nobody_there_is_said_soon_and_without_the_password() -> None:
    began = time.monotonic()
    with pytest.raises(StoreUnavailable, match="Connect call failed") as away:
        await open_records(f"mongodb://desk:s3cret@127.0.0.1:{free_port()}/")
    assert time.monotonic() - began < 10
    assert "s3cret" not in repr(away.value)


async def test_an_unprepared_database_names_the_command(mongo_url: str) -> None:
    with pytest.raises(StoreBroken, match="frontdesk migrate apply"):
        await open_records(f"{mongo_url}/never_prepared")


async def test_migrations_are_planned_done_and_safe_to_repeat(mongo_url: str) -> None:
    url = f"{mongo_url}/migrated"
    client = client_of(url, NONE)
    database = database_of(client, "migrated")
    with contextlib.suppress(Exception):
        await client.drop_database("migrated")
    planned = await migrate_records(url, do=False)
    assert "records: create collection conversations" in planned
    assert "records: create index unique of effects" in planned
    done, also = await asyncio.gather(migrate_records(url, do=True), migrate_records(url, do=True))
    assert planned in (done, also)
    assert await migrate_records(url, do=False) == []
    await (await open_records(url)).close()

    await database.get_collection("effects").drop_index("unique")
    with pytest.raises(StoreBroken, match="index unique of effects"):
        await open_records(url)
    assert await migrate_records(url, do=True) == ["records: create index unique of effects"]

    await database.get_collection("turns").drop_index("group")
    await database.get_collection("turns").create_index([("group", 1)], name="group")
    with pytest.raises(StoreBroken, match="index group of turns is not as needed"):
        await migrate_records(url, do=True)

    await database.get_collection(OWN).update_one({"_id": "schema"}, {"$set": {"version": 99}})
    with pytest.raises(StoreBroken, match="version 99"):
        await open_records(url)
    await client.drop_database("migrated")
    await close(client)


async def test_a_key_that_two_share_is_refused_with_what_to_do(mongo_url: str, database: str) -> None:
    client = client_of(mongo_url, NONE)
    there = database_of(client, database)
    await there.get_collection("effects").drop_index("unique")
    records = MongoRecords(client, database, collections=COLLECTIONS)
    from tests.contract.records.samples import Sample

    class Keyed(Sample):
        collection = "effects"

    for id in "ab":
        await records.insert(Keyed(id=id, at=1.0, key="k" if id == "a" else None))
    await there.get_collection("effects").update_one({"_id": "b"}, {"$set": {"unique": "k"}})
    with pytest.raises(StoreBroken, match="share a key"):
        await apply(there, COLLECTIONS)
    assert [str(change) for change in await plan(there, COLLECTIONS)] == ["records: create index unique of effects"]
    await records.close()


async def test_the_server_refuses_what_is_no_record(mongo_url: str, database: str) -> None:
    with pymongo.MongoClient(mongo_url) as client, pytest.raises(pymongo.errors.WriteError):
        client[database]["memories"].insert_one({"_id": "a", "anything": 1})
