"""Tools' client of the shop when the shop is down."""

import httpx2
import pytest

from services.actions.shop import Shop
from shared.errors import Retryable
from shared.resilience.breaker import BreakerOpen


async def test_lookups_stop_asking_while_effects_are_left_to_the_ledger() -> None:
    asked: list[str] = []

    def down(request: httpx2.Request) -> httpx2.Response:
        asked.append(request.method)
        return httpx2.Response(503)

    async with httpx2.AsyncClient(transport=httpx2.MockTransport(down), base_url="http://shop") as http:
        shop = Shop(http, "keys")
        for _ in range(8):
            with pytest.raises(Retryable):
                await shop.order("ann", "ORD-1")
        assert asked == ["GET"] * 5
        with pytest.raises(BreakerOpen):
            await shop.refund_of("c1:1:0:0")
        with pytest.raises(Retryable, match="answered 503"):
            await shop.refund("c1:1:0:0", "ann", "ORD-1", 100, "broken")
        assert asked == ["GET"] * 5 + ["POST"]
        assert shop.problem
