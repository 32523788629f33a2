"""The composition root: one stage, or several of them, in this process.

Development and production run the same code; only which stages share a process differs.
"""

import asyncio
import gc
import signal
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from importlib import import_module
from typing import Any

import structlog
from pydantic_settings import BaseSettings

from services.crash.fuse import CrashSettings, Reached
from services.crash.scene import Scene
from services.health import Health
from services.http import Server, front
from services.names import STAGES
from services.settings import ProcessSettings, RecordsSettings, read
from shared.assistant import load
from shared.errors import ConfigurationError
from shared.messaging.connection import connected
from shared.messaging.provision import apply
from shared.messaging.settings import BusSettings
from shared.messaging.topology import topology
from shared.platform import Platform, Stage
from shared.sealing import Keyring
from shared.stores.mongo.settings import MongoSettings
from shared.stores.open import migrate_keys, migrate_records, open_keys, open_records
from shared.stores.port import Records
from shared.telemetry.nats import Tracing
from shared.telemetry.settings import TelemetrySettings
from shared.telemetry.setup import configure

log = structlog.get_logger(__name__)


def handlers() -> list[tuple[str, tuple[Any, ...]]]:
    """Every stage with its handlers: what topology, AsyncAPI and diagram are made from."""
    return [(name, import_module(f"services.{name}.app").HANDLERS) for name in STAGES]


@asynccontextmanager
async def open_platform(settings: ProcessSettings, *, traced: bool) -> AsyncIterator[Platform]:
    """Open what stages share; close it after them."""
    bus = read(BusSettings)
    assistant = load(settings.assistant)
    keyring = Keyring.parse(settings.seal_keys.get_secret_value())
    async with open_stores(settings) as (records, keys):
        yield Platform(bus, records, assistant, keyring, (Tracing,) if traced else (), key_records=keys)


@asynccontextmanager
async def open_stores(settings: RecordsSettings) -> AsyncIterator[tuple[Records, Records]]:
    """The records and the store of customers' keys; close them afterwards."""
    url, mongo = settings.records.get_secret_value(), read(MongoSettings)
    async with AsyncExitStack() as stack:
        records = await open_records(url, mongo)
        stack.push_async_callback(records.close)
        keys = await open_keys(settings.keys.get_secret_value(), url, mongo)
        stack.push_async_callback(keys.close)
        yield records, keys


@asynccontextmanager
async def open_stages(names: Sequence[str], platform: Platform, reached: Reached | None = None) -> AsyncIterator[list[Stage]]:
    """Build each stage and start its broker. At the end each stops fetching and finishes or hands back what it has.

    `reached` is told of each crash point; without it nothing is wrapped.
    """
    async with AsyncExitStack() as stack:
        stages: list[Stage] = []
        for name in names:
            stages.append(await stack.enter_async_context(_open_stage(name, platform, reached)))
        for stage in stages:
            stack.push_async_callback(stage.broker.stop)
            await stage.broker.start()
            log.info("stage started", stage=stage.name)
        yield stages


@asynccontextmanager
async def _open_stage(name: str, platform: Platform, reached: Reached | None) -> AsyncIterator[Stage]:
    open_stage = import_module(f"services.{name}.app").open_stage
    scene = Scene(name, reached) if reached else None
    async with open_stage(_settings_of(name), scene.platform(platform) if scene else platform) as stage:
        yield scene.built(stage) if scene else stage


async def run(names: Sequence[str], *, migrate: bool = False) -> None:
    """Run stages until SIGTERM or SIGINT; with `migrate`, first do what `frontdesk migrate apply` does.

    Raises `ConfigurationError`, `TopologyError` or `StoreError` when it cannot start; the message tells what to do.
    """
    settings = read(ProcessSettings)
    telemetry_settings = read(TelemetrySettings)
    service = f"frontdesk-{names[0]}" if len(names) == 1 else "frontdesk"
    telemetry = configure(telemetry_settings, service)
    serving = asyncio.create_task(_serve(names, settings, traced=telemetry.traces, migrate=migrate))
    stop = _Stop(serving)
    try:
        await serving
    except asyncio.CancelledError:
        if not stop.told:
            raise
    finally:
        await asyncio.to_thread(telemetry.shutdown)


async def _serve(names: Sequence[str], settings: ProcessSettings, *, traced: bool, migrate: bool) -> None:
    reached = read(CrashSettings).reached()
    if migrate:
        await provisioned()
    async with open_platform(settings, traced=traced) as platform, open_stages(names, platform, reached) as stages:
        health = Health(stages, platform.records)
        async with Server(front(stages, health, _page(settings, names)), settings.http_host, settings.http_port):
            _tune_garbage_collector()
            log.info("ready", stages=list(names), port=settings.http_port)
            try:
                await asyncio.Event().wait()  # until cancelled
            finally:
                log.info("stopping")
                health.drain()
                for stage in stages:
                    stage.closing()


class _Stop:
    """SIGTERM and SIGINT cancel the task, also while it still waits for a server that is not there."""

    def __init__(self, task: asyncio.Task[None]) -> None:
        self._task, self.told = task, False
        for number in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(number, self)

    def __call__(self) -> None:
        if not self.told:  # told twice, it goes on stopping in order
            self.told = True
            self._task.cancel()


async def provisioned() -> list[str]:
    """Create and update records' indexes, streams, consumers and buckets; returns what was done. The one code path that does.

    The records come first: what they refuse leaves the broker as it was.
    """
    done = await records_migrated(do=True)
    bus = read(BusSettings)
    async with connected(bus, "migrate") as client:
        return done + [str(change) for change in await apply(client, topology(bus, dict(handlers())))]


async def records_migrated(*, do: bool) -> list[str]:
    """What the records need changed, and with `do` it is done."""
    settings = read(RecordsSettings)
    records, keys, mongo = settings.records.get_secret_value(), settings.keys.get_secret_value(), read(MongoSettings)
    return await migrate_records(records, mongo, do=do) + await migrate_keys(keys, records, mongo, do=do)


def _page(settings: ProcessSettings, names: Sequence[str]) -> Any:
    """The demo's page, beside ingress and where it is wanted; nowhere else is anything of the demo loaded."""
    if not settings.demo_page or "ingress" not in names:
        return None
    from demo.page.app import create_app
    from demo.page.settings import PageSettings

    log.warning("the demo's page is served: it signs in anybody as the demo customer")
    return create_app(read(PageSettings))


def _settings_of(name: str) -> BaseSettings:
    module = import_module(f"services.{name}.settings")
    kind: type[BaseSettings] = getattr(module, f"{name.capitalize()}Settings")
    return read(kind)


def _tune_garbage_collector() -> None:
    """What start-up made stays: full collections over it were the p99 of every stage (docs/performance.md)."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 50, 1000)


def stages_named(name: str) -> Sequence[str]:
    """`all`, or one stage. Raises `ConfigurationError` for what is neither."""
    if name == "all":
        return STAGES
    if name in STAGES:
        return (name,)
    raise ConfigurationError(f"there is no stage {name!r}: choose all or one of {', '.join(STAGES)}")
