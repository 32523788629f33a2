"""`frontdesk dlq`: what could not be handled, and what to do with it."""

import asyncio
import json
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.table import Table

from services.cli.console import terminal

if TYPE_CHECKING:
    from shared.messaging.dead_letters import DeadLetter, DeadLetters

app = typer.Typer(help="Dead letters: look, replay, drop.", no_args_is_help=True)
JSON = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]
DATA = Annotated[Path, typer.Option("--data", envvar="FRONTDESK_DATA", help="Folder of the development environment.")]
NUMBER = Annotated[int, typer.Argument(help="The number that `dlq list` shows.")]


@app.command("list")
def list_(data: DATA = Path(".frontdesk"), as_json: JSON = False) -> None:
    """Print the dead letters, oldest first: what it was, where it died, why."""
    letters = asyncio.run(_all(data))
    if as_json:
        print(json.dumps([_described(letter) for letter in letters]))
        return
    table = Table(box=None)
    for column in ("number", "when", "event", "consumer", "tries", "error", "reason"):
        table.add_column(column)
    for letter in letters:
        when = letter.at.astimezone().strftime("%m-%d %H:%M:%S")
        row = (str(letter.number), when, letter.subject, letter.consumer, str(letter.attempts), letter.error, letter.reason)
        table.add_row(*row)
    terminal().print(table if letters else "[green]✓[/] no dead letters")


@app.command()
def show(number: NUMBER, data: DATA = Path(".frontdesk"), as_json: JSON = False) -> None:
    """Print one dead letter with its headers and its body. A sealed text stays sealed."""
    letter = asyncio.run(_one(data, number))
    described = _described(letter) | {"headers": dict(letter.headers), "body": letter.body.decode(errors="replace")}
    if as_json:
        print(json.dumps(described))
        return
    for name, value in described.items():
        terminal().print(f"[bold]{name}[/]  {value}", highlight=False)


@app.command()
def replay(number: NUMBER, data: DATA = Path(".frontdesk"), as_json: JSON = False) -> None:
    """Admit its inputs again, as a new turn; a backend's event is published again. Effects are not repeated."""
    letter = asyncio.run(_replay(data, number))
    print(json.dumps(_described(letter))) if as_json else terminal().print(f"replayed {letter.subject}")


@app.command()
def drop(number: NUMBER, data: DATA = Path(".frontdesk")) -> None:
    """Delete one dead letter for good."""
    asyncio.run(_drop(data, number))
    terminal().print(f"dropped {number}")


def _described(letter: "DeadLetter") -> dict[str, Any]:
    names = ("number", "subject", "stream", "consumer", "sequence", "error", "reason", "attempts", "traceparent")
    return {name: getattr(letter, name) for name in names} | {"at": letter.at.isoformat()}


async def _all(data: Path) -> list["DeadLetter"]:
    async with _opened(data) as letters:
        return [letter async for letter in letters.all()]


async def _one(data: Path, number: int) -> "DeadLetter":
    async with _opened(data) as letters:
        return await letters.show(number)


async def _drop(data: Path, number: int) -> None:
    async with _opened(data) as letters:
        await letters.drop(number)


async def _replay(data: Path, number: int) -> "DeadLetter":
    from services.compose import open_stores
    from services.replay import Readmission
    from services.settings import ProcessSettings, read
    from shared.messaging.connection import connected
    from shared.messaging.dead_letters import DeadLetters
    from shared.messaging.publisher import Publisher
    from shared.messaging.settings import BusSettings
    from shared.sealing import Keyring
    from shared.stores.keys import CustomerKeys

    adopt(data)
    settings = read(ProcessSettings)
    keyring = Keyring.parse(settings.seal_keys.get_secret_value())
    async with open_stores(settings) as (records, keys), connected(read(BusSettings), "dlq") as client:
        readmit = Readmission(records, CustomerKeys(keys, keyring), Publisher.on(client))
        return await DeadLetters(client).replay(number, readmit)


@asynccontextmanager
async def _opened(data: Path) -> AsyncIterator["DeadLetters"]:
    from services.settings import read
    from shared.messaging.connection import connected
    from shared.messaging.dead_letters import DeadLetters
    from shared.messaging.settings import BusSettings

    adopt(data)
    async with connected(read(BusSettings), "dlq") as client:
        yield DeadLetters(client)


def adopt(data: Path) -> None:
    """Without settings in the environment, use those of the development environment that runs in `data`."""
    if "FRONTDESK_NATS_URL" in os.environ:
        return
    from services.dev.environment import open_secrets, read_addresses

    addresses = read_addresses(data)
    os.environ["FRONTDESK_NATS_URL"] = addresses["nats"]
    os.environ.setdefault("FRONTDESK_RECORDS", addresses["records"])
    os.environ.setdefault("FRONTDESK_KEYS", addresses["keys"])
    secrets = open_secrets(data)
    os.environ.setdefault("FRONTDESK_SEAL_KEYS", secrets.seal_key)
    os.environ.setdefault("FRONTDESK_SESSION_KEY", secrets.session_key)
