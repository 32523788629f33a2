"""Turns from HTTP in to SSE out, over six processes, with records, lane and broker as shipped."""

import asyncio
import json
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from nats.aio.client import Client

from bench.benchmark import Benchmark, Cell, Progress
from bench.processes import Children, children, cpu_seconds, text
from bench.statistics import Figure, Round, Sample, Spread, quantile, ratios, series
from bench.turns.client import Connection
from bench.turns.peers import System
from bench.turns.references import direct, langgraph, raw_pipeline
from bench.turns.system import start
from shared.messaging import BusSettings, connected
from shared.messaging.topology import DESK

_CONVERSATIONS = 32
_WARM = 20  # turns of a conversation until its record has the size that it keeps
_SECONDS = 3.0  # of the closed loop, a round
_ALONE = 24  # turns one at a time, a round
_FIRST_MS, _GAP_MS = 20.0, 5.0  # of the model, then
_HELD = "from the model's second token, with which the guard lets the first word go"


@dataclass(slots=True)
class Load:
    """Puts load on one system after the other, and sets the pace of the model that both ask."""

    model: Connection
    broker: Client
    stored: dict[str, int] = field(default_factory=dict)

    async def pace(self, first_ms: float, gap_ms: float) -> None:
        """From now on the model answers at this pace."""
        await self.model.request("PUT", "/pace", json.dumps({"first_ms": first_ms, "gap_ms": gap_ms}).encode())

    async def closed(self, system: System, seconds: float) -> Sample:
        """All peers ask as fast as they are answered, by a model without delay."""
        await self.pace(0.0, 0.0)
        stored, cpu, began = await self._stored(), cpu_seconds(system.pids), time.perf_counter()

        async def ask(number: int) -> int:
            turns = 0
            while time.perf_counter() < began + seconds:
                await system.peers[number].turn()
                turns += 1
            return turns

        turns = sum(await asyncio.gather(*map(ask, range(len(system.peers)))))
        wall, cpu = time.perf_counter() - began, cpu_seconds(system.pids) - cpu
        return {"rate": turns / wall, "cpu": cpu / turns, "events": (await self._stored() - stored) / turns}

    async def alone(self, system: System, turns: int) -> Sample:
        """One turn at a time, of a model at the pace of a quick one."""
        await self.pace(_FIRST_MS, _GAP_MS)
        watches = [await system.peers[number % len(system.peers)].turn() for number in range(-2, turns)][2:]
        totals = [watch.total for watch in watches]
        first, second = ([getattr(watch, piece) for watch in watches] for piece in ("first", "second"))
        return {
            "first": quantile(first, 0.5),
            "second": quantile(second, 0.5),
            "p50": quantile(totals, 0.5),
            "p99": max(totals),
        }

    async def measure(self, system: System) -> Sample:
        """Both."""
        return {**await self.closed(system, _SECONDS), **await self.alone(system, _ALONE)}

    async def _stored(self) -> int:
        return (await self.broker.jetstream().stream_info(DESK)).state.last_seq


@asynccontextmanager
async def opened(folder: Path, progress: Progress) -> AsyncIterator[Mapping[str, Cell]]:
    """Frontdesk, what it is compared with, and the model that all ask, warm."""
    async with children(folder) as started, AsyncExitStack() as stack:
        model = await _model(started)
        running = await start(started, model, progress)
        progress("conversations")
        frontdesk = System(await running.conversations(_CONVERSATIONS, stack), tuple(running.pids.values()))
        progress("LangGraph behind FastAPI")
        systems = {
            "frontdesk": frontdesk,
            "langgraph": await langgraph(started, stack, model, _CONVERSATIONS),
            "raw": await raw_pipeline(started, stack, model, _CONVERSATIONS),
            "direct": await direct(stack, model, _CONVERSATIONS),
        }
        control = await Connection.open(model)
        stack.callback(control.close)
        load = Load(control, await stack.enter_async_context(connected(BusSettings(url=running.nats), "bench")))
        progress("warming up")
        for system in systems.values():
            for _ in range(_WARM):
                await asyncio.gather(*(peer.turn() for peer in system.peers))
        yield {name: partial(load.measure, system) for name, system in systems.items()}


