"""The sweeper: publishes again what stands too long, ends leases that ran out, deletes what has expired.

Any number of replicas may sweep: a sweep writes nothing but the end of a lease, which is one compare-and-set, and the
events of one age of a turn have one id.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field
from random import SystemRandom

import structlog
from opentelemetry import trace

from services.ingress.backlog import Backlog
from services.ingress.desk import returned
from services.ingress.handlers import Outbox
from shared.contracts import Event
from shared.lane.documents import Conversation
from shared.lane.sweep import swept
from shared.stores.port import Document, Records
from shared.telemetry import names
from shared.telemetry.propagation import traceparent, within

log = structlog.get_logger(__name__)
tracer = trace.get_tracer("frontdesk.ingress")

_AT_ONCE = 500  # conversations that are held in memory at a time


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds: a turn is sent again when it stands for `after`, given up after `give_up`; a sweep runs about every `every`."""

    after: float = 20.0
    give_up: float = 120.0
    every: float = 5.0


@dataclass(slots=True)
class Sweeper:
    """Sweeps until it is cancelled. `expiring` are the kinds of documents whose end has to be looked for."""

    records: Records
    outbox: Outbox
    pace: Pace
    expiring: Sequence[type[Document]]
    now: Callable[[], float]
    backlog: Backlog
    _published: set[str] = field(default_factory=set)

    async def run(self) -> None:
        """Sweep, with jitter so that replicas do not march in step. An error ends this sweep, not the sweeper."""
        while True:
            await asyncio.sleep(self.pace.every * SystemRandom().uniform(0.5, 1.5))
            try:
                await self.sweep()
            except Exception as error:
                log.warning("sweep broken off", error=type(error).__name__)

    async def sweep(self) -> int:
        """One sweep. The answer is how many events it published; those that an earlier sweep of ours sent are left out.

        While NATS is away it only counts, and ends leases: what stands is sent once there is somebody to send it to.
        A lease is ended within `after` seconds of its end: asked for any earlier, every turn that runs would be read.
        """
        now, count, standing = self.now(), 0, set[str]()
        self.backlog.begin()
        async for lane in self._standing(now):
            if lane.lease and lane.lease.until <= now:
                await returned(self.records, self.outbox, lane.id, now)
            for event in swept(lane, now, after=self.pace.after, give_up=self.pace.give_up):
                key = event.message_id
                if key not in self._published:
                    if self.outbox.silence or not await self._again(event):
                        continue
                    count += 1
                standing.add(key)
        self.backlog.end()
        self._published = standing
        await self._expire(now)
        return count

    async def _standing(self, now: float) -> AsyncIterator[Conversation]:
        """All of them: those that nothing heals, such as of a channel that is down, must not hide the others."""
        page = await self.records.due(Conversation, now - self.pace.after, limit=_AT_ONCE)
        while page:
            self.backlog.add(page, now)
            for lane in page:
                yield lane
            page = await self.records.due(Conversation, now - self.pace.after, limit=_AT_ONCE, after=page[-1])

    async def _again(self, event: Event) -> bool:
        """Publish within the turn's own trace, where the sweep stands as a span."""
        attributes = {names.CONVERSATION: event.conversation, names.TURN: event.turn}
        with tracer.start_as_current_span(names.SWEEP, within(event.trace), attributes=attributes) as span:
            event.trace = traceparent(span.get_span_context()) or event.trace
            log.warning("stands too long: sent again", sent=event.name, turn=event.turn, attempt=event.attempt)
            return await self.outbox.publish(event)

    async def _expire(self, now: float) -> None:
        for kind in self.expiring:
            while await self.records.expire(kind, now):
                pass
