"""The client of the shop when it is down: after a few failures nobody waits for it, until one request has come through."""

import asyncio
from typing import Any

import httpx2
import pytest

from services.context.shop import Shop, ShopAway
from shared.resilience.breaker import Breaker, BreakerOpen


class Backend:
    """Answers with `status`, or never."""

    def __init__(self, status: int | None) -> None:
        self.status, self.requests = status, 0

    async def __call__(self, request: httpx2.Request) -> httpx2.Response:
        self.requests += 1
        if self.status is None:
            await asyncio.Event().wait()
        return httpx2.Response(self.status or 500, json={"orders": []})


@pytest.mark.parametrize("down", [503, None], ids=["failing", "hanging"])
async def test_a_shop_that_is_down_is_left_alone_and_found_again(down: int | None) -> None:
    backend, now = Backend(down), [0.0]
    breaker = Breaker(failures=3, pause=10.0, clock=lambda: now[0])
    async with httpx2.AsyncClient(transport=httpx2.MockTransport(backend), base_url="http://shop") as http:
        shop = Shop(http, timeout=0.05, breaker=breaker)
        for _ in range(3):
            with pytest.raises(ShopAway if down else TimeoutError):
                await shop.orders("ann")
        for _ in range(20):
            with pytest.raises(BreakerOpen):
                await shop.customer("ann")
        assert backend.requests == 3
        backend.status, now[0] = 200, 10.0
        assert await shop.orders("ann") == []
        assert not breaker.problem


async def test_a_customer_whom_the_shop_does_not_know_is_an_answer() -> None:
    backend: Any = Backend(404)
    breaker = Breaker(failures=1)
    async with httpx2.AsyncClient(transport=httpx2.MockTransport(backend), base_url="http://shop") as http:
        assert await Shop(http, timeout=1.0, breaker=breaker).customer("ann") is None
    assert not breaker.problem
