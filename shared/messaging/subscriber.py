"""FastStream's pull subscriber with a consume loop of our own. The one place that extends FastStream from inside.

FastStream keeps the life cycle, the middlewares and AsyncAPI. Ours is how messages arrive (one long pull request kept
topped up, never more than there are free slots) and how they are settled.

    pull ──▶ _receive ──▶ task: _work ──▶ Exchange: middlewares ▶ decode ▶ handler ▶ publish ▶ ack, nak or dead letter
      ▲                      │
      └── a slot is free ◀───┘
"""

import asyncio
from contextlib import suppress
from functools import partial
from typing import Any, Self

import nats.errors
import structlog
from faststream.nats.subscriber.usecases import LogicSubscriber, PullStreamSubscriber
from nats.aio.msg import Msg
from nats.aio.subscription import Subscription

from shared.messaging.exchange import Exchange
from shared.messaging.limits import Limits
from shared.messaging.settlement import Overdue, Stopping

log = structlog.get_logger(__name__)

_NANO = 1_000_000_000
_TICK = 1.0
_UNANSWERED = {"404", "409", "503"}
"""No such consumer any more, consumer deleted or leader changed, nobody answers."""


class Job:
    """A message being handled. `renewed`: when the server last heard that it is still worked on."""

    __slots__ = ("msg", "overdue", "renewed", "settling", "started", "task")

    def __init__(self, msg: Msg, now: float) -> None:
        self.msg, self.started, self.renewed = msg, now, now
        self.overdue = self.settling = False
        self.task: asyncio.Task[None] | None = None


