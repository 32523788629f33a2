"""`frontdesk leakcheck`: an environment of its own, canaries through every door, and a search through all that it keeps."""

import asyncio
import base64
import json
import sqlite3
import tempfile
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import nats
from nats.aio.client import Client

from services.dev.launch import Development, Options
from services.leakcheck.canaries import Canary, canaries
from services.leakcheck.doors import Doors
from services.leakcheck.search import Find, Searcher, in_files, in_tables
from services.leakcheck.streams import in_streams
from shared.stores.knowledge import Passage
from shared.stores.open import open_knowledge

ALLOWED = {
    "shop.db": "the demo shop's own database: create_ticket opens how to reach the customer, who asked for it",
    "secrets.json": "the environment's keys",
}
"""Files that may hold what they hold, with the reason. Sealed texts are ciphertext and need no entry."""


PLANTED = 8


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was sent, where it was found, and where what was `planted` was found, of which `missed` were not."""

    canaries: Sequence[Canary]
    finds: Sequence[Find]
    planted: Sequence[Find] = ()
    missed: int = 0


async def check(each: int, seed: int, *, plant: bool, processes: bool = False) -> Outcome:
    """Send `each` canaries of every kind and look for them. `plant`: puts one more into each kind of place, which must be
    found there."""
    with tempfile.TemporaryDirectory(prefix="leakcheck-") as name:
        folder = Path(name)
        sent, hidden = list(canaries(each, seed)), list(canaries(1, seed + 1))
        searcher = Searcher([*sent, *hidden[:PLANTED]] if plant else sent)
        options = Options(folder, port=0, processes=processes, record_prompts=True)
        async with Development(options, lambda _: None) as environment:
            await Doors(environment.addresses, folder).all(sent)
            await asyncio.sleep(6.0)  # spans leave in batches
            client = await nats.connect(environment.addresses["nats"])
            try:
                if plant:
                    await _plant(folder, client, hidden)
                finds = [find async for find in in_streams(searcher, client)]
            finally:
                await client.close()
        finds += in_tables(searcher, folder, ALLOWED)
        finds += in_files(searcher, folder, ALLOWED)
    ours = frozenset(sent)
    planted = [find for find in finds if find.canary not in ours]
    missed = PLANTED - len({find.canary for find in planted}) if plant else 0
    return Outcome(sent, [find for find in finds if find.canary in ours], planted, missed)


async def _plant(folder: Path, client: Client, hidden: Sequence[Canary]) -> None:
    """One in each kind of place: stream, dead letter, record, span, prompt, log, index, another file; in several spellings."""
    stream, letter, record, span, prompt, line, passage, file = (canary.value for canary in hidden[:PLANTED])
    for value, subject in ((stream, "desk.v1.turn-screened.planted"), (letter, "dlq.desk.v1.turn-screened.planted")):
        await client.jetstream().publish(subject, json.dumps({"text": value}).encode())
    for value, name in ((record, "records.db"), (span, "spans.db")):
        with closing(sqlite3.connect(folder / name, timeout=20)) as connection, connection:
            connection.execute("create table planted(id text, body blob)")
            connection.execute("insert into planted values('planted', ?)", (value.encode("utf-16-le"),))
    knowledge = await open_knowledge(f"sqlite:///{folder / 'knowledge.db'}")
    try:
        await knowledge.add([Passage(id="planted#1", source="planted.md", title="Planted", text=f"It is {passage}.")])
    finally:
        await knowledge.close()
    with (folder / "prompts.jsonl").open("a") as prompts:
        prompts.write(json.dumps({"role": "user", "content": prompt}) + "\n")
    (folder / "logs" / "planted.log").write_bytes(base64.b64encode(b"seen: " + line.encode()))
    (folder / "planted.bin").write_bytes(file.encode().hex().encode())
