"""A rolling update under load: each service is replaced while customers talk, and their turns take about as long as before."""

import asyncio
import random
import time
from collections.abc import Callable

from services.names import STAGES
from tests.chaos import shop
from tests.chaos.client import Client, http
from tests.chaos.history import History
from tests.chaos.scenarios.scenario import Figure, Options, Outcome, milliseconds, promises, quantile, verdict
from tests.chaos.system import System, running

_TALKERS = 4
_STALL = 1.0  # seconds


async def updates(options: Options) -> Outcome:
    """Every service is replaced by a new process, which is ready before the old one is told to stop."""
    rounds, history, folder = options.of(10, 1), History(), options.folder
    folder.mkdir(parents=True, exist_ok=True)
    shop.seed(folder / "shop.db", 2000)
    turns: list[tuple[float, float]] = []  # began, took
    during: list[tuple[float, float]] = []
    async with running(folder, store=options.store) as system:
        over = asyncio.Event()
        talking = asyncio.create_task(talk(system, history, options.seed, turns, over))
        await asyncio.sleep(5)
        before = [took for _, took in turns]
        for number in range(rounds):
            for stage in STAGES:
                began = time.time()
                await system.replace(stage)
                during.append((began, time.time()))
                options.progress(f"round {number + 1} of {rounds}: {stage} replaced, {len(turns)} turns")
                await asyncio.sleep(0.3)
        over.set()
        await talking
        found = await verdict(system, history, folder)
    touched = [took for began, took in turns if any(began <= end and began + took >= start for start, end in during)]
    calm, stalled = quantile(before, 0.95), quantile(touched, 0.95)
    figures = (
        Figure("services replaced", str(len(during))),
        Figure("turns meanwhile", str(len(touched)), "≥ 1", bool(touched)),
        Figure("turn p95 without", milliseconds(calm)),
        Figure("turn p95 stall", milliseconds(max(0.0, stalled - calm)), "< 1000 ms", stalled - calm < _STALL, timed=True),
        Figure("longest turn meanwhile", milliseconds(max(touched, default=0.0))),
    )
    return Outcome((*figures, *promises(found)), found)


async def talk(system: System, history: History, seed: int, turns: list[tuple[float, float]], over: asyncio.Event) -> None:
    """A few customers, one message at a time, until it is over."""
    numbers = iter(range(2000))
    async with http() as connections:

        async def one() -> None:
            while not over.is_set():
                number = next(numbers)
                client = Client(system, connections, history, number, random.Random(f"{seed}:{number}"))
                for _ in range(15):
                    took = await timed(client, over.is_set)
                    turns.extend(took)
                await client.leave()

        await asyncio.gather(*(one() for _ in range(_TALKERS)))


async def timed(client: Client, over: Callable[[], bool]) -> list[tuple[float, float]]:
    """One message and its answer: when it began and how long it took; nothing when it is over."""
    if over():
        return []
    began = time.time()
    id = await client.say("hello")
    await client.until_answered(id)
    await asyncio.sleep(client.rng.uniform(0.0, 0.05))
    return [(began, client.answered.get(id, time.time()) - began)]
