from rich.console import Console

from shared.telemetry.spans import Span, SpanStore
from shared.telemetry.waterfall import as_json, render, rows


def span(name, span_id, parent="", start=0, end=10, **more):
    return Span(
        "t" * 32, span_id, parent, name, more.pop("kind", "internal"), start * 10**6, end * 10**6, "frontdesk", "x", **more
    )


TREE = [
    span("POST /v1", "a", start=0, end=50, kind="server"),
    span("publish message-received", "b", "a", 1, 2, kind="producer"),
    span(
        "process message-received", "c", "b", 3, 9, kind="consumer", attributes={"desk.stage": "safety", "desk.turn.id": "c:1"}
    ),
    span("chat understudy", "d", "c", 4, 8, error="TimeoutError", attributes={"gen_ai.usage.input_tokens": 12}),
    span("lost", "e", "nowhere", 5, 6),
]


def test_parents_come_before_children_and_orphans_are_not_lost():
    assert [(row.span.name, row.depth) for row in rows(list(reversed(TREE)))] == [
        ("POST /v1", 0),
        ("publish message-received", 1),
        ("process message-received", 2),
        ("chat understudy", 3),
        ("lost", 0),
    ]


def test_the_summary_counts_what_an_operator_asks_for():
    facts = as_json(TREE)
    assert (facts["duration_ms"], facts["spans"], facts["orphans"], facts["input_tokens"]) == (50, 5, 1, 12)
    assert (facts["stages"], facts["turns"], facts["errors"]) == (["safety"], ["c:1"], ["chat understudy: TimeoutError"])
    assert len(facts["waterfall"]) == 5


def test_a_person_sees_hops_without_their_publishing_and_the_error_by_name():
    console = Console(width=140, record=True, file=open("/dev/null", "w"))  # noqa: SIM115
    with console.file:
        console.print(render(TREE))
        text = console.export_text()
    assert "publish message-received" not in text
    assert "process message-received" in text
    assert "TimeoutError" in text
    assert "parent missing" in text


def test_a_trace_is_found_by_turn_and_by_its_own_id_and_spans_are_idempotent(tmp_path):
    store = SpanStore(tmp_path / "spans.db")
    store.add(TREE)
    store.add(TREE)
    assert store.find("c:1") == store.find("t" * 32) == ["t" * 32]
    assert store.find("c:2") == []
    assert store.trace("t" * 32) == sorted(TREE, key=lambda s: s.start)
    store.close()


def test_the_oldest_spans_go_first(tmp_path):
    store = SpanStore(tmp_path / "spans.db")
    store.add([span("s", str(n), start=n, end=n + 1) for n in range(10)])
    store.trim(4)
    assert [s.span_id for s in store.trace("t" * 32)] == ["6", "7", "8", "9"]
    store.close()
