"""How many commands a turn takes, and how large its document grows: what a slow network and a long life multiply."""

from collections import Counter

import pytest
from pymongo import AsyncMongoClient
from pymongo.monitoring import CommandListener

from bench.records import channel_turn, web_turn
from shared.lane.documents import Conversation, Turn
from shared.stores.mongo.client import client_of, close, database_of
from shared.stores.mongo.known import Known
from shared.stores.mongo.records import MongoRecords
from shared.stores.mongo.schema import apply
from shared.stores.mongo.settings import MongoSettings


class Counting(CommandListener):
    def __init__(self) -> None:
        self.seen: Counter[str] = Counter()

    def started(self, event) -> None:
        self.seen[event.command_name] += 1

    def succeeded(self, event) -> None:
        return None

    def failed(self, event) -> None:
        return None


@pytest.fixture
async def counted(mongo_url, database):
    """Records of a client that counts, alone in its process."""
    counting = Counting()
    client = client_of(mongo_url, MongoSettings())
    await apply(database_of(client, database), ("turns",))
    await close(client)
    records = MongoRecords(AsyncMongoClient(mongo_url, event_listeners=[counting]), database)
    yield records, counting.seen
    await records.close()


@pytest.mark.parametrize(
    ("turn", "wanted"),
    [(web_turn, {"update": 2, "insert": 1}), (channel_turn, {"update": 5, "insert": 1, "find": 4})],
    ids=["web", "channel"],
)
async def test_a_turn_takes_as_many_commands_as_it_has_writes_and_reads(counted, turn, wanted):
    records, seen = counted
    await turn(records, "lane")
    seen.clear()
    await turn(records, "lane")
    seen.pop("endSessions", None)
    assert sum(seen.values()) <= sum(wanted.values()), dict(seen)
    assert seen["update"] == wanted["update"]
    assert seen["insert"] == wanted["insert"]


async def test_where_another_process_writes_the_same_lane_a_change_reads_first(counted, mongo_url, database):
    records, seen = counted
    other = MongoRecords(client_of(mongo_url, MongoSettings()), database)
    for _ in range(12):  # until guessing is given up
        await web_turn(records, "lane")
        await web_turn(other, "lane")
    seen.clear()
    await web_turn(records, "lane")
    assert sum(seen.values()) <= 6, dict(seen)
    assert (await other.get(Conversation, "lane")).epoch == 25
    assert len(await other.find(Turn, "lane", limit=100)) == 25
    await other.close()


async def test_a_lane_stays_small_however_long_it_is_talked_to(counted):
    records, _ = counted
    sizes = []
    for number in range(1, 61):
        await web_turn(records, "lane")
        if number in (30, 60):
            sizes.append(len((await records.get(Conversation, "lane")).model_dump_json()))
    assert sizes[1] < sizes[0] * 1.1 + 30 * 40, "it grows by nothing but the ids that it has seen, of which it keeps 1,000"


def test_guessing_is_given_up_where_it_goes_wrong_and_tried_again_now_and_then():
    from shared.stores.customers import Memory
    from shared.stores.mongo.envelope import NOTHING
    from shared.stores.mongo.known import Standing

    known = Known(again=10)
    known.keep(Standing(Memory(id="a", at=1.0, customer="c", text=""), NOTHING.next()))
    assert known.guess(Memory, "a") is not None
    for _ in range(6):
        known.learn("memories", right=False)
    assert sum(known.guess(Memory, "a") is not None for _ in range(100)) == 10
    for _ in range(20):
        known.learn("memories", right=True)
    assert known.guess(Memory, "a") is not None
