"""Turns sent into the first hop of a chain and heard of after its last: one at a time, or as many as it takes."""

import asyncio
import random
import time
from collections.abc import Sequence
from uuid import UUID

from nats.aio.client import Client
from nats.aio.msg import Msg

from bench.chain.hops import EVENTS, template
from bench.processes import cpu_seconds
from bench.statistics import Sample, quantile
from shared.messaging.topology import DESK

_WINDOW = 256
_LATE = 20.0
_EXPORTED = 5.5  # seconds after which the SDK has exported: OTEL_BSP_SCHEDULE_DELAY is 5 by default


class Load:
    """Load of one chain. `stages` and `server` are the processes whose CPU time counts.

    `sampled`: the share of turns whose trace is recorded; None: turns have no trace context.
    """

    def __init__(self, client: Client, stages: Sequence[int], server: int, sampled: float | None = None) -> None:
        self._client, self._stages, self._server, self._sampled = client, stages, server, sampled
        self._subject, self._envelope = f"desk.v1.{EVENTS[0].name}.", template()
        self._slots = [f"bench-slot-{number:04d}" for number in range(_WINDOW)]
        self._sent: dict[str, float] = {}
        self._free, self._through = asyncio.Semaphore(_WINDOW), asyncio.Event()
        self._times: list[float] = []
        self._count, self._chance = 0, random.Random(1)

    async def listen(self) -> None:
        """Begin to hear of turns that came through."""
        await self._client.subscribe(f"desk.v1.{EVENTS[-1].name}.*", cb=self._heard, pending_bytes_limit=1 << 30)
        await self._client.flush()

    async def _heard(self, msg: Msg) -> None:
        slot = msg.subject.rsplit(".", 1)[1]
        if (sent := self._sent.pop(slot, None)) is not None:
            self._times.append(time.perf_counter() - sent)
            self._slots.append(slot)
            self._free.release()
            self._through.set()

    async def _send(self) -> None:
        """Send one turn once there is room. Raises `TimeoutError` when a turn got lost."""
        await asyncio.wait_for(self._free.acquire(), _LATE)
        self._count += 1
        slot = self._slots.pop()
        id = str(UUID(int=self._count | 0x4000_8000 << 64, version=4))
        headers = {"Nats-Msg-Id": id}
        if self._sampled is not None:
            recorded = self._chance.random() < self._sampled
            headers["traceparent"] = f"00-{self._chance.getrandbits(128):032x}-{self._count:016x}-{recorded:02x}"
        self._through.clear()
        self._sent[slot] = time.perf_counter()
        await self._client.publish(self._subject + slot, self._envelope(id, slot), headers=headers)

    async def _drained(self) -> None:
        for _ in range(_WINDOW):
            await asyncio.wait_for(self._free.acquire(), _LATE)
        for _ in range(_WINDOW):
            self._free.release()

    async def latency(self, turns: int) -> list[float]:
        """Seconds of each of `turns` turns, sent one at a time at irregular intervals."""
        self._times = []
        for _ in range(turns):
            await self._send()
            await asyncio.wait_for(self._through.wait(), _LATE)
            await asyncio.sleep(self._chance.uniform(0.001, 0.004))
        return self._times

    async def measure(self, turns: int, seconds: float, *, exports: bool = False) -> Sample:
        """One turn at a time, then a closed loop of 256 turns in flight; with `exports`, until all spans have left."""
        await self.latency(10)
        alone = await self.latency(turns)
        self._times = []
        before, began = self._used(), time.perf_counter()
        while time.perf_counter() < began + seconds:
            await self._send()
        await self._drained()
        wall, after = time.perf_counter() - began, self._used()
        through = len(self._times)
        stages, server, driver = ((b - a) / through for a, b in zip(before, after, strict=True))
        await asyncio.sleep(_EXPORTED if exports else 0)
        return {
            "cpu_to_exports": (sum(self._used()[:2]) - sum(before[:2])) / through,
            "p50": quantile(alone, 0.5),
            "p99": quantile(alone, 0.99),
            "rate": through / wall,
            "cpu": stages + server,
            "stages": stages,
            "with_driver": stages + server + driver,
        }

    async def forget(self) -> None:
        """Empty the stream, so that rounds do not fill the disk."""
        await self._client.jetstream().purge_stream(DESK)

    def _used(self) -> tuple[float, float, float]:
        return cpu_seconds(self._stages), cpu_seconds([self._server]), time.process_time()
