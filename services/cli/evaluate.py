"""`frontdesk eval`: measure on public data what is measured by no test."""

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(help="Measure the guardrails on public data that lie beside the project.", no_args_is_help=True)


@app.callback()
def evaluate() -> None:
    """Measure on public data."""


@app.command()
def guardrails(
    subjects: Annotated[list[str] | None, typer.Argument(help="pii, generality, language, moderation, peers, cost.")] = None,
    data: Annotated[Path | None, typer.Option(help="Folder of the evaluation data; default: ../shared/data.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for programs.")] = False,
    misses: Annotated[bool, typer.Option(help="Show the worst misses of each figure.")] = True,
) -> None:
    """Recall of attacks and harm, false alarms on honest messages, CPU: with confidence intervals, bars and worst misses."""
    from evals.data import DATA
    from evals.run import run

    run(subjects or [], data=data or DATA, as_json=as_json, misses=misses)
