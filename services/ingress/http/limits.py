"""Rate limits: how often one customer, and one address, may come. Counted in this process; the limit is per replica."""

import ipaddress
import math
import time
from dataclasses import dataclass, field
from functools import lru_cache

from limits import RateLimitItem, parse_many
from limits.aio.storage import Storage
from limits.aio.strategies import FixedWindowRateLimiter
from starlette.types import Scope

from shared.http.problems import Problem

_PRUNE_FROM = 1024


class Counters(Storage):
    """Counters of fixed windows in memory, O(1) a hit. `limits`' own looks at all keys in a new task for every hit."""

    STORAGE_SCHEME = None

    def __init__(self) -> None:
        super().__init__()
        self._counts: dict[str, tuple[int, float]] = {}
        self._prune_at = _PRUNE_FROM

    @property
    def base_exceptions(self) -> type[Exception]:
        return ValueError

    async def incr(self, key: str, expiry: float, amount: int = 1) -> int:
        now = time.time()
        count, ends = self._counts.get(key, (0, 0.0))
        if ends <= now:
            count, ends = 0, now + expiry
        self._counts[key] = count + amount, ends
        if len(self._counts) > self._prune_at:
            self._counts = {key: each for key, each in self._counts.items() if each[1] > now}
            self._prune_at = max(_PRUNE_FROM, 2 * len(self._counts))
        return count + amount

    async def get(self, key: str) -> int:
        count, ends = self._counts.get(key, (0, 0.0))
        return count if ends > time.time() else 0

    async def get_expiry(self, key: str) -> float:
        return self._counts.get(key, (0, time.time()))[1]

    async def check(self) -> bool:
        return True

    async def reset(self) -> int | None:
        count = len(self._counts)
        self._counts.clear()
        return count

    async def clear(self, key: str) -> None:
        self._counts.pop(key, None)


@dataclass(frozen=True, slots=True)
class RateLimits:
    """Rates as `120/minute`, several joined by `;`. `None` for a rate: no limit."""

    customer: str | None = None
    address: str | None = None
    sessions: str | None = None
    _limiter: FixedWindowRateLimiter = field(default_factory=lambda: FixedWindowRateLimiter(Counters()))
    _parsed: dict[str, list[RateLimitItem]] = field(default_factory=dict)

    async def hit(self, kind: str, who: str) -> None:
        """Count a request of `who` against the rate `kind`. Raises a 429 that says when to come again."""
        rate: str | None = getattr(self, kind)
        if rate is None:
            return
        if kind not in self._parsed:
            self._parsed[kind] = parse_many(rate)
        for item in self._parsed[kind]:
            if not await self._limiter.hit(item, kind, who):
                ends = (await self._limiter.get_window_stats(item, kind, who)).reset_time
                wait = str(max(1, math.ceil(ends - time.time())))
                raise Problem(429, "Too many requests. Come again later.", headers={"Retry-After": wait})


def address(scope: Scope, hops: int) -> str:
    """Where a request comes from. Behind `hops` proxies of ours: what the outermost of them appended to X-Forwarded-For.

    Entries further left are the sender's own words. An IPv6 host has a /64 to choose from, so that counts as one.
    """
    found = scope["client"][0] if scope.get("client") else ""
    if hops:
        forwarded = [value.decode("latin-1") for name, value in scope["headers"] if name == b"x-forwarded-for"]
        chain = [part.strip() for part in ",".join(forwarded).split(",") if part.strip()]
        found = chain[-hops] if len(chain) >= hops else found
    return _counted_as(found)


@lru_cache(4096)
def _counted_as(found: str) -> str:
    try:
        parsed = ipaddress.ip_address(found)
    except ValueError:
        return found[:64]
    if isinstance(parsed, ipaddress.IPv6Address) and not parsed.ipv4_mapped:
        return str(ipaddress.ip_network((int(parsed) >> 64 << 64, 64)))
    return str(parsed)
