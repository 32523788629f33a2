"""Who comes too often is told when to come again; an address is what our own proxy saw."""

import pytest

from services.ingress.http import limits
from services.ingress.http.limits import Counters, RateLimits, address
from shared.http.problems import Problem


async def test_the_rate_is_per_customer_and_kind() -> None:
    rates = RateLimits(customer="2/minute", address="3/minute")
    await rates.hit("customer", "a")
    await rates.hit("customer", "a")
    with pytest.raises(Problem) as raised:
        await rates.hit("customer", "a")
    assert raised.value.status == 429
    assert 1 <= int(raised.value.headers["Retry-After"]) <= 60
    await rates.hit("customer", "b")
    await rates.hit("address", "a")


async def test_without_a_rate_there_is_no_limit() -> None:
    rates = RateLimits()
    for _ in range(1000):
        await rates.hit("customer", "a")


async def test_counters_forget_what_has_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [1000.0]
    monkeypatch.setattr(limits.time, "time", lambda: now[0])
    counters = Counters()
    for number in range(5000):
        await counters.incr(f"k{number}", 10)
    assert await counters.incr("k1", 10) == 2
    now[0] += 11
    assert await counters.get("k1") == 0
    for number in range(6000):
        await counters.incr(f"n{number}", 10)
    assert await counters.reset() == 6000


@pytest.mark.parametrize(
    ("client", "forwarded", "hops", "expected"),
    [
        ("10.0.0.1", "", 0, "10.0.0.1"),
        ("10.0.0.1", "1.2.3.4", 0, "10.0.0.1"),
        ("10.0.0.1", "6.6.6.6, 1.2.3.4", 1, "1.2.3.4"),
        ("10.0.0.1", "6.6.6.6, 1.2.3.4, 10.0.0.2", 2, "1.2.3.4"),
        ("10.0.0.1", "1.2.3.4", 2, "10.0.0.1"),
        ("2001:db8:1:2:aaaa::1", "", 0, "2001:db8:1:2::/64"),
        ("10.0.0.1", "nonsense", 1, "nonsense"),
    ],
)
def test_an_address_is_what_our_own_proxies_saw(client: str, forwarded: str, hops: int, expected: str) -> None:
    headers = [(b"x-forwarded-for", forwarded.encode())] if forwarded else []
    assert address({"type": "http", "client": (client, 1), "headers": headers}, hops) == expected
