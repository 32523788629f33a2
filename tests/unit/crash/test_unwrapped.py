"""Without the settings a stage is built of the very objects, and with them of wrapped ones."""

from contextlib import asynccontextmanager

import pytest

from services import compose
from services.context import app
from services.context.settings import ContextSettings
from services.crash.ports import WatchedProducer, WatchedRecords
from shared.assistant import Assistant
from shared.http.calls import no_hooks
from shared.messaging import BusSettings
from shared.messaging.producer import JetStreamProducer
from shared.platform import Platform
from shared.sealing import Keyring
from shared.stores.sqlite import SqliteRecords

ASSISTANT = Assistant.model_validate(
    {"persona": {"name": "Robin", "company": "Shop", "tone": "brief"}, "models": [{"name": "model"}]}
)


@pytest.fixture
async def platform(tmp_path, monkeypatch):
    monkeypatch.setenv("FRONTDESK_KNOWLEDGE", f"sqlite:///{tmp_path}/knowledge.db")
    records = SqliteRecords(tmp_path / "records.db")
    yield Platform(BusSettings(), records, ASSISTANT, Keyring({"k1": bytes(32)}))
    await records.close()


@pytest.fixture
def given(monkeypatch):
    """The platform that a stage is built with."""
    found = []
    open_stage = app.open_stage

    @asynccontextmanager
    async def opening(settings: ContextSettings, platform: Platform):
        found.append(platform)
        async with open_stage(settings, platform) as stage:
            yield stage

    monkeypatch.setattr(app, "open_stage", opening)
    return found


async def test_a_stage_is_built_of_the_bare_ports(platform, given):
    async with compose._open_stage("context", platform, None) as stage:
        assert given == [platform]
        assert given[0] is platform
        assert platform.call_hooks is no_hooks
        assert type(stage.broker.config.broker_config.js_producer) is JetStreamProducer
        assert list(stage.broker.middlewares) == []


async def test_and_of_watched_ones_where_points_are_asked_for(platform, given):
    async with compose._open_stage("context", platform, lambda _: None) as stage:
        assert isinstance(given[0].records, WatchedRecords)
        assert isinstance(stage.broker.config.broker_config.js_producer, WatchedProducer)
        assert len(stage.broker.middlewares) == 1
        assert given[0].call_hooks("shop").keys() == {"request", "response"}
