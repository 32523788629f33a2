"""Actions as a process of its own, for tests that kill it: `python -m tests.integration.actions.worker SHOP RECORDS`."""

import asyncio
import sys
from typing import Any

from services.actions import ledger
from services.actions.app import open_stage
from services.actions.settings import ActionsSettings
from shared.assistant import load
from shared.lane import delivery, effects
from shared.messaging import BusSettings
from shared.platform import Platform
from shared.stores.open import open_records
from tests.integration.actions.clocks import CALL_TIMEOUT, CALL_WITHIN, CLAIM_FOR, ROOT


def hurry() -> None:
    """The same protocol with shorter times: a test should not wait a quarter of a minute for a claim to run out."""
    delivery.CLAIM_FOR = effects.CLAIM_FOR = CLAIM_FOR  # type: ignore[misc]
    ledger.CALL_TIMEOUT, delivery.CALL_WITHIN = CALL_TIMEOUT, CALL_WITHIN  # type: ignore[misc]


async def serve(shop: str, records_url: str) -> None:
    hurry()
    records = await open_records(records_url)
    platform = Platform(BusSettings(), records, load(ROOT / "demo" / "assistant.yaml"), Any)  # type: ignore[arg-type]
    async with open_stage(ActionsSettings(shop_url=shop, shop_seconds=4.9), platform) as stage:
        await stage.broker.start()
        print("ready", flush=True)
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(serve(*sys.argv[1:]))
