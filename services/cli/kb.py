"""`frontdesk kb`: the knowledge that answers are taken from."""

import asyncio
import json
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table

from services.cli.console import terminal

app = typer.Typer(help="Knowledge: add articles, search them.", no_args_is_help=True)
JSON = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]
DATA = Annotated[Path, typer.Option("--data", envvar="FRONTDESK_DATA", help="Folder of the development environment.")]


@app.command()
def add(
    paths: Annotated[list[Path], typer.Argument(help="Markdown files, or folders of them.", exists=True)],
    data: DATA = Path(".frontdesk"),
) -> None:
    """Add or replace articles. The same file again changes nothing; passages it lost are removed."""
    files = [file for path in paths for file in (sorted(path.rglob("*.md")) if path.is_dir() else [path])]
    console = terminal()
    if not files:
        console.print("[yellow]no Markdown files there[/]")
        raise typer.Exit(1)
    console.print(asyncio.run(_add(files, data)))


@app.command()
def search(
    query: str,
    data: DATA = Path(".frontdesk"),
    limit: Annotated[int, typer.Option(min=1, max=50)] = 5,
    as_json: JSON = False,
) -> None:
    """Print the passages that the assistant would be shown for `query`."""
    found = asyncio.run(_search(query, data, limit))
    if as_json:
        print(json.dumps(found, ensure_ascii=False))
        return
    table = Table(box=None)
    for column in ("score", "source", "passage"):
        table.add_column(column)
    for passage in found:
        table.add_row(f"{passage['score']:.2f}", passage["source"], passage["text"][:160].replace("\n", " "))
    terminal().print(table if found else "nothing matches")


def _url(data: Path) -> str:
    import os

    return os.environ.get("FRONTDESK_KNOWLEDGE") or f"sqlite:///{(data / 'knowledge.db').resolve()}"


async def _add(files: list[Path], data: Path) -> str:
    from shared.stores.markdown import passages
    from shared.stores.open import open_knowledge

    knowledge = await open_knowledge(_url(data))
    try:
        count = 0
        for file in files:
            split = passages(file.name, file.read_text())
            await knowledge.add(split)
            count += len(split)
    finally:
        await knowledge.close()
    return f"{len(files)} articles, {count} passages"


async def _search(query: str, data: Path, limit: int) -> list[dict[str, Any]]:
    from shared.stores.open import open_knowledge

    knowledge = await open_knowledge(_url(data))
    try:
        return [{"score": p.score, "source": p.source, "text": p.text} for p in await knowledge.search(query, limit=limit)]
    finally:
        await knowledge.close()
