"""Full disks, read-only disks, files that are something else, releases side by side."""

import asyncio
import sqlite3
import stat
from pathlib import Path

import pytest

from shared.errors import ConfigurationError, StoreBroken, StoreError, StoreUnavailable
from shared.lane.documents import Turn
from shared.stores.parsed import Parsed
from shared.stores.sqlite import SqliteRecords
from shared.stores.sqlite.tables import Table
from tests.integration.stores.conftest import Spawn


def turn(id: str, **fields: object) -> Turn:
    return Turn(id=id, at=0.0, conversation="c", epoch=1, **fields)  # type: ignore[arg-type]


def test_a_full_disk_fails_writes_alone_and_recovers(spawn: Spawn, file: Path) -> None:
    code = """
import asyncio, resource, sys
from shared.errors import StoreUnavailable
from shared.lane.documents import Turn
from shared.stores.sqlite import SqliteRecords

async def main(path):
    records = SqliteRecords(path)
    resource.setrlimit(resource.RLIMIT_FSIZE, (500_000, resource.RLIM_INFINITY))
    there, failed = [], 0
    for n in range(200):
        turns = [Turn(id=f"{n}:{m}", at=0.0, conversation="c", epoch=n, said="x" * 3000) for m in range(4)]
        outcomes = await asyncio.gather(*map(records.insert, turns), return_exceptions=True)
        if all(isinstance(outcome, StoreUnavailable) for outcome in outcomes):
            failed += 1
        else:
            assert outcomes == [True] * 4, outcomes
            there += turns
        if failed == 3:
            break
    assert failed == 3
    assert there
    for turn in there:
        assert await records.get(Turn, turn.id) == turn
    assert await records.get(Turn, f"{n}:0") is None
    try:
        await records.insert(Turn(id="large", at=0.0, conversation="c", epoch=0, said="x" * 600_000))
    except StoreUnavailable:
        pass
    else:
        raise AssertionError("a write that does not fit was acknowledged")
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    assert await records.insert(Turn(id="after", at=0.0, conversation="c", epoch=0))
    await records.ping()
    await records.close()
    print("recovered")

asyncio.run(main(sys.argv[1]))
"""
    process = spawn("-c", code, str(file))
    assert process.communicate()[0] == "recovered\n"
    assert process.returncode == 0


async def test_a_disk_that_became_read_only_fails_writes_and_recovers(records: SqliteRecords) -> None:
    await records.insert(turn("a"))
    connection = records._database._connection
    connection.execute("pragma query_only=1")  # what SQLite answers is the same: SQLITE_READONLY
    for attempt in (records.insert(turn("b")), records.ping(), records.delete(Turn, "a")):
        with pytest.raises(StoreUnavailable, match="READONLY"):
            await attempt
    assert await records.get(Turn, "a") is not None
    connection.execute("pragma query_only=0")
    assert await records.insert(turn("b"))


async def test_a_place_that_cannot_be_opened_is_unavailable(tmp_path: Path) -> None:
    with pytest.raises(StoreUnavailable):
        SqliteRecords(tmp_path / "no-such-folder" / "records.db")
    (tmp_path / "folder.db").mkdir()
    with pytest.raises(StoreUnavailable, match="CANTOPEN"):
        SqliteRecords(tmp_path / "folder.db")


@pytest.mark.parametrize("content", [b"this is no database, " * 400, b"SQLite format 3\x00" + b"\xff" * 8000])
async def test_a_file_that_is_no_database_is_broken_and_left_alone(file: Path, content: bytes) -> None:
    file.write_bytes(content)
    with pytest.raises(StoreBroken, match="NOTADB"):
        SqliteRecords(file)
    assert file.read_bytes() == content


@pytest.mark.parametrize(
    "made", ["create table theirs(x)", "pragma user_version=2", "pragma application_id=7", "pragma application_id=0x46644B31"]
)
async def test_a_database_of_something_else_or_of_another_generation_is_refused_and_left_alone(file: Path, made: str) -> None:
    connection = sqlite3.connect(file)
    connection.execute(made)
    connection.close()
    before = file.read_bytes()
    with pytest.raises(StoreBroken, match="generation"):
        SqliteRecords(file)
    assert file.read_bytes() == before


async def test_damaged_pages_are_broken_not_empty(file: Path) -> None:
    records = SqliteRecords(file, parsed=Parsed(most=0))
    for n in range(200):
        await records.insert(turn(f"c:{n}", said="x" * 900))
    await records.close()
    content = bytearray(file.read_bytes())
    content[8192:] = b"\xee" * (len(content) - 8192)
    file.write_bytes(content)

    async def read_all() -> None:
        damaged = SqliteRecords(file)
        try:
            for n in range(200):
                await damaged.get(Turn, f"c:{n}")
        finally:
            await damaged.close()

    with pytest.raises(StoreBroken):
        await read_all()


async def test_two_releases_side_by_side(file: Path) -> None:
    """The later one adds a collection while the earlier one serves; then the earlier one starts again."""
    names = ("conversations", "turns")
    earlier = SqliteRecords(file, collections=names)
    await earlier.insert(turn("a"))
    later = SqliteRecords(file, collections=(*names, "additions"))
    assert await later.get(Turn, "a") is not None
    assert await earlier.insert(turn("b"))
    assert await later.insert(turn("c"))
    await earlier.close()
    again = SqliteRecords(file, collections=names)
    assert {found.id for found in await again.find(Turn, "c")} == {"a", "b", "c"}
    await later.close()
    await again.close()


async def test_the_files_are_for_their_owner_alone(records: SqliteRecords, file: Path) -> None:
    await records.insert(turn("a"))
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in file.parent.iterdir()}
    assert set(modes) >= {"records.db", "records.db-wal", "records.db-gate"}
    assert set(modes.values()) == {0o600}


async def test_a_null_where_none_may_be_fails_alone(records: SqliteRecords) -> None:
    outcomes = await asyncio.gather(
        records.insert(turn("a")),
        records.insert(Turn(id="b", at=float("nan"), conversation="c", epoch=1)),
        records.insert(turn("c")),
        return_exceptions=True,
    )
    assert outcomes[0] is outcomes[2] is True
    assert isinstance(outcomes[1], StoreError)
    assert await records.get(Turn, "b") is None


async def test_a_document_changed_in_place_is_not_believed(file: Path) -> None:
    records = SqliteRecords(file, parsed=Parsed(verify=1))
    await records.insert(turn("a", waiting={"call": {"ok": True}}))
    found = await records.get(Turn, "a")
    assert found is not None
    found.waiting["call"]["ok"] = False
    again = await records.get(Turn, "a")
    assert again is not None
    assert again.waiting == {"call": {"ok": True}}
    await records.close()


def test_no_statement_leaves_rows_unread() -> None:
    """An unread RETURNING would make the commit of the whole group fail."""
    statements = [value for value in vars(Table)["__slots__"] if isinstance(getattr(Table.of("t"), value), str)]
    assert "update" in statements
    assert not [name for name in statements if "returning" in getattr(Table.of("t"), name)]


def test_a_table_has_a_plain_name() -> None:
    with pytest.raises(ValueError, match="table"):
        Table.of("turns; drop table turns")


async def test_an_unknown_collection_names_itself(file: Path) -> None:
    records = SqliteRecords(file, collections=("conversations",))
    with pytest.raises(ConfigurationError, match="'turns'"):
        await records.insert(turn("a"))
    await records.close()
