"""Probes say what is missing by name, and cost the records at most one question at a time."""

import asyncio
from types import SimpleNamespace
from typing import Any

import httpx2
import pytest

from services import health
from services.health import Health
from services.http import front
from shared.errors import StoreUnavailable
from shared.platform import Stage


class Records:
    def __init__(self) -> None:
        self.pings = 0
        self.error: Exception | None = None
        self.answers = asyncio.Event()
        self.answers.set()

    async def ping(self) -> None:
        self.pings += 1
        await self.answers.wait()
        if self.error:
            raise self.error


def stage(name: str, *, silence: str = "", problem: str = "", **degraded: str) -> Stage:
    broker: Any = SimpleNamespace(silence=silence, problem=problem or silence)
    return Stage(name, broker, degraded=lambda: degraded)


async def probe(made: Health, path: str = "/readyz") -> httpx2.Response:
    transport = httpx2.ASGITransport(front([], made))
    async with httpx2.AsyncClient(transport=transport, base_url="http://desk") as http:
        return await http.get(path)


async def test_each_thing_that_is_missing_has_its_name() -> None:
    records = Records()
    stages = [stage("safety", silence="not connected to NATS"), stage("agent", problem="nothing heard", shop="left alone")]
    records.error = StoreUnavailable("/secret/path is full")
    answer = await probe(Health(stages, records))
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "1")
    assert answer.json()["missing"] == {
        "nats": "not connected to NATS",
        "consumer of agent": "nothing heard",
        "records": "StoreUnavailable",
    }
    assert answer.json()["degraded"] == {"shop": "left alone"}
    assert "secret" not in answer.text
    assert (await probe(Health(stages, records), "/healthz")).json() == {"status": "ok"}


async def test_what_a_stage_goes_on_without_is_told_and_it_is_ready() -> None:
    answer = await probe(Health([stage("agent", **{"model m": "left alone"})], Records()))
    assert (answer.status_code, answer.json()) == (200, {"status": "ready", "degraded": {"model m": "left alone"}})


async def test_a_process_that_stops_is_not_ready() -> None:
    made = Health([stage("agent")], Records())
    made.drain()
    assert (await probe(made)).json()["missing"] == {"process": "stopping"}


async def test_records_that_hang_hold_one_question_and_no_probe(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "_WITHIN", 0.02)
    records, now = Records(), [0.0]
    records.answers.clear()
    made = Health([stage("agent")], records, clock=lambda: now[0])
    answers = await asyncio.gather(*(probe(made) for _ in range(20)))
    now[0] = 60.0
    answers.append(await probe(made))
    assert {answer.json()["missing"]["records"] for answer in answers} == {"no answer within 0.02 s"}
    assert records.pings == 1
    records.answers.set()
    await asyncio.sleep(0)
    assert [(await probe(made)).status_code for _ in range(20)] == [200] * 20
    assert records.pings == 2
