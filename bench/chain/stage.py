"""One process of a chain: `python -m bench.chain.stage bare|ours|traced URL NUMBER [OTLP]` takes hop NUMBER to the next.

`bare` is the least that a durable hop can be on nats-py: one long pull request kept topped up, the message's bytes sent on
under a `Nats-Msg-Id`, the PubAck awaited, the cause acknowledged. `ours` is `shared.messaging.stage()`, as the services use
it; `traced` is the same with the tracing middleware and its exporter.
"""

import asyncio
import gc
import sys
from typing import Any

import nats
import uvloop
from nats.aio.client import Client
from nats.aio.msg import Msg

from bench.chain.hops import EVENTS, handler, stage_name
from bench.consumer import Consumer
from bench.processes import say_ready
from shared.messaging import BusSettings, stage
from shared.messaging.topology import DESK, durable
from shared.telemetry.nats import Tracing
from shared.telemetry.settings import TelemetrySettings
from shared.telemetry.setup import configure


class Bare:
    """A hop on nats-py alone."""

    def __init__(self, client: Client, number: int) -> None:
        self._jetstream, self._position = client.jetstream(), str(number)
        self._onward = f"desk.v1.{EVENTS[number + 1].name}."
        self.consumer = Consumer(client, DESK, durable(stage_name(number), EVENTS[number]), self._send_on)

    async def _send_on(self, msg: Msg) -> None:
        assert msg.headers
        headers = {"Nats-Msg-Id": msg.headers["Nats-Msg-Id"][:36] + self._position}
        await self._jetstream.publish(self._onward + msg.subject.rsplit(".", 1)[1], msg.data, headers=headers)


async def run(kind: str, url: str, number: int, otlp: str) -> None:
    """Serve this hop until the process is ended."""
    if kind == "bare":
        await Bare(await nats.connect(url, pending_size=32 << 20), number).consumer.start()
    else:
        await _ours(BusSettings(url=url), number, otlp)
    gc.collect()  # as the composition root does it, so that the chains differ by their code alone
    gc.freeze()
    gc.set_threshold(20_000, 50, 1000)
    say_ready()
    await asyncio.Event().wait()


async def _ours(bus: BusSettings, number: int, otlp: str) -> None:
    middlewares: tuple[Any, ...] = ()
    if otlp:
        configure(TelemetrySettings(OTEL_EXPORTER_OTLP_ENDPOINT=otlp), f"frontdesk-{stage_name(number)}")
        middlewares = (Tracing,)
    broker = stage(stage_name(number), bus, None, (handler(number),), middlewares=middlewares)
    await broker.start()
    _running.append(broker)


_running: list[Any] = []  # nothing else refers to it

if __name__ == "__main__":
    uvloop.run(run(sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4] if len(sys.argv) > 4 else ""))