async def _model(started: Children) -> str:
    await started.python("model", "bench.turns.model", "0")
    return f"http://127.0.0.1:{text(started.folder / 'model.log').split()[0]}"


def figures(rounds: Sequence[Round]) -> list[Figure]:
    """What Frontdesk adds to the model, what it costs, and how both stand to what it is compared with."""
    return [*_by_references(rounds), *_own(rounds), *_langgraphs(rounds)]


def _added(rounds: Sequence[Round], system: str, metric: str, less: str = "") -> list[float]:
    """Milliseconds beyond the model's own time, when it is asked directly."""
    return [1000 * (samples[system][metric] - samples["direct"][less or metric]) for samples in rounds]


def _by_references(rounds: Sequence[Round]) -> list[Figure]:
    def by_raw(metric: str, less: str = "") -> Spread:
        pairs = zip(_added(rounds, "frontdesk", metric, less), _added(rounds, "raw", metric), strict=True)
        return Spread.of([ours / raw for ours, raw in pairs])

    def by_langgraph(metric: str) -> Spread:
        return Spread.of(ratios(rounds, "frontdesk", "langgraph", metric))

    first = "added time to first token"
    behind = "LangGraph behind FastAPI on two workers"
    return [
        Figure("turns.by_langgraph", f"turns a second, by {behind}", "×", by_langgraph("rate"), "higher", 2.0, 4.0),
        Figure("turns.cpu_by_langgraph", "CPU of a turn, by LangGraph's", "×", by_langgraph("cpu"), "lower"),
        Figure("turns.first_token_by_raw", f"{first}, by the raw pipeline's", "×", by_raw("first"), "lower", 1.5, 1.2),
        Figure("turns.first_word_by_raw", f"{first}, {_HELD}, by the raw pipeline's", "×", by_raw("first", "second"), "lower"),
        Figure("turns.p50_by_raw", "added time of a turn, by the raw pipeline's", "×", by_raw("p50"), "lower"),
    ]


def _own(rounds: Sequence[Round]) -> list[Figure]:
    def own(metric: str, scale: float = 1.0) -> Spread:
        return Spread.of([scale * value for value in series(rounds, "frontdesk", metric)])

    def added(metric: str, less: str = "") -> Spread:
        return Spread.of(_added(rounds, "frontdesk", metric, less))

    first = "time to first token less that of the model asked directly"
    return [
        Figure("turns.rate", "HTTP in to SSE out, 32 conversations, closed loop", "/s", own("rate"), "higher"),
        Figure("turns.cpu", "CPU of a turn, six services and broker", "ms", own("cpu", 1000), "lower"),
        Figure("turns.added_first_token", first, "ms", added("first"), "lower"),
        Figure("turns.added_first_word", f"the same, {_HELD}", "ms", added("first", "second"), "lower"),
        Figure("turns.added_p50", "time of a turn less that of the model asked directly", "ms", added("p50"), "lower"),
        Figure("turns.added_p99", "the slowest of 24 turns less the model's median", "ms", added("p99", "p50"), "lower"),
        Figure("turns.events", "events that the broker stores of a turn", "", own("events"), "lower", 4.0, 4.0),
    ]


def _langgraphs(rounds: Sequence[Round]) -> list[Figure]:
    rate = Spread.of(series(rounds, "langgraph", "rate"))
    cpu = Spread.of([1000 * value for value in series(rounds, "langgraph", "cpu")])
    first = Spread.of(_added(rounds, "langgraph", "first"))
    return [
        Figure("turns.langgraph_rate", "LangGraph: turns a second", "/s", rate, "higher"),
        Figure("turns.langgraph_cpu", "LangGraph: CPU of a turn, both workers", "ms", cpu, "lower"),
        Figure("turns.langgraph_first_token", "LangGraph: added time to first token", "ms", first, "lower"),
    ]


TURNS = Benchmark("turns", "from HTTP in to SSE out, six processes, records and lane as shipped", opened, figures)
