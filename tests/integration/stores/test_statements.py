"""How many statements and commits a turn takes on SQLite: each commit that stands alone is a sync of the disk."""

import asyncio
from collections import Counter

import pytest

from bench.records import channel_turn, web_turn
from shared.stores.sqlite import SqliteRecords, database


@pytest.fixture
async def counted(file, monkeypatch):
    """Records whose two connections count their statements by the first word."""
    seen: Counter[str] = Counter()
    connect = database.connect

    def counting(*arguments, **options):
        connection = connect(*arguments, **options)
        connection.set_trace_callback(lambda statement: seen.update([statement.split()[0].lower()]))
        return connection

    monkeypatch.setattr(database, "connect", counting)
    records = SqliteRecords(file)
    seen.clear()
    yield records, seen
    await records.close()


@pytest.mark.parametrize(
    ("turn", "wanted"),
    [
        (web_turn, {"begin": 3, "commit": 3, "select": 2, "update": 2, "insert": 1}),
        (channel_turn, {"begin": 6, "commit": 6, "select": 8, "update": 5, "insert": 1}),
    ],
    ids=["web", "channel"],
)
async def test_a_write_is_one_statement_and_the_read_that_it_needs(counted, turn, wanted):
    records, seen = counted
    await turn(records, "lane")
    seen.clear()
    await turn(records, "lane")
    assert seen == wanted


async def test_writes_that_wait_at_the_same_time_share_a_commit(counted):
    records, seen = counted
    await asyncio.gather(*(web_turn(records, f"lane-{number}") for number in range(50)))
    assert seen["insert"] == 100  # a turn, and a lane that was not there
    assert seen["commit"] <= 15
