"""Spans of the development environment, kept in one SQLite file: enough to answer "what happened to this message?"."""

import json
import sqlite3
import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from shared.telemetry import names

_KEYS = (names.TURN, names.MESSAGE, names.ACTION)
_SCHEMA = """
create table if not exists spans(
    trace_id text not null, span_id text not null, start integer not null, body text not null, primary key(trace_id, span_id)
) without rowid;
create table if not exists keys(key text not null, trace_id text not null, primary key(key, trace_id)) without rowid;
create index if not exists spans_start on spans(start);
"""
_MOST = 200_000  # spans; the oldest go first


@dataclass(frozen=True, slots=True)
class Span:
    """One span as OTLP has it. Times are Unix nanoseconds; `links` are (trace id, span id, attributes)."""

    trace_id: str
    span_id: str
    parent_id: str
    name: str
    kind: str
    start: int
    end: int
    service: str
    scope: str
    error: str = ""
    attributes: dict[str, Any] = field(default_factory=dict)
    links: tuple[tuple[str, str, dict[str, Any]], ...] = ()

    @property
    def keys(self) -> Iterator[str]:
        for name in _KEYS:
            value = self.attributes.get(name)
            yield from value if isinstance(value, list | tuple) else [value] if value else []


class SpanStore:
    """Safe to open by several processes; one writes. Spans are idempotent by their ids."""

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        self._lock = threading.Lock()
        target = f"file:{path}?mode={'ro' if read_only else 'rwc'}"
        self._db = sqlite3.connect(target, uri=True, isolation_level=None, check_same_thread=False, timeout=5)
        if not read_only:
            self._db.execute("pragma journal_mode=wal")
            self._db.execute("pragma synchronous=off")  # a trace of a development machine may go with its power
            self._db.executescript(_SCHEMA)

    def add(self, spans: Iterable[Span]) -> int:
        """Keep `spans`; returns how many there were."""
        rows = list(spans)
        with self._lock:
            self._db.execute("begin")
            for span in rows:
                body = json.dumps({name: getattr(span, name) for name in Span.__dataclass_fields__})
                self._db.execute(
                    "insert or replace into spans values(?,?,?,?)", (span.trace_id, span.span_id, span.start, body)
                )
                for key in span.keys:
                    self._db.execute("insert or ignore into keys values(?,?)", (key, span.trace_id))
            self._db.execute("commit")
        return len(rows)

    def trim(self, most: int = _MOST) -> None:
        """Forget the oldest spans beyond `most`."""
        with self._lock:
            cut = self._db.execute("select start from spans order by start desc limit 1 offset ?", (most,)).fetchone()
            if cut:
                self._db.execute("delete from spans where start <= ?", cut)
                self._db.execute("delete from keys where trace_id not in (select trace_id from spans)")

    def find(self, key: str) -> list[str]:
        """The traces of a trace id, message id, turn id or action id; the newest last."""
        with self._lock:
            if self._db.execute("select 1 from spans where trace_id=? limit 1", (key,)).fetchone():
                return [key]
            rows = self._db.execute(
                "select k.trace_id, min(s.start) as began from keys k join spans s on s.trace_id = k.trace_id "
                "where k.key=? group by k.trace_id order by began",
                (key,),
            ).fetchall()
        return [row[0] for row in rows]

    def trace(self, trace_id: str) -> list[Span]:
        """All spans of a trace, by their start."""
        with self._lock:
            rows = self._db.execute("select body from spans where trace_id=? order by start", (trace_id,)).fetchall()
        return [_span(json.loads(row[0])) for row in rows]

    def close(self) -> None:
        self._db.close()


def _span(body: dict[str, Any]) -> Span:
    links = tuple((trace_id, span_id, attributes) for trace_id, span_id, attributes in body.pop("links"))
    return Span(**body, links=links)
