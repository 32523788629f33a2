"""`frontdesk bench`: measure, and print ratios with their spread. It reports; it fails only when it cannot measure."""

import asyncio
import json
import signal
import tempfile
from collections.abc import Sequence
from pathlib import Path

import uvloop
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.status import Status
from rich.table import Table

from bench.benchmark import Benchmark, Progress, interleaved
from bench.chain.benchmark import CHAIN
from bench.growth import GROWTH
from bench.guard.benchmark import GUARD
from bench.ingress.benchmark import INGRESS
from bench.plots import check_target
from bench.plots import plot as draw
from bench.processes import check_platform
from bench.records import RECORDS
from bench.statistics import Figure
from bench.turns.benchmark import TURNS
from services.cli.console import terminal
from shared.errors import ConfigurationError

BENCHMARKS = {each.name: each for each in (CHAIN, TURNS, INGRESS, GROWTH, RECORDS, GUARD)}

_STOPPED = 130  # what shells know as: ended by Ctrl-C
_MARKS = {"": "", "aim": "[green]✓ aim[/]", "must": "[green]✓[/]", "missed": "[red]✗ missed[/]"}


def run(names: Sequence[str], *, rounds: int = 5, as_json: bool = False, plot: Path | None = None) -> None:
    """Run the named benchmarks, or all, and print their figures: a table, or JSON for programs; `plot` is a picture of them.

    Raises `ConfigurationError` for a name that is none of ours, a plot of no known kind, and where CPU times cannot be read.
    """
    check_platform()
    if plot is not None:
        check_target(plot)
    if unknown := [name for name in names if name not in BENCHMARKS]:
        raise ConfigurationError(f"there is no benchmark {', '.join(unknown)}: choose of {', '.join(BENCHMARKS)}")
    chosen = [BENCHMARKS[name] for name in dict.fromkeys(names)] or list(BENCHMARKS.values())
    figures: list[Figure] = []
    with Console(stderr=True).status("starting") as status:
        for benchmark in chosen:
            try:
                figures += uvloop.run(measured(benchmark, rounds, _telling(benchmark.name, status)))
            except (KeyboardInterrupt, asyncio.CancelledError):
                raise SystemExit(_STOPPED) from None
    if plot is not None:
        asyncio.run(draw(figures, _title(rounds), plot))
    if as_json:
        print(json.dumps([figure.record() for figure in figures], indent=2))
    else:
        terminal().print(table(figures, rounds))


async def measured(benchmark: Benchmark, rounds: int, progress: Progress) -> list[Figure]:
    """The figures of one benchmark. All that it starts has ended when this returns."""
    task = asyncio.current_task()
    assert task
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)  # or its children would outlive it
    with tempfile.TemporaryDirectory(prefix="frontdesk-bench-") as folder:
        async with benchmark.opened(Path(folder), progress) as cells:
            samples = await interleaved(cells, rounds, progress)
        await asyncio.sleep(0)  # transports that were closed last are let go
    return benchmark.figures(samples)


def table(figures: Sequence[Figure], rounds: int) -> Table:
    """Figures for people."""
    made = Table(
        title=_title(rounds),
        title_justify="left",
        box=SIMPLE_HEAD,
        padding=(0, 1),
    )
    made.add_column("")
    for heading in ("median", "spread", "must", "aim"):
        made.add_column(heading, justify="right", no_wrap=True)
    made.add_column("", no_wrap=True)
    for figure in figures:
        sign, spread = "≤" if figure.better == "lower" else "≥", figure.spread
        goals = [f"{sign} {goal:g}" if goal is not None else "" for goal in (figure.must, figure.aim)]
        name = f"[bold]{figure.name}[/]\n[dim]{figure.about}[/]"
        around = f"{_short(spread.low)} – {_short(spread.high)}"
        made.add_row(name, f"{_short(spread.value)} {figure.unit}", around, *goals, _MARKS[figure.standing])
    return made


def _title(rounds: int) -> str:
    return f"Medians of {rounds} interleaved rounds, with their spread"


def _short(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def _telling(name: str, status: Status) -> Progress:
    def tell(what: str) -> None:
        if status.console.is_terminal:
            status.update(f"{name}: {what}")
        else:
            status.console.print(f"{name}: {what}", highlight=False)

    return tell
