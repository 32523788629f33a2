"""`frontdesk migrate`: the only thing that creates or changes streams, consumers, buckets and the records' database."""

import asyncio
import json
from typing import Annotated

import typer

from services.cli.console import terminal

app = typer.Typer(
    help="Streams, consumers, buckets and the records' database: see what is needed, make it so.", no_args_is_help=True
)
JSON = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]


@app.command()
def plan(as_json: JSON = False) -> None:
    """Print what `apply` would change, and change nothing."""
    _print(asyncio.run(_changes(apply=False)), as_json, "would")


@app.command()
def apply(as_json: JSON = False) -> None:
    """Create and update what is needed. Safe to repeat; refuses, with an instruction, what cannot be done in place."""
    _print(asyncio.run(_changes(apply=True)), as_json, "did")


@app.command()
def status(as_json: JSON = False) -> None:
    """Exit 0 when broker and records have all that this release needs, else 1."""
    changes = asyncio.run(_changes(apply=False))
    _print(changes, as_json, "needs:")
    raise typer.Exit(1 if changes else 0)


async def _changes(*, apply: bool) -> list[str]:
    from services.compose import handlers, provisioned, records_migrated
    from services.settings import read
    from shared.messaging.connection import connected
    from shared.messaging.provision import plan
    from shared.messaging.settings import BusSettings
    from shared.messaging.topology import topology

    if apply:
        return await provisioned()
    needed = await records_migrated(do=False)
    bus = read(BusSettings)
    async with connected(bus, "migrate") as client:
        return needed + [str(change) for change in await plan(client, topology(bus, dict(handlers())))]


def _print(changes: list[str], as_json: bool, verb: str) -> None:
    if as_json:
        print(json.dumps({"changes": changes}))
        return
    console = terminal()
    for change in changes:
        console.print(f"{verb} {change}", highlight=False)
    if not changes:
        console.print("[green]✓[/] streams, consumers, buckets and records are as this release needs them")
