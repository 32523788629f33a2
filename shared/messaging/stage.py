"""A stage: handlers in, FastStream broker out. The types in a handler's signature are its topology.

broker = stage("safety", bus, Safety(...), (Safety.screen,))
await FastStream(broker).run()
"""

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

import nats.errors
from faststream import AckPolicy
from faststream.nats import JStream, NatsBroker, PullSub
from nats.aio.client import Client

from shared.contracts.backend import BackendEvent
from shared.contracts.base import Event
from shared.messaging.backend import cause_of, decode_backend_event
from shared.messaging.connection import OnFatal, Watch, check_version, close, dial, end_process, options, security
from shared.messaging.exchange import Exchange, decoder
from shared.messaging.limits import Limits
from shared.messaging.middleware import Middleware
from shared.messaging.producer import JetStreamProducer
from shared.messaging.provision import verify
from shared.messaging.publisher import Publisher
from shared.messaging.settings import BusSettings
from shared.messaging.signature import Handler, Returned, signature
from shared.messaging.subscriber import StageSubscriber
from shared.messaging.topology import Topology, durable, stream_of, subject, topology


class StageBroker(NatsBroker):
    """FastStream's broker that checks its topology before it consumes, and stops as a whole.

    `outlet` speaks on this stage's connection. `problem` says why it is not ready, or is ""; `silence` why it cannot speak.
    """

    outlet: Publisher
    needs: Topology
    watch: Watch

    async def start(self) -> None:
        """Connect, waiting as long as no server answers, check, consume.

        Raises `TopologyError`, naming the difference, when the broker has not what the handlers need, and
        `ConfigurationError` when it refuses the login or what the stage must be allowed.
        """
        try:
            client = await self.watch.opening(self._open())
        except BaseException:
            await self.stop()
            raise
        send = self.config.broker_config.js_producer.publish
        self.outlet.attach(client, send, self.middlewares, self.context)
        for subscriber in self.consumers:
            subscriber.exchange.attach(send, self.middlewares, self.context)
        await super().start()

    async def _connect(self) -> Client:
        client = await dial(self._connection_kwargs | self.watch.callbacks())  # FastStream's own kill the reconnect task
        self.config.connect(client)
        return client

    async def _open(self) -> Client:
        client = await self.connect()
        check_version(client)
        await verify(client, self.needs)
        return client

    async def stop(self, *args: Any) -> None:
        """Fetch no more, finish or hand back what is in flight, close. Works while the server is away, too."""
        self.watch.stopping = True
        await asyncio.gather(*(subscriber.stop() for subscriber in self.consumers))
        with suppress(nats.errors.Error):  # FastStream drains a connection that may not be there
            await super().stop(*args)
        if self._connection is not None:
            await close(self._connection)
            self._connection = None

    @property
    def consumers(self) -> list[StageSubscriber]:
        return [each for each in self.subscribers if isinstance(each, StageSubscriber)]

    @property
    def problem(self) -> str:
        """Why this stage takes no messages, or "": for the readiness probe."""
        return self.silence or next((problem for each in self.consumers if (problem := each.problem)), "")

    @property
    def silence(self) -> str:
        """Why this stage cannot publish, or "". Less than `problem`: a consumer that is lost keeps nobody from speaking."""
        if self.watch.reason:
            return self.watch.reason
        if self._connection is None or not self._connection.is_connected or not self.running:
            return "not connected to NATS"
        return ""


def stage(
    name: str,
    bus: BusSettings,
    owner: object,
    handlers: Sequence[Handler],
    *,
    limits: Limits | Mapping[Handler, Limits] | None = None,
    middlewares: Sequence[Middleware] = (),
    publisher: Publisher | None = None,
    on_fatal: OnFatal = end_process,
) -> StageBroker:
    """A broker that feeds each handler of `owner` its event and publishes what it returns.

    `limits` are those of all handlers, or of some by handler. `publisher` is bound to the stage's connection when it
    starts; give the one that `owner` holds. `on_fatal` is called with the reason when the connection cannot be trusted
    any more; by default the process is told to stop. Raises `TopologyError` for a signature that names no topology.
    """
    watch = Watch(on_fatal)
    broker = StageBroker(
        security=security(bus),
        logger=None,
        apply_types=False,  # nothing is injected: handlers take one event
        middlewares=middlewares,
        graceful_timeout=bus.graceful_timeout.total_seconds(),
        **options(bus, name),
    )
    broker.watch, broker.outlet = watch, publisher or Publisher()
    broker.needs = topology(bus, {name: handlers}).part(name, handlers)
    broker.config.broker_config.js_producer = JetStreamProducer()
    announced: set[type[Event]] = set()
    for handler in handlers:
        chosen = limits if isinstance(limits, Limits) else (limits or {}).get(handler, Limits())
        _subscribe(broker, name, owner, handler, chosen, bus.ack_wait.total_seconds())
        _announce(broker, name, handler, announced)
    return broker


def _subscribe(broker: StageBroker, name: str, owner: object, handler: Handler, limits: Limits, ack_wait: float) -> None:
    taken, outputs = signature(handler)

    async def consume(event: Any) -> Returned:
        return await handler(owner, event)

    consume.__annotations__ = {"event": taken}
    consume.__doc__ = handler.__doc__
    sub = broker.subscriber(
        subject(taken),
        stream=JStream(stream_of(taken), declare=False),
        durable=durable(name, taken),
        pull_sub=PullSub(),
        ack_policy=AckPolicy.MANUAL,
        no_reply=True,  # a sender's `reply_to` header must not say where results go
        title=durable(name, taken),
    )
    if issubclass(taken, BackendEvent):
        exchange = Exchange(decode_backend_event, cause_of, consume, outputs, limits)
    else:
        exchange = Exchange(decoder(taken), _itself, consume, outputs, limits)
    StageSubscriber.take_over(sub, durable(name, taken), exchange, limits, ack_wait)(consume)


def _announce(broker: StageBroker, name: str, handler: Handler, announced: set[type[Event]]) -> None:
    """For AsyncAPI: what the stage publishes. The exchange does the publishing."""
    for event in signature(handler)[1]:
        if event not in announced:
            announced.add(event)
            stream = JStream(stream_of(event), declare=False)
            broker.publisher(subject(event), stream=stream, schema=event, title=f"{name}.{event.name}")


def _itself(event: Event) -> Event:
    return event
