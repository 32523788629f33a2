"""Load under faults that come by lot: kills, lost stores, and everything at once."""

import asyncio
import contextlib
import random
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from tests.chaos import shop
from tests.chaos.customers import Customers
from tests.chaos.faults.backends import ModelFails, ShopFails
from tests.chaos.faults.broker import KillBroker, RestartBroker, WipeBroker
from tests.chaos.faults.fault import Weighted
from tests.chaos.faults.messages import Republish
from tests.chaos.faults.network import Cut, Delay, Silence
from tests.chaos.faults.processes import Kill, Pause, Terminate
from tests.chaos.faults.records import KillRecords, LockRecords, SlowRecords
from tests.chaos.history import History
from tests.chaos.scenarios.scenario import Figure, Options, Outcome, Storm, promises, quantile, verdict
from tests.chaos.system import running

WIPES = (Weighted(WipeBroker(), 1.0),)
KILLS_OF_RECORDS = {"sqlite": (), "mongodb": (Weighted(KillRecords(), 1.0),)}
RECORDS = {"sqlite": (Weighted(LockRecords(), 1.0), Weighted(SlowRecords(), 1.0)), "mongodb": KILLS_OF_RECORDS["mongodb"]}
EVERYTHING = (
    Weighted(Kill(), 4.0),
    Weighted(Terminate(), 1.0),
    Weighted(Pause(), 1.0),
    Weighted(KillBroker(), 0.5),
    Weighted(RestartBroker(), 0.5),
    Weighted(WipeBroker(), 0.5),
    Weighted(ModelFails(), 1.0),
    Weighted(ShopFails(), 1.0),
    Weighted(Republish(), 1.0),
    Weighted(Cut(), 1.0),
    Weighted(Delay(), 0.5),
    Weighted(Silence(), 0.5),
)


async def kills(options: Options) -> Outcome:
    """Services, the broker and the records' server, where there is one, are killed at random, a thousand times."""
    servers = (Weighted(KillBroker(), 1.0), *KILLS_OF_RECORDS[options.store])
    wanted = {"Kill": options.of(1000, 5)} | {type(each.fault).__name__: options.of(30) for each in servers}
    turns = options.of(10_000, 40)
    return await _storm(options, (Weighted(Kill(), 30.0), *servers), wanted, turns, pause=0.05)


async def wipes(options: Options) -> Outcome:
    """The broker loses its whole store under load."""
    return await _storm(options, WIPES, {"WipeBroker": options.of(20, 2)}, options.of(1500, 30), pause=12.0)


async def everything(options: Options) -> Outcome:
    """All faults: processes, broker, records, model, shop, messages, network."""
    faults = EVERYTHING + RECORDS[options.store]
    wanted = {type(each.fault).__name__: options.of(4) for each in faults}
    return await _storm(options, faults, wanted, options.of(2000, 40), pause=0.3, proxied=True)


async def _storm(
    options: Options,
    faults: Sequence[Weighted],
    wanted: Mapping[str, int],
    turns: int,
    *,
    pause: float,
    proxied: bool = False,
) -> Outcome:
    history, folder = History(), options.folder
    folder.mkdir(parents=True, exist_ok=True)
    shop.seed(folder / "shop.db", min(shop.MOST, turns + 2000))
    async with running(folder, store=options.store, proxied=proxied) as system:
        storm = Storm(system, history, faults, random.Random(options.seed), wanted)
        load = Customers(system, history, options.seed)

        def enough() -> bool:
            return history.turns >= turns and all(storm.struck[name] >= count for name, count in wanted.items())

        began = time.monotonic()
        customers = asyncio.create_task(load.run(enough))
        await _struck_until(enough, storm, options, pause, customers)
        await system.model_faults()
        await system.shop_faults()
        await customers
        took = time.monotonic() - began
        found = await verdict(system, history, folder)
    figures = [Figure("turns", f"{history.turns}", f"≥ {turns}", history.turns >= turns)]
    figures += _strikes(storm.struck, wanted)
    return Outcome((*figures, *promises(found), *_told(history, took)), found)


async def _struck_until(
    enough: Callable[[], bool], storm: Storm, options: Options, pause: float, load: "asyncio.Task[None]"
) -> None:
    while not enough() and not load.done():
        told = await storm.strike()
        options.progress(f"{storm.history.turns} turns, {storm.struck.total()} faults, last: {told}")
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(asyncio.shield(load), pause * storm.rng.uniform(0.5, 1.5))


def _strikes(struck: Counter[str], wanted: Mapping[str, int]) -> list[Figure]:
    return [
        Figure(name, str(struck[name]), f"≥ {wanted[name]}" if name in wanted else "", struck[name] >= wanted.get(name, 0))
        for name in sorted(struck)
    ]


def _told(history: History, took: float) -> tuple[Figure, ...]:
    """How it felt: waiting times of customers, and how many turns were given up with a notice."""
    at = {(each.conversation, id): each.at for each in history.heard for id in each.answers}
    waits = [at[each.conversation, each.message] - each.at for each in history.said if (each.conversation, each.message) in at]
    given_up = sum(each.kind == "notice" and bool(each.answers) for each in history.heard)
    handed = sum(each.kind == "handoff" for each in history.heard)
    return (
        Figure("messages answered by a notice", str(given_up)),
        Figure("turns handed to a person", str(handed)),
        Figure("waiting p50 / p99", f"{quantile(waits, 0.5):.1f} / {quantile(waits, 0.99):.1f} s"),
        Figure("took", f"{took:.0f} s"),
    )
