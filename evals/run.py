"""`frontdesk eval guardrails`: one table of figures with their confidence intervals, and the worst misses."""

import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from bench.environments import NotInstalled
from evals import cost, generality, language, moderation, peers, pii
from evals.data import DATA
from evals.rows import Row
from services.cli.console import terminal
from shared.errors import ConfigurationError

Measure = Callable[[Path], Iterator[Row]]

SUBJECTS: dict[str, Measure] = {
    "pii": pii.rows,
    "generality": generality.rows,
    "language": language.rows,
    "moderation": moderation.measure,
    "peers": peers.measure,
    "cost": cost.measure,
}
_MARKS = {"": "", "aim": "[green]✓ aim[/]", "bar": "[green]✓ bar[/]", "missed": "[red]✗ missed[/]"}


def run(subjects: Sequence[str], *, data: Path = DATA, as_json: bool = False, misses: bool = True) -> None:
    """Measure the subjects, or all, and print: a table, or JSON for programs.

    Raises `ConfigurationError` for a subject that is none of ours, and where the data are not there.
    """
    if unknown := set(subjects) - SUBJECTS.keys():
        raise ConfigurationError(f"there is no subject {', '.join(sorted(unknown))}: choose of {', '.join(SUBJECTS)}")
    if not data.is_dir():
        raise ConfigurationError(f"the evaluation data are not at {data}")
    told = Console(stderr=True)
    measured: dict[str, list[Row]] = {}
    with told.status("starting") as status:
        for subject in subjects or SUBJECTS:
            status.update(subject)
            try:
                measured[subject] = list(SUBJECTS[subject](data))
            except NotInstalled as error:
                told.print(f"{subject}: left out: {error}")
    if as_json:
        print(json.dumps({subject: [row.record() for row in rows] for subject, rows in measured.items()}, indent=2))
        return
    for subject, rows in measured.items():
        terminal().print(table(subject, rows, misses=misses))


def table(subject: str, rows: Sequence[Row], *, misses: bool) -> Table:
    """Rows for people."""
    made = Table(title=subject, title_justify="left", box=SIMPLE_HEAD, padding=(0, 1))
    made.add_column("")
    for heading in ("value", "95 %", "bar", "aim"):
        made.add_column(heading, justify="right", no_wrap=True)
    made.add_column("", no_wrap=True)
    for row in rows:
        sign = "≤" if row.better == "lower" else "≥"
        goals = [f"{sign} {goal:g}" if goal is not None else "" for goal in (row.bar, row.aim)]
        made.add_row(row.name, f"{row.value:.3f}", f"{row.low:.3f} – {row.high:.3f}", *goals, _MARKS[row.standing])
        for miss in row.misses if misses else ():
            made.add_row(f"  [dim]{_escaped(miss)}[/]")
    return made


def _escaped(text: str) -> str:
    return "".join(char if char.isprintable() else "·" for char in text).replace("[", "\\[")
