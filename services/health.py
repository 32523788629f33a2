"""Probes of a process, whatever stages run in it: `/healthz` that it lives, `/readyz` what it lacks, by name.

Ready means that its stages can do their work: NATS and the records are there, every consumer is served, the process is not
stopping. What a stage goes on without, such as a model or the shop, is told, and has no say in it.
"""

import asyncio
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from starlette.responses import JSONResponse
from starlette.types import Receive, Scope, Send

from shared.http.problems import MEDIA_TYPE
from shared.platform import Stage

_FRESH = 1.0  # seconds for which an answer of the records is passed on: asking them writes, and anybody may ask us
_WITHIN = 0.8  # seconds for the records' answer; a probe of Kubernetes waits for one second unless it is told otherwise


class Pinged(Protocol):
    """Raises when it could not take a write now."""

    async def ping(self) -> None: ...


class Health:
    """An ASGI app for both probes. After `drain()` the process is not ready any more."""

    def __init__(self, stages: Sequence[Stage], records: Pinged, clock: Callable[[], float] = time.monotonic) -> None:
        self._stages, self._records, self._clock = stages, records, clock
        self._draining = False
        self._ping: asyncio.Task[None] | None = None
        self._pinged = 0.0

    def drain(self) -> None:
        """The process stops: no new requests, those that are open are finished."""
        self._draining = True

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        response = JSONResponse({"status": "ok"}) if scope["path"] == "/healthz" else await self._readiness()
        await response(scope, receive, send)

    async def missing(self) -> Mapping[str, str]:
        """What keeps this process from its work, and why; empty when it is ready."""
        found = {"process": "stopping"} if self._draining else {}
        for stage in self._stages:
            if silence := stage.broker.silence:
                found["nats"] = silence
            elif problem := stage.broker.problem:
                found[f"consumer of {stage.name}"] = problem
        if problem := await self._records_problem():
            found["records"] = problem
        return found

    async def _readiness(self) -> JSONResponse:
        missing = await self.missing()
        degraded = {name: why for stage in self._stages for name, why in stage.degraded().items()}
        if not missing:
            return JSONResponse({"status": "ready", "degraded": degraded})
        problem = {
            "type": "urn:frontdesk:problem:not-ready",
            "title": "Service Unavailable",
            "status": 503,
            "detail": "Not ready: " + "; ".join(f"{name}: {why}" for name, why in missing.items()) + ".",
            "missing": dict(missing),
            "degraded": degraded,
        }
        return JSONResponse(problem, 503, {"Retry-After": "1"}, MEDIA_TYPE)

    async def _records_problem(self) -> str:
        """At most one question is under way, however many probes come and however long the records take."""
        if self._ping is None or (self._ping.done() and self._clock() - self._pinged >= _FRESH):
            self._ping, self._pinged = asyncio.create_task(self._records.ping()), self._clock()
            self._ping.add_done_callback(_seen)
        await asyncio.wait({self._ping}, timeout=_WITHIN)
        if not self._ping.done():
            return f"no answer within {_WITHIN:g} s"
        error = self._ping.exception()
        return type(error).__name__ if error else ""  # its text may name paths and hosts, and anybody may ask us


def _seen(ping: asyncio.Task[None]) -> None:
    """An error that no probe comes to ask for is no error of the loop."""
    if not ping.cancelled():
        ping.exception()
