"""Messages that can never be handled, under load: each stands in the dead-letter stream, each can be replayed, and nobody
who talks meanwhile waits for it."""

import asyncio
import json
import random
import time
import uuid

import httpx2
from nats.aio.client import Client as Nats

from services.replay import Readmission
from shared.messaging.connection import connected
from shared.messaging.dead_letters import DeadLetter, DeadLetters
from shared.messaging.publisher import Publisher
from shared.messaging.settings import BusSettings
from shared.messaging.topology import DESK
from tests.chaos import shop
from tests.chaos.client import Client, http
from tests.chaos.history import History
from tests.chaos.scenarios.scenario import Figure, Options, Outcome, milliseconds, promises, verdict
from tests.chaos.scenarios.updates import talk
from tests.chaos.system import System, running
from tests.waiting import until

_TAKEN = ("message-received", "turn-screened", "turn-assembled", "reply-drafted")
_DELAY = 1.0  # seconds


async def poison(options: Options) -> Outcome:
    """Events of every service that are not as their contract says, between those of customers who talk."""
    count, history, folder = options.of(200, 12), History(), options.folder
    folder.mkdir(parents=True, exist_ok=True)
    shop.seed(folder / "shop.db", 2000 + count)
    turns: list[tuple[float, float]] = []
    async with (
        running(folder, store=options.store) as system,
        connected(BusSettings(url=system.broker.url), "chaos") as nats,
        http() as connections,
    ):
        victims = await _victims(system, connections, history, options.seed, count)
        over = asyncio.Event()
        talking = asyncio.create_task(talk(system, history, options.seed, turns, over))
        await asyncio.sleep(5)
        began = time.time()
        ids = [await _poisoned(nats, victim, _TAKEN[n % len(_TAKEN)]) for n, victim in enumerate(victims)]
        options.progress(f"{count} poison messages are in")
        letters = await until(lambda: _all(nats, count), 60)
        ended = time.time()
        over.set()
        await talking
        replayed = await _replayed(system, nats, letters)
        answered = 0
        for id, victim in zip(ids, victims, strict=True):
            answered += await victim.until_answered(f"replay-{id}")
            await victim.leave()
        found = await verdict(system, history, folder)
    before = [took for start, took in turns if start + took < began]
    meanwhile = [took for start, took in turns if start <= ended and start + took >= began]
    delay = max(0.0, max(meanwhile) - max(before))
    figures = (
        Figure("in the dead-letter stream", f"{len(letters)} of {count}", "100 %", len(letters) == count),
        Figure("replayed and then answered", f"{min(replayed, answered)} of {count}", "100 %", replayed == answered == count),
        Figure("turns of neighbours meanwhile", str(len(meanwhile)), "≥ 1", bool(meanwhile)),
        Figure(
            "longest turn of a neighbour, against before", f"+{milliseconds(delay)}", "< 1000 ms", delay < _DELAY, timed=True
        ),
    )
    return Outcome((*figures, *promises(found)), found)


async def _victims(system: System, connections: httpx2.AsyncClient, history: History, seed: int, count: int) -> list[Client]:
    """Customers with a conversation of one turn."""
    room = asyncio.Semaphore(16)

    async def one(number: int) -> Client:
        async with room:
            client = Client(system, connections, history, number, random.Random(f"{seed}:{number}"))
            await client.until_answered(await client.say("hello"))
            return client

    return list(await asyncio.gather(*(one(2000 + number) for number in range(count))))


async def _poisoned(nats: Nats, victim: Client, name: str) -> str:
    """Store an event of this conversation that lacks what its contract demands; its id."""
    id = str(uuid.UUID(int=victim.rng.getrandbits(128)))
    body = {"id": id, "conversation": victim.conversation, "epoch": 1, "text": "How long can I return something?"}
    subject = f"desk.v1.{name}.{victim.conversation}"
    headers = {"Nats-Msg-Id": id, "content-type": "application/json"}
    await nats.jetstream().publish(subject, json.dumps(body).encode(), stream=DESK, headers=headers, timeout=5)
    return id


async def _all(nats: Nats, count: int) -> list[DeadLetter]:
    letters = [letter async for letter in DeadLetters(nats).all()]
    return letters if len(letters) >= count else []


async def _replayed(system: System, nats: Nats, letters: list[DeadLetter]) -> int:
    readmit = Readmission(system.records, system.keys, Publisher.on(nats))
    for letter in letters:
        await DeadLetters(nats).replay(letter.number, readmit)
    return len(letters)
