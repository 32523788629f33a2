"""Every guard of the real stages broken, one after the other: nothing passes, the customer is told, an alarm is heard."""

import shutil
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
import structlog
from prometheus_client import REGISTRY

import services.agent.app
import services.context.app
import services.egress.app
import services.safety.app
from services.agent.settings import AgentSettings
from services.context.settings import ContextSettings
from services.egress.settings import EgressSettings
from services.safety.settings import SafetySettings
from shared.assistant import Assistant
from shared.contracts import (
    Customer,
    MessageReceived,
    NoticeDue,
    SealedInput,
    TurnBlocked,
    TurnScreened,
)
from shared.errors import ConfigurationError
from shared.guardrails.indirect import instructs
from shared.platform import Platform
from shared.sealing import Keyring, generate_key
from shared.stores.keys import CustomerKey, CustomerKeys
from shared.stores.knowledge import Passage
from shared.stores.open import open_knowledge
from shared.stores.sqlite import SqliteRecords
from shared.telemetry import names
from tests.integration.stagehand import Stagehand, provisioned
from tests.servers import NatsServer

ROOT = Path(__file__).parents[3]
KEYS = Keyring.parse(generate_key())
ASSISTANT = Assistant.model_validate(
    {"persona": {"name": "Robin", "company": "Shop", "tone": "Brief."}, "models": [{"name": "m"}]}
)
CUSTOMER = Customer(id="cus_1", assurance="verified")
SECRET = "ada@example.com"
STAGES = {
    "safety": (services.safety.app, SafetySettings()),
    "context": (services.context.app, ContextSettings(shop_url="")),
    "agent": (services.agent.app, AgentSettings(api_key="k", base_url="http://127.0.0.1:1")),  # type: ignore[arg-type]
    "egress": (services.egress.app, EgressSettings(session_key="session-key-of-the-tests-0123456789")),  # type: ignore[arg-type]
}
RECOGNISER = "shared.guardrails.pii.recognisers.email.find"
WEIGHTS = "shared.guardrails.moderation.model.linear.model"
LANGUAGE = "shared.guardrails.language.likely"


def broken(*_: object, **__: object) -> Any:
    raise OSError(f"no such file, and the text was: {SECRET}")


def failures(stage: str, cause: str = "error") -> float:
    return REGISTRY.get_sample_value(names.GUARD_FAILURES, {"stage": stage, "cause": cause}) or 0.0


@asynccontextmanager
async def running(
    stage: str, server: NatsServer, folder: Path, **settings: Any
) -> AsyncIterator[tuple[Stagehand, SqliteRecords]]:
    module, chosen = STAGES[stage]
    records = SqliteRecords(folder / "records.db")
    instructs.cache_clear()
    try:
        async with (
            provisioned(server, stage, module.HANDLERS) as hand,
            module.open_stage(chosen.model_copy(update=settings), Platform(hand.settings, records, ASSISTANT, KEYS)) as opened,
        ):
            await opened.broker.start()
            try:
                yield hand, records
            finally:
                await opened.broker.stop()
    finally:
        await records.close()


async def received(records: SqliteRecords, text: str) -> MessageReceived:
    sealed = await CustomerKeys(records, KEYS).seal(CUSTOMER.id, text, bound_to="c1/m1")
    item = SealedInput(id="m1", sealed=sealed)
    event = MessageReceived(conversation="c1", epoch=1, channel="web", customer=CUSTOMER, inputs=(item,))
    return event.first_of(event.turn)


async def everything(hand: Stagehand) -> bytes:
    return b"".join([*await hand.stored("", "DESK"), *await hand.stored("", "DESK_DLQ")])


