"""`frontdesk dev` in the terminal: progress while it starts, a first answer with its trace, and the addresses."""

import asyncio
import os
import signal
import time
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.panel import Panel

from services.cli.console import terminal
from services.dev.launch import Development, Options
from shared.telemetry.setup import configure_logs

if TYPE_CHECKING:
    from shared.telemetry.spans import Span, SpanStore


def serve(options: Options, question: str) -> None:
    """Start, ask `question` if there is one, and serve until Ctrl-C, SIGTERM, or until its terminal is closed."""
    configure_logs("console", "warning")
    asyncio.run(_serve(options, question, terminal()))


async def _serve(options: Options, question: str, console: Console) -> None:
    stopped = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    began = time.monotonic()
    with console.status("starting") as status:
        development = Development(options, lambda step: status.update(f"starting {step}"))
        starting = asyncio.ensure_future(development.__aenter__())
        interrupted = asyncio.ensure_future(stopped.wait())
        await asyncio.wait((starting, interrupted), return_when=asyncio.FIRST_COMPLETED)
        if not starting.done():
            starting.cancel()
            await asyncio.wait((starting,))
            return
        await starting
    try:
        console.print(f"[green]✓[/] everything runs ({time.monotonic() - began:.1f} s)")
        if question:
            await _first_question(question, development, console)
        _print_addresses(development, console)
        await stopped.wait()
    finally:
        with console.status("stopping"):
            await development.__aexit__(None, None, None)
        interrupted.cancel()


async def _first_question(question: str, development: Development, console: Console) -> None:
    from services.cli.client import Client
    from services.cli.talk import answer_to, new_conversation
    from shared.telemetry.spans import SpanStore
    from shared.telemetry.waterfall import render

    addresses = development.addresses
    async with Client(addresses["http"], addresses["demo_token"]) as client, asyncio.timeout(60):
        answer = await answer_to(client, new_conversation(), question)
    console.print(f"\n[bold cyan]customer[/]   {question}")
    console.print(f"[bold green]frontdesk[/]  {answer['text']}\n", highlight=False)
    store = SpanStore(development.folder / "spans.db", read_only=True)
    try:
        spans = await _whole_trace(store, answer["trace_id"])
        console.print(render(spans))
    finally:
        store.close()


async def _whole_trace(store: "SpanStore", trace_id: str) -> "list[Span]":
    """The spans of a trace once all processes have exported theirs; they do so twice a second."""
    spans, before = store.trace(trace_id), -1
    end = time.monotonic() + 5
    while (not spans or len(spans) != before or spans[0].parent_id) and time.monotonic() < end:
        before = len(spans)
        await asyncio.sleep(0.7)
        spans = store.trace(trace_id)
    return spans


def _print_addresses(development: Development, console: Console) -> None:
    addresses = development.addresses
    real = bool(os.environ.get("OPENAI_API_KEY"))
    model = addresses["model"] if real else "the understudy, a stand-in (set OPENAI_API_KEY for a real model)"
    shown = development.options.data if development.options.data != Path(".frontdesk") else ".frontdesk"
    console.print(
        Panel(
            f"[bold]{addresses['http']}[/]   the demo shop with its chat\n"
            f"[dim]{addresses['http']}/openapi.json · shop {addresses['shop']} · {addresses['nats']}\n"
            f"model: {model}\nstate, logs and traces: {shown}[/]",
            title="Frontdesk",
            border_style="green",
        )
    )
    console.print("[dim]frontdesk ask … · frontdesk chat · frontdesk trace ID · Ctrl-C stops[/]")
