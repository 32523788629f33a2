"""`frontdesk ask` and `frontdesk chat`: the demo customer in the terminal."""

import asyncio
import json
import secrets
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import httpx2
from rich.console import Console
from rich.panel import Panel

from services.cli.client import TERMINAL, Client, RequestRefused, StreamEvent
from services.cli.console import terminal
from services.dev.environment import read_addresses
from shared.errors import ConfigurationError, FrontdeskError
from shared.texts import texts


class NoAnswer(FrontdeskError):
    """No answer came in time."""


def new_conversation() -> str:
    return f"cli_{secrets.token_hex(6)}"


def ask(text: str, data: Path, *, as_json: bool, conversation: str, timeout: float) -> None:
    """Ask once and print. With `as_json`, one object: the ids, the text, the parts and the terminal event."""
    console = terminal()
    answer = asyncio.run(_asked(text, data, conversation or new_conversation(), timeout))
    if as_json:
        print(json.dumps(answer, ensure_ascii=False))
        return
    console.print(answer["text"], highlight=False)
    if answer["event"] == "confirm":
        console.print(f"[yellow]To confirm: frontdesk chat, or the page. Token {answer['token']}[/]")
    console.print(f"[dim]turn {answer['turn_id']} · frontdesk trace {answer['message_id']}[/]")


async def _asked(text: str, data: Path, conversation: str, timeout: float) -> dict[str, Any]:
    addresses = read_addresses(data)
    try:
        async with Client(addresses["http"], addresses["demo_token"]) as client, asyncio.timeout(timeout):
            return await answer_to(client, conversation, text)
    except httpx2.TransportError:
        raise ConfigurationError(f"{addresses['http']} does not answer: is it still starting?") from None
    except TimeoutError:
        raise NoAnswer(f"no answer within {timeout:.0f} s; see {data}/logs") from None


async def answer_to(client: Client, conversation: str, text: str, show: Any = None) -> dict[str, Any]:
    """Post `text` and return its terminal event with the ids; `show` is given each event of the stream."""
    accepted = await client.send(conversation, text)
    last = ""
    while True:
        try:
            async with client.stream(conversation, last) as events:
                async for event in events:
                    last = event.id or last
                    if show:
                        show(event)
                    if event.event in TERMINAL and accepted["message_id"] in event.data.get("answers", ()):
                        return accepted | event.data | {"event": event.event, "event_id": last, "text": words(event)}
        except httpx2.TransportError:
            await asyncio.sleep(0.5)  # the stream was cut, such as by a restart: resume after what was seen


def words(event: StreamEvent) -> str:
    """The text of a terminal event as a terminal shows it."""
    data = event.data
    if event.event != "confirm":
        return str(data.get("text", ""))
    amount = (data.get("amount") or {}).get("text", "")
    return "\n".join(filter(None, [data["title"], amount, *data.get("details", [])]))


def chat(data: Path) -> None:
    """A conversation until Ctrl-D."""
    console = terminal()
    addresses = read_addresses(data)
    console.print("[dim]You are the demo customer. Ctrl-D ends.[/]")
    try:
        asyncio.run(_chat(console, addresses))
    except (EOFError, KeyboardInterrupt):
        console.print()


async def _chat(console: Console, addresses: dict[str, Any]) -> None:
    conversation = new_conversation()
    async with Client(addresses["http"], addresses["demo_token"]) as client:
        while True:
            text = (await asyncio.to_thread(console.input, "[bold cyan]you[/]  ")).strip()
            if not text:
                continue
            console.print("[bold green]desk[/] ", end="")
            preview = _Preview(console)
            try:
                answer = await answer_to(client, conversation, text, preview.show)
            except RequestRefused as error:
                console.print(f"[red]{error}[/]")
                continue
            if answer["event"] == "confirm":
                await _confirmed(console, client, conversation, answer)
            else:
                preview.finish(answer)
            await _tell_masked(console, client, conversation, answer)


async def _tell_masked(console: Console, client: Client, conversation: str, answer: dict[str, Any]) -> None:
    """Say which personal data of the message was hidden before anybody read it."""
    transcript = await client.transcript(conversation)
    for turn in transcript["turns"]:
        if turn["turn_id"] == answer["turn_id"] and turn.get("masked"):
            console.print(f"[dim]{hidden_words(turn['masked'])}[/]", highlight=False)


def hidden_words(kinds: Iterable[str]) -> str:
    """Such as "Hidden before anybody read it: your card number, your e-mail address"."""
    known = texts()["en"]
    named = (known.get(f"label_{kind.lower()}", known["label_other"]).strip("()") for kind in kinds)
    return f"Hidden before anybody read it: {', '.join(named)}"


class _Preview:
    """Prints an answer while it is written, and what the preview did not show at its end."""

    def __init__(self, console: Console) -> None:
        self._console, self._shown = console, ""

    def show(self, event: StreamEvent) -> None:
        if event.event == "delta":
            self._shown += event.data["text"]
            self._console.print(event.data["text"], end="", highlight=False)
        elif event.event == "withdrawn":
            self._shown = ""
            self._console.print(" [dim](withdrawn)[/]")

    def finish(self, answer: dict[str, Any]) -> None:
        text = answer["text"]
        rest = text[len(self._shown) :] if text.startswith(self._shown) else f"\n{text}"
        self._console.print(rest, highlight=False)


async def _confirmed(console: Console, client: Client, conversation: str, answer: dict[str, Any]) -> None:
    console.print()
    console.print(Panel(answer["text"], title="Please confirm", border_style="yellow"))
    pressed = (await asyncio.to_thread(console.input, "[yellow]confirm? [y/n][/] ")).strip().lower()
    async with client.stream(conversation, answer["event_id"]) as events:
        result = await client.confirm(conversation, answer["token"], pressed in ("y", "yes"))
        console.print(f"[dim]{result.get('status', '')}[/]")
        async for event in events:
            if event.event in ("notice", "reply"):
                console.print(f"[bold green]desk[/] {words(event)}", highlight=False)
                return
