"""Something is away. Nobody's message is lost, everybody is told something true, and it heals by itself.

FRONTDESK_TEST_OUTAGE_SECONDS=600 pytest tests/integration/outages -s    # ten minutes each, with the times of production
"""

import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.integration.agent.conftest import HEAD, raw
from tests.integration.outages.conftest import LASTS, STUCK, Desk, answering, locked

pytestmark = pytest.mark.timeout(120 + 2 * LASTS)

GAP = 1.0 if LASTS else 0.1
HEALS_WITHIN = 60.0 + LASTS / 4
"""Seconds after the end of an outage, of which most is the sweeper's and the redelivery's pace: both slow down with age."""


async def through(desk: Desk, what: str, seconds: float, heal: Callable[[], None]) -> None:
    seconds = LASTS or seconds
    try:
        await desk.under_load(seconds, GAP)
    finally:
        heal()
    await desk.all_ended(HEALS_WITHIN)
    await desk.answers_again(HEALS_WITHIN)
    print(desk.report(what, seconds))
    assert desk.lag.worst < STUCK


async def test_nats(desk: Desk) -> None:
    """Messages are taken, for the records hold them, until as many stand as may; the probe says what is missing."""
    desk.nats.kill()
    await through(desk, "NATS", 3.0, desk.nats.start)
    assert (desk.missing, desk.degraded) == ({"nats"}, {"intake"})
    kinds = [answer.json()["type"] for answer in desk.answers if answer.status_code == 503]
    assert set(kinds) == {"urn:frontdesk:problem:overloaded"}
    assert desk.answers[-1].status_code == 202
    assert desk.most["unsent bytes"] < 1 << 20


async def test_records(desk: Desk, tmp_path: Path) -> None:
    """Nothing is promised that cannot be kept: 503, once it is clear that the records take nothing."""
    with locked(tmp_path / "records.db") as release:
        await through(desk, "records", 6.0, release)
    assert "records" in desk.missing
    assert {answer.status_code for answer in desk.answers} == {202, 503}


@pytest.mark.parametrize("how", ["hangs", "refuses"])
async def test_model(desk: Desk, how: str) -> None:
    """Who asks meanwhile hears that no answer can be had, and is offered a person; the model is left alone."""
    before = len(desk.model.requests)
    desk.model.behaviours = [raw(HEAD, hang=3600) if how == "hangs" else raw(b"HTTP/1.1 503 X\r\ncontent-length: 0\r\n\r\n")]

    def heal() -> None:
        asked.append(len(desk.model.requests) - before)
        desk.model.behaviours = [answering()]

    asked: list[int] = []
    await through(desk, f"model ({how})", 3.0, heal)
    assert desk.degraded == {"model m"}
    ends = [await desk.end_of(conversation) for conversation in desk.accepted]
    told = [end.draft for end in ends if end and end.outcome == "notice"]
    assert told
    assert all("I cannot think right now" in str(draft.parts) and "Talk to a person" in str(draft.parts) for draft in told)
    assert asked[0] < len(told), "fewer calls than customers: the breaker holds"


async def test_shop(desk: Desk) -> None:
    """Turns are answered without what the shop knows, and none waits for it long."""
    os.kill(desk.shop, signal.SIGSTOP)
    await through(desk, "shop", 3.0, lambda: os.kill(desk.shop, signal.SIGCONT))
    assert desk.degraded == {"shop"}
    ends = [await desk.end_of(conversation) for conversation in desk.accepted]
    assert {end.outcome for end in ends if end} == {"answered"}