@pytest.mark.parametrize("part", [RECOGNISER, WEIGHTS, LANGUAGE, "services.safety.handlers.goes_on"])
async def test_safety_blocks(part: str, nats_server: NatsServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with running("safety", nats_server, tmp_path) as (hand, records):
        event = await received(records, f"I live here and my address is {SECRET} my dear friends")
        monkeypatch.setattr(part, broken)
        before = failures("safety")
        with structlog.testing.capture_logs() as told:
            await hand.send(event)
            (blocked,) = await hand.published(TurnBlocked)
        assert (blocked.category, blocked.rule, blocked.text) == ("unreadable", "guard-failed", "")
        assert failures("safety") == before + 1
        assert {"event": "guard failed", "log_level": "error", "stage": "safety", "error": "OSError"} in told
        assert SECRET not in repr(told)
        assert SECRET.encode() not in await everything(hand)
        assert await hand.stored("desk.v1.turn-screened.") == []


@pytest.mark.parametrize("part", ["shared.guardrails.indirect.judge", "services.context.domain.neutral"])
async def test_context_blocks(part: str, nats_server: NatsServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = f"sqlite:///{tmp_path / 'knowledge.db'}"
    knowledge = await open_knowledge(place)
    await knowledge.add([Passage(id="a", source="a.md", title="Lamps", text=f"Send lamps back to {SECRET} within 30 days.")])
    await knowledge.close()
    async with running("context", nats_server, tmp_path, knowledge=place) as (hand, _):
        monkeypatch.setattr(part, broken)
        before = failures("context")
        event = TurnScreened(
            conversation="c1", epoch=1, channel="web", customer=CUSTOMER, inputs=("m1",), text="send lamps back", language="de"
        )
        await hand.send(event.first_of(event.turn))
        (blocked,) = await hand.published(TurnBlocked)
        assert (blocked.rule, blocked.text, blocked.language, blocked.inputs) == ("guard-failed", event.text, "de", ("m1",))
        assert failures("context") == before + 1
        assert SECRET.encode() not in await everything(hand)
        assert await hand.stored("desk.v1.turn-assembled.") == []


async def test_a_key_that_is_missing_is_alarmed_and_its_turn_is_given_up(nats_server: NatsServer, tmp_path: Path) -> None:
    """The customer is told by the notice of the dead letter, which can be replayed once the key is back."""
    async with running("safety", nats_server, tmp_path) as (hand, records):
        event = await received(records, f"I am {SECRET}")
        await records.delete(CustomerKey, CUSTOMER.id)
        before = failures("safety", "key")
        await hand.send(event)
        (notice,) = await hand.published(NoticeDue)
        assert (notice.reason, notice.turn) == ("failed", event.turn)
        assert failures("safety", "key") == before + 1
        assert await hand.stored("desk.v1.turn-screened.") == []
        assert len(await hand.dead()) == 1


@pytest.mark.parametrize("stage", STAGES)
async def test_no_stage_starts_without_its_guards(
    stage: str, nats_server: NatsServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(WEIGHTS, broken)
    with pytest.raises(ConfigurationError, match="the guards cannot start: OSError: no such file"):
        async with running(stage, nats_server, tmp_path):
            pass


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The packages as they are installed, to be damaged."""
    place = tmp_path_factory.mktemp("copy")
    for package in ("shared", "services", "demo"):
        shutil.copytree(ROOT / package, place / package, ignore=shutil.ignore_patterns("__pycache__"))
    return place


def moved_away(path: Path) -> None:
    path.unlink()


def cut_off(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:100])


@pytest.mark.parametrize("damage", [moved_away, cut_off])
@pytest.mark.parametrize("file", ["language/languages.ftz", "moderation/model/weights.json", "pii/names/given.txt"])
def test_a_file_that_is_missing_or_broken_is_named_at_the_start(
    copied: Path, file: str, damage: Callable[[Path], None]
) -> None:
    path = copied / "shared" / "guardrails" / file
    whole = path.read_bytes()
    damage(path)
    try:
        environment = {
            "PATH": "/usr/bin:/bin",
            "FRONTDESK_RECORDS": f"sqlite:///{copied / 'records.db'}",
            "FRONTDESK_SEAL_KEYS": generate_key(),
            "FRONTDESK_NATS_URL": "nats://127.0.0.1:1",
        }
        command = [sys.executable, "-P", "-c", "import sys; sys.path.insert(0, '.'); from services.cli import main; main()"]
        command += ["run", "safety"]
        ended = subprocess.run(command, cwd=copied, env=environment, capture_output=True, text=True, check=False, timeout=60)
    finally:
        path.write_bytes(whole)
    assert ended.returncode != 0
    assert path.name in ended.stderr
    assert "Traceback" not in ended.stderr