class StageSubscriber(PullStreamSubscriber):
    """Feeds one durable's messages to its `Exchange`, at most `limits.concurrency` at a time."""

    exchange: Exchange
    limits: Limits
    durable: str
    ack_wait: float
    _jobs: dict[str, Job]
    _asked: int  # messages that the server still owes us
    _heard: float
    _lost: str
    _feed: Subscription | None
    _inbox: str

    @classmethod
    def take_over(cls, sub: LogicSubscriber[Any], durable: str, exchange: Exchange, limits: Limits, ack_wait: float) -> Self:
        """Turn a subscriber made by `broker.subscriber()` into ours: its factory has no hook for another class."""
        if type(sub) is not PullStreamSubscriber:
            raise TypeError(f"FastStream built a {type(sub).__name__}: see the pin of its version in pyproject.toml")
        sub.__class__ = cls  # same layout: both classes keep a __dict__
        assert isinstance(sub, cls)
        sub.durable, sub.exchange, sub.limits, sub.ack_wait = durable, exchange, limits, ack_wait
        sub._reset()  # noqa: SLF001 - its own class
        return sub

    def _reset(self) -> None:
        self._jobs, self._asked, self._heard, self._lost, self._feed = {}, 0, 0.0, "", None

    # Life cycle, called by the broker --------------------------------------------------------------------------------

    async def _create_subscription(self) -> None:
        self._reset()
        self._inbox = self.connection.new_inbox()
        self._feed = await self.connection.subscribe(self._inbox, cb=self._receive)
        self.add_task(self._tend)  # runs once FastStream has set `running`

    async def stop(self) -> None:
        """Fetch no more, give back what arrives meanwhile, finish what runs, then nak the rest. Safe to repeat."""
        self.running = False
        if feed := self._feed:
            self._feed = None
            with suppress(nats.errors.Error, OSError, TimeoutError):
                await asyncio.wait_for(feed.drain(), 2)  # type: ignore[no-untyped-call]
        for timeout in (self._outer_config.graceful_timeout, 1.0):
            if tasks := [job.task for job in self._jobs.values() if job.task]:
                _, late = await asyncio.wait(tasks, timeout=timeout)
                for job in tuple(self._jobs.values()):
                    if job.task in late and not job.settling:
                        job.task.cancel()
        await super().stop()

    @property
    def problem(self) -> str:
        """Why this consumer gets no messages, or "". For readiness."""
        if self._lost:
            return self._lost
        silent = asyncio.get_running_loop().time() - self._heard
        if self.running and self._asked and silent > 3 * self.limits.idle_heartbeat:
            return f"nothing heard of consumer {self.durable} for {silent:.0f} s"
        return ""

    @property
    def running_jobs(self) -> int:
        """Messages being handled now."""
        return len(self._jobs)

    # Fetching --------------------------------------------------------------------------------------------------------

    async def _pull(self) -> None:
        limits = self.limits
        free = limits.concurrency - len(self._jobs) - self._asked
        if free <= 0 or (self._asked and free < limits.concurrency // 2):
            return
        if not (self.running and (connection := self.connection).is_connected):
            return
        self._asked += free
        request = b'{"batch":%d,"expires":%d,"idle_heartbeat":%d}' % (
            free,
            limits.expires * _NANO,
            limits.idle_heartbeat * _NANO,
        )
        with suppress(nats.errors.Error, OSError):  # lost: `_tend` asks again
            await connection.publish(f"$JS.API.CONSUMER.MSG.NEXT.{self.stream.name}.{self.durable}", request, self._inbox)

    async def _receive(self, msg: Msg) -> None:
        now = self._heard = asyncio.get_running_loop().time()
        if not msg.reply:
            await self._status(msg.headers or {})
            return
        self._lost = ""
        self._asked = max(0, self._asked - 1)
        if not self.running:
            await msg.nak()
            return
        job = self._jobs[msg.reply] = Job(msg, now)
        job.task = asyncio.create_task(self._work(job))

    async def _status(self, headers: dict[str, str]) -> None:
        """A request is idle, or has ended and the server says how many messages it will not send."""
        code = headers.get("Status")
        if code == "100":
            self._lost = ""
            return
        self._asked = max(0, self._asked - int(headers.get("Nats-Pending-Messages", self._asked)))
        if code == "408":  # expired, its normal end
            self._lost = ""
            await self._pull()
            return
        said = "nobody answers: it, or its stream, is missing" if code == "503" else headers.get("Description", "")
        problem = f"pull on consumer {self.durable} ended: {code} {said}"
        if code in _UNANSWERED and not self._lost:  # `_tend` asks again at its pace
            log.error("consumer unavailable", stream=self.stream.name, durable=self.durable, code=code, said=said)
        self._lost = problem

    async def _tend(self) -> None:
        """Every second or sooner: keep the messages of slow handlers ours, replace a request lost with its server."""
        limits, loop, stats = self.limits, asyncio.get_running_loop(), self.connection.stats
        reconnects, self._heard = stats["reconnects"], loop.time()
        beat = self.ack_wait / 3
        while True:
            now = loop.time()
            if stats["reconnects"] != reconnects or now - self._heard > 2 * limits.idle_heartbeat:
                self._asked, self._heard, reconnects = 0, now, stats["reconnects"]
            await self._pull()
            for job in tuple(self._jobs.values()):
                if now - job.started > limits.deadline:
                    self._cancel_overdue(job)
                elif now - job.renewed >= beat:
                    job.renewed = now
                    with suppress(nats.errors.Error, OSError):
                        await job.msg.in_progress()
            await asyncio.sleep(min(_TICK, beat / 2))

    def _cancel_overdue(self, job: Job) -> None:
        """Again at each tick, should the handler swallow it. Without heartbeats its message moves on by itself."""
        if job.task and not job.settling:
            job.overdue = True
            job.task.cancel()

    # Processing ------------------------------------------------------------------------------------------------------

    async def _work(self, job: Job) -> None:
        try:
            await self.exchange.handle(job.msg, partial(self._meaning, job))
        except (Exception, asyncio.CancelledError) as error:  # it stays ours until ack_wait runs out, then comes again
            log.warning("not settled", subject=job.msg.subject, error=type(error).__name__)
        finally:
            del self._jobs[job.msg.reply]
            await self._pull()

    def _meaning(self, job: Job, error: BaseException) -> BaseException:
        """What a cancellation stands for: the deadline, our stop, or a bug of the handler's own. From here on the message
        is being settled, and its task is left alone."""
        job.settling = True
        if not isinstance(error, asyncio.CancelledError):
            return error
        if job.overdue:
            return Overdue(f"longer than {self.limits.deadline:g} s")
        return Stopping("the stage stops") if not self.running else error
