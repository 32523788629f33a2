"""`frontdesk trace`: the waterfall of a message, a turn or an action, from the spans in the data folder."""

import json
from pathlib import Path

from services.cli.console import terminal
from shared.errors import ConfigurationError
from shared.telemetry.spans import SpanStore
from shared.telemetry.waterfall import as_json as trace_json
from shared.telemetry.waterfall import render


def show(id: str, data: Path, *, as_json: bool, all_spans: bool) -> None:
    """Print every trace that knows `id`; a trace that links to another names it."""
    path = data / "spans.db"
    if not path.exists():
        raise ConfigurationError(f"no traces in {data}: start `frontdesk dev`, or look in your Jaeger or Tempo")
    store = SpanStore(path, read_only=True)
    try:
        found = [store.trace(trace_id) for trace_id in store.find(id)]
    finally:
        store.close()
    if not found:
        raise ConfigurationError(f"no trace knows {id!r}: spans arrive a second after the turn; older ones are dropped")
    if as_json:
        print(json.dumps([trace_json(spans) for spans in found] if len(found) > 1 else trace_json(found[0])))
        return
    console = terminal()
    for spans in found:
        console.print(render(spans, all_spans=all_spans))
