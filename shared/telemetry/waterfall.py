"""One trace as a person reads it: a tree of spans with their times, attempts, tokens and errors. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from shared.telemetry import names
from shared.telemetry.spans import Span

_BAR = 34  # characters
_STYLES = {"server": "cyan", "producer": "dim", "consumer": "blue", "client": "magenta", "internal": "white"}


@dataclass(frozen=True, slots=True)
class Row:
    """A span at its depth. `offset` and `duration` are milliseconds, the offset from the start of the trace."""

    span: Span
    depth: int
    offset: float
    duration: float


def rows(spans: list[Span]) -> list[Row]:
    """Parents before children, siblings by their start. A span whose parent is not there stands at the root."""
    if not spans:
        return []
    known = {span.span_id for span in spans}
    children: dict[str, list[Span]] = {}
    for span in sorted(spans, key=lambda span: span.start):
        children.setdefault(span.parent_id if span.parent_id in known else "", []).append(span)
    began = min(span.start for span in spans)

    def walk(parent: str, depth: int) -> Iterator[Row]:
        for span in children.get(parent, []):
            yield Row(span, depth, (span.start - began) / 1e6, (span.end - span.start) / 1e6)
            yield from walk(span.span_id, depth + 1)

    return list(walk("", 0))


def summary(spans: list[Span]) -> dict[str, Any]:
    """The trace in figures, for `--json`: times in ms, tokens, cost in USD, orphans (spans whose parent is missing)."""
    known = {span.span_id for span in spans}
    numbers = [span.attributes for span in spans]
    return {
        "trace_id": spans[0].trace_id if spans else "",
        "spans": len(spans),
        "duration_ms": round((max(s.end for s in spans) - min(s.start for s in spans)) / 1e6, 3) if spans else 0.0,
        "stages": sorted({str(a[names.STAGE]) for a in numbers if names.STAGE in a}),
        "turns": sorted({str(a[names.TURN]) for a in numbers if a.get(names.TURN)}),
        "errors": [f"{span.name}: {span.error}" for span in spans if span.error],
        "redeliveries": sum(1 for a in numbers if int(a.get(names.ATTEMPT, 1)) > 1),
        "input_tokens": sum(int(a.get(names.GENAI_INPUT_TOKENS, 0)) for a in numbers),
        "output_tokens": sum(int(a.get(names.GENAI_OUTPUT_TOKENS, 0)) for a in numbers),
        "cost_usd": round(sum(float(a.get(names.COST, 0.0)) for a in numbers), 6),
        "orphans": sum(1 for span in spans if span.parent_id and span.parent_id not in known),
        "links": [{"trace_id": t, "span_id": s, **a} for span in spans for t, s, a in span.links],
    }


def as_json(spans: list[Span]) -> dict[str, Any]:
    """`summary` and every span in the order of the waterfall."""
    listed = [
        {
            "name": row.span.name,
            "kind": row.span.kind,
            "service": row.span.service,
            "depth": row.depth,
            "offset_ms": round(row.offset, 3),
            "duration_ms": round(row.duration, 3),
            "error": row.span.error,
            "span_id": row.span.span_id,
            "parent_id": row.span.parent_id,
            "attributes": row.span.attributes,
        }
        for row in rows(spans)
    ]
    return summary(spans) | {"waterfall": listed}


def render(spans: list[Span], *, all_spans: bool = False) -> RenderableType:
    """The waterfall. PRODUCER spans are left out unless `all_spans`: each is the thin line between two hops."""
    known = {span.span_id for span in spans}
    facts = summary(spans)
    total = max(facts["duration_ms"], 0.001)
    table = Table(box=None, padding=(0, 1), header_style="bold")
    for column, justify in (("span", "left"), ("", "left"), ("start", "right"), ("took", "right"), ("", "left")):
        table.add_column(column, justify=justify, no_wrap=True)  # type: ignore[arg-type]
    hidden = {span.span_id for span in spans if span.kind == "producer"} if not all_spans else set()
    for row in rows(spans):
        if row.span.span_id in hidden:
            continue
        depth = row.depth - _hidden_above(row.span, spans, hidden)
        style = "bold red" if row.span.error else _STYLES.get(row.span.kind, "")
        label = Text("  " * depth + row.span.name, style=style)
        if row.span.parent_id and row.span.parent_id not in known:
            label.append(" (parent missing)", style="dim")
        table.add_row(label, _bar(row, total, style), f"{row.offset:.1f}", f"{row.duration:.1f} ms", _facts(row.span))
    head = Text.assemble(
        ("trace ", "bold"),
        (facts["trace_id"], "cyan"),
        f"   {facts['duration_ms']:.1f} ms, {facts['spans']} spans, "
        f"{facts['input_tokens']}+{facts['output_tokens']} tokens, ${facts['cost_usd']:.4f}",
    )
    return Group(head, table, *[Text(f"  {error}", style="red") for error in facts["errors"]])


def _hidden_above(span: Span, spans: list[Span], hidden: set[str]) -> int:
    parents = {item.span_id: item.parent_id for item in spans}
    count, at = 0, span.parent_id
    while at in parents:
        count += at in hidden
        at = parents[at]
    return count


def _bar(row: Row, total: float, style: str) -> Text:
    left = min(int(row.offset / total * _BAR), _BAR - 1)
    width = max(1, min(round(row.duration / total * _BAR), _BAR - left))
    return Text(" " * left + "█" * width, style=style or "white")


def _facts(span: Span) -> Text:
    a = span.attributes
    parts = []
    if int(a.get(names.ATTEMPT, 1)) > 1:
        parts.append(f"attempt {a[names.ATTEMPT]}")
    if float(a.get(names.QUEUE_WAIT, 0)) >= 1:
        parts.append(f"waited {a[names.QUEUE_WAIT]:.0f} ms")
    if names.GENAI_OUTPUT_TOKENS in a:
        parts.append(f"{a.get(names.GENAI_INPUT_TOKENS, 0)}+{a[names.GENAI_OUTPUT_TOKENS]} tokens")
    if names.FIRST_CHUNK in a:
        parts.append(f"first chunk {a[names.FIRST_CHUNK]:.0f} ms")
    parts += [str(a[key]) for key in (names.OUTCOME, "http.response.status_code") if key in a]
    if span.error:
        parts.append(span.error)
    return Text(", ".join(parts), style="dim")
