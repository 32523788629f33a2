"""Refunds whose answer is lost: the customer pressed, the shop may have paid, and nobody told Frontdesk."""

import asyncio
import random
import time
from collections.abc import Callable
from typing import Any

from shared.lane.reconcile import Guarantee
from tests.chaos import shop
from tests.chaos.client import Client, http
from tests.chaos.customers import refund
from tests.chaos.history import History
from tests.chaos.scenarios.scenario import Figure, Options, Outcome, Scenario, promises, verdict
from tests.chaos.system import running

_LATE = {"answer_late_ms": 6000, "answer_late_every": 2}  # the shop's client gives up after four seconds
_SETTLED_WITHIN = 60.0
_AT_ONCE = 16


def outcomes(guarantee: Guarantee, **faults: Any) -> Scenario:
    """A shop that gives this guarantee and has these faults; every other of its answers comes too late to be heard."""

    async def scenario(options: Options) -> Outcome:
        return await _refunds(options, guarantee, _LATE | faults)

    return scenario


async def _refunds(options: Options, guarantee: Guarantee, faults: dict[str, Any]) -> Outcome:
    history, folder, count = History(), options.folder, options.of(200, 8)
    folder.mkdir(parents=True, exist_ok=True)
    shop.seed(folder / "shop.db", count)
    room = asyncio.Semaphore(_AT_ONCE)
    async with running(folder, store=options.store, FRONTDESK_SHOP_GUARANTEE=guarantee) as system, http() as connections:
        await system.shop_faults(**faults)

        async def one(number: int) -> float:
            async with room:
                client = Client(system, connections, history, number, random.Random(f"{options.seed}:{number}"))
                await refund(client, shop.orders(number)[0], accept=True)
                pressed = time.time()
                await client.until(lambda: client.results)
                settled = time.time() - pressed
                options.progress(f"{len(history.effected)} of {count} refunds settled, the last in {settled:.1f} s")
                await client.leave()
                return settled

        settled = await asyncio.gather(*map(one, range(count)))
        found = await verdict(system, history, folder)
    states = [each.state for each in history.effected]
    late, worst = sum(seconds > 4 for seconds in settled), max(settled)
    calls = len(history.refunded)
    figures = (
        Figure("refunds confirmed", str(count)),
        Figure("of which the answer was lost", str(late), "≥ 1", late > 0),
        Figure(
            "settled by look-up or handed to a person within", f"{worst:.1f} s", "60 s", worst < _SETTLED_WITHIN, timed=True
        ),
        Figure("succeeded / unknown, for a person", f"{states.count('succeeded')} / {states.count('unknown')}"),
        Figure("times that the shop was asked to pay", str(calls), f"≤ {count}", calls <= count),
    )
    return Outcome((*figures, *promises(found)), found)


SHOPS: dict[str, Callable[[Options], Any]] = {
    "honest-shop": outcomes("keys"),
    "shop-without-keys": outcomes("lookup", ignore_idempotency_keys=True),
    "shop-that-tells-nothing": outcomes("neither", ignore_idempotency_keys=True, cannot_be_asked=True),
}
