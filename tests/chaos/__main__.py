"""`python -m tests.chaos [SCENARIO…]`: break a real system on purpose, and print what held. `make chaos ARGS="--long"`."""

import asyncio
import json
import random
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from tests.chaos.scenarios.catalogue import SCENARIOS
from tests.chaos.scenarios.scenario import Options, Outcome, Progress
from tests.chaos.system import Store

LONG, SHORT = 1.0, 0.02


app = typer.Typer(pretty_exceptions_enable=False, add_completion=False)


@app.command()
def main(
    names: Annotated[list[str] | None, typer.Argument(help=f"Of {', '.join(SCENARIOS)}; default: all.")] = None,
    long: Annotated[bool, typer.Option("--long", help="The whole proof, about an hour; default: a fiftieth of it.")] = False,
    scale: Annotated[float, typer.Option(help="This part of the long version.")] = 0.0,
    seed: Annotated[int, typer.Option(help="Of all lots; default: another one each time.")] = 0,
    store: Annotated[Store, typer.Option(help="Where the records are.")] = "sqlite",
    folder: Annotated[Path | None, typer.Option(help="Keep logs, stores and histories here.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for programs.")] = False,
) -> None:
    """Break a real system in each scenario, and compare what was accepted with what was done."""
    if unknown := set(names or ()) - set(SCENARIOS):
        raise typer.BadParameter(f"{', '.join(sorted(unknown))}: choose of {', '.join(SCENARIOS)}")
    seed = seed or random.randrange(1, 1_000_000)
    scale = scale or (LONG if long else SHORT)
    root = folder or Path(tempfile.mkdtemp(prefix="chaos-"))
    console = Console(stderr=True)
    outcomes: dict[str, Outcome] = {}
    for name in names or SCENARIOS:
        console.print(f"[bold]{name}[/]  --seed {seed} --scale {scale:g} --store {store}")
        outcomes[name] = _run(name, partial(Options, seed, scale, root / name, store=store), console)
    _print(outcomes, f"--seed {seed} --scale {scale:g} --store {store}", as_json=as_json)
    if broken := [each for outcome in outcomes.values() for each in outcome.violations]:
        console.print(f"[red]{len(broken)} violations[/]; histories and logs: {root}")
    missed = any(figure.held is False for outcome in outcomes.values() for figure in outcome.figures)
    sys.exit(1 if broken or missed else 0)


def _run(name: str, options: Callable[[Progress], Options], console: Console) -> Outcome:
    began, last = time.monotonic(), 0.0
    with console.status("starting") as status:

        def progress(told: str) -> None:
            nonlocal last
            status.update(f"{told}  ({time.monotonic() - began:.0f} s)")
            if not console.is_terminal and time.monotonic() - last > 15:
                last = time.monotonic()
                console.print(f"  {told}  ({last - began:.0f} s)")

        outcome = asyncio.run(SCENARIOS[name](options(progress)))
    for each in outcome.violations[:20]:
        console.print(f"  [red]✗[/] {each}", highlight=False)
    return outcome


def _print(outcomes: dict[str, Outcome], options: str, *, as_json: bool) -> None:
    if as_json:
        print(json.dumps({"options": options} | {name: asdict(each) for name, each in outcomes.items()}))
        return
    table = Table(title=options, box=None)
    for column in ("scenario", "figure", "value", "target", ""):
        table.add_column(column)
    for name, outcome in outcomes.items():
        for figure in outcome.figures:
            mark = {True: "[green]✓[/]", False: "[red]✗[/]", None: ""}[figure.held]
            table.add_row(name, figure.name, figure.value, figure.target, mark)
        table.add_section()
    Console(width=120 if not sys.stdout.isatty() else None).print(table)


if __name__ == "__main__":
    app()
