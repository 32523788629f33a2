"""A process of its own that writes to a records file, for tests that kill it: `python -m … FILE NAME`.

Prints `ready`, reads how many writes to do (0: until it is killed), then prints each write once it is acknowledged.
"""

import asyncio
import sys
from itertools import count, islice

from shared.lane.documents import Conversation, opened, turn_of
from shared.stores.sqlite import SqliteRecords


def _counted(lane: Conversation) -> tuple[Conversation, int]:
    return lane.model_copy(update={"delivered": lane.delivered + 1}), lane.delivered + 1


async def main(path: str, name: str) -> None:
    records = SqliteRecords(path)
    print("ready", flush=True)
    most = int(sys.stdin.readline()) or None
    for number in islice(count(1), most):
        turn = turn_of(name, number, float(number), said="x" * 500)
        inserted, told = await asyncio.gather(
            records.insert(turn),
            records.change(Conversation, "shared", _counted, absent=opened("shared", "c", "web", 0.0)),
        )
        assert inserted
        print(turn.id, told, flush=True)
    await records.close()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
