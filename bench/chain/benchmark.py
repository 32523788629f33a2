"""Six durable hops in six processes, without a model: what our messaging costs beside the bare chain.

Both chains have a nats-server of their own with the same streams and durables, the same events and the same load.
"""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial
from pathlib import Path

import nats

from bench.benchmark import Benchmark, Cell, Progress
from bench.chain.hops import HOPS, handler, stage_name
from bench.chain.load import Load
from bench.processes import Children, children, text
from bench.statistics import Figure, Round, Spread, ratios, series
from shared.messaging import BusSettings, connected, topology
from shared.messaging.provision import apply

_ALONE = 120  # turns one at a time, a round
_SECONDS = 2.0  # of the closed loop, a round
_SAMPLED = 0.1


@asynccontextmanager
async def opened(folder: Path, progress: Progress) -> AsyncIterator[Mapping[str, Cell]]:
    """Three chains, ready and warm."""
    async with children(folder) as started, AsyncExitStack() as stack:
        await started.python("otlp", "bench.turns.model", "0")
        otlp = "http://127.0.0.1:" + text(folder / "otlp.log").split()[0]
        cells: dict[str, Cell] = {}
        for kind in ("bare", "ours", "traced"):
            progress(f"starting the chain: {kind}")
            load = await _chain(started, stack, kind, otlp if kind == "traced" else "")
            await load.measure(20, 0.5)
            cells[kind] = partial(_measured, load, exports=kind != "bare")
        yield cells


async def _chain(started: Children, stack: AsyncExitStack, kind: str, otlp: str) -> Load:
    server, url = await started.nats(f"nats-{kind}")
    async with connected(BusSettings(url=url), "bench") as client:
        await apply(client, topology(BusSettings(url=url), {stage_name(each): (handler(each),) for each in range(HOPS)}))
    stages = [
        await started.python(f"{kind}-{number}", "bench.chain.stage", kind, url, str(number), otlp) for number in range(HOPS)
    ]
    client = await nats.connect(url, pending_size=64 << 20)
    stack.push_async_callback(client.close)
    load = Load(client, stages, server, _SAMPLED if otlp else None)
    await load.listen()
    return load


async def _measured(load: Load, *, exports: bool) -> Mapping[str, float]:
    sample = await load.measure(_ALONE, _SECONDS, exports=exports)
    await load.forget()
    return sample


def figures(rounds: Sequence[Round]) -> list[Figure]:
    """Ratios of ours to the bare chain, and the bare chain itself, to judge the machine by."""

    def ratio(metric: str, cell: str = "ours", base: str = "bare") -> Spread:
        return Spread.of(ratios(rounds, cell, base, metric))

    def bare(metric: str) -> Spread:
        return Spread.of([1000 * value for value in series(rounds, "bare", metric)])

    return [
        Figure("chain.cpu", "CPU of a turn, stages and broker, by the bare chain's", "×", ratio("cpu"), "lower", 2.0, 1.5),
        Figure("chain.p50", "time of a turn, unloaded, by the bare chain's", "×", ratio("p50"), "lower", 1.8, 1.3),
        Figure("chain.p99", "the same, 99th percentile", "×", ratio("p99"), "lower"),
        Figure("chain.rate", "turns a second, by the bare chain's", "×", ratio("rate"), "higher"),
        Figure("chain.cpu_stages", "CPU of the six stages alone", "×", ratio("stages"), "lower"),
        Figure("chain.cpu_with_load", "CPU with the load generator's, as research counted", "×", ratio("with_driver"), "lower"),
        Figure(
            "chain.traced_cpu",
            "CPU of a turn and its exports, 10 % sampled, by off",
            "×",
            ratio("cpu_to_exports", "traced", "ours"),
            "lower",
            1.25,
            1.15,
        ),
        Figure("chain.bare_cpu", "the bare chain: CPU of a turn", "ms", bare("cpu"), "lower"),
        Figure("chain.bare_p50", "the bare chain: time of a turn", "ms", bare("p50"), "lower"),
    ]


CHAIN = Benchmark("chain", "six durable hops in six processes against the bare chain", opened, figures)
