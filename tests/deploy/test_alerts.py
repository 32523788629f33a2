"""The rules for Prometheus: well-formed, and about metrics that a process tells, under labels and values that it has."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import promql_parser as promql
import pytest
import yaml
from prometheus_client import generate_latest

from shared.telemetry import metrics, names

ROOT = Path(__file__).parents[2]
RULES = [
    rule
    for path in sorted((ROOT / "deploy" / "prometheus").glob("*.yaml"))
    for group in yaml.safe_load(path.read_text())["groups"]
    for rule in group["rules"]
]
TOLD = {
    f"{family.name}_total" if family.type == "counter" else family.name: set(counter._labelnames)
    for counter in vars(metrics).values()
    if isinstance(counter, metrics.Counter)
    for family in counter.collect()
}


def selectors(node: Any) -> Iterator[Any]:
    """Every metric that an expression reads."""
    if isinstance(node, promql.VectorSelector):
        yield node
    for name in ("expr", "lhs", "rhs", "vector_selector", "args"):
        child = getattr(node, name, None)
        for each in child if isinstance(child, list) else [child]:
            if each is not None:
                yield from selectors(each)


def named(rule: dict[str, Any]) -> list[Any]:
    return list(selectors(promql.parse(rule["expr"])))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule["alert"])
def test_an_alert_reads_metrics_that_exist_and_says_what_to_do(rule: dict[str, Any]) -> None:
    found = named(rule)
    assert found
    for selector in found:
        assert selector.name in TOLD
        assert {matcher.name for matcher in selector.matchers.matchers} <= TOLD[selector.name]
    assert rule["labels"]["severity"] in ("warning", "critical")
    page, _, heading = rule["annotations"]["runbook"].partition("#")
    lines = (ROOT / page).read_text().splitlines()
    headings = [line.lstrip("# ").lower().replace(" ", "-") for line in lines if line.startswith("#")]
    assert heading in headings
    assert rule["annotations"]["summary"]


def test_the_alarm_of_a_guard_that_fails_is_among_them() -> None:
    assert names.GUARD_FAILURES in {selector.name for rule in RULES for selector in named(rule)}


def test_what_is_waited_for_begins_at_nothing() -> None:
    """Prometheus sees no increase in a series whose first sample is 1."""
    told = generate_latest().decode()
    assert re.search(r'^frontdesk_guard_failures_total\{cause="error",stage="egress"\} ', told, re.MULTILINE)
    assert re.search(r'^frontdesk_replies_rewritten_total\{found="prompt"\} ', told, re.MULTILINE)


def test_a_metric_that_nobody_tells_would_be_found() -> None:
    (selector,) = named({"expr": 'sum(increase(frontdesk_typo_total{stage="safety"}[5m])) > 0'})
    assert selector.name not in TOLD
