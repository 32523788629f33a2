"""How a process connects to NATS, and what it does when the connection can no longer be trusted."""

import asyncio
import os
import signal
import ssl
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager, suppress
from typing import Any, TypeVar

import nats.errors
import structlog
from faststream.nats.security import NatsCredentials, NatsNKey, NatsSecurity, NatsUserPassword, parse_security
from nats.aio.client import Client

from shared.errors import ConfigurationError, TopologyError
from shared.messaging.settings import BusSettings

log = structlog.get_logger(__name__)

T = TypeVar("T")
OnFatal = Callable[[str], None]
_FORBIDDEN = ("permissions violation", "authorization violation", "authorization failed")
MINIMUM_VERSION = (2, 14)
"""Older servers accept settings that they do not know, and drop them without a word."""


def options(bus: BusSettings, name: str) -> dict[str, Any]:
    """What `nats.connect` and FastStream's broker have in common. Reconnects for ever: a finite number ends in a client
    that is closed while its process lives on."""
    return {
        "servers": bus.servers,
        "name": name,
        "inbox_prefix": bus.inbox_prefix.encode(),
        "max_reconnect_attempts": -1,
        "reconnect_time_wait": 0.5,
        "ping_interval": 5,
        "max_outstanding_pings": 2,
        "pending_size": 32 << 20,
    }


def security(bus: BusSettings) -> NatsSecurity | None:
    """How to log in, in FastStream's words; None: as nobody, without TLS."""
    context = ssl.create_default_context(cafile=str(bus.ca)) if bus.ca else None
    if bus.credentials is not None:
        return NatsCredentials(str(bus.credentials), ssl_context=context)
    if bus.nkey is not None:
        return NatsNKey.from_seed(bus.nkey.get_secret_value(), ssl_context=context)
    if bus.user is not None and bus.password is not None:
        return NatsUserPassword(bus.user, bus.password.get_secret_value(), ssl_context=context)
    return NatsSecurity(ssl_context=context) if context else None


@asynccontextmanager
async def connected(bus: BusSettings, name: str) -> AsyncIterator[Client]:
    """A connection for a command that comes and goes.

    Raises `ConfigurationError` when no server answers or the login is refused: a command does not wait for ever.
    """
    complaints: list[str] = []

    async def complain(error: Exception) -> None:
        complaints.append(str(error))

    try:
        chosen = (
            options(bus, name)
            | parse_security(security(bus))
            | {"max_reconnect_attempts": 2, "connect_timeout": 2, "error_cb": complain}
        )
        client = await dial(chosen)
    except (nats.errors.Error, OSError) as error:
        reason = complaints[-1] if complaints else str(error)
        raise ConfigurationError(f"no connection to NATS at {bus.url} (FRONTDESK_NATS_URL): {reason}") from error
    try:
        yield client
    finally:
        await close(client)


async def dial(chosen: dict[str, Any]) -> Client:
    """`nats.connect`, which leaves its socket open when it is given up."""
    client = Client()
    try:
        await client.connect(**chosen)
    except BaseException:
        await close(client)
        raise
    return client


async def close(client: Client) -> None:
    """Close, also while no server is there: nats-py would stumble over what it can no longer send, half-way through."""
    if not client.is_connected:
        client._pending, client._pending_data_size = [], 0  # noqa: SLF001
    with suppress(nats.errors.Error, OSError):
        await client.close()


def check_version(client: Client) -> None:
    """Raises `TopologyError` for a server that would silently ignore what we ask of it."""
    version = client.connected_server_version
    if (version.major, version.minor) < MINIMUM_VERSION:
        needed = ".".join(map(str, MINIMUM_VERSION))
        raise TopologyError(
            f"nats-server {version.major}.{version.minor}.{version.patch} is too old: {needed} or later is needed"
        )


def end_process(_: str) -> None:
    """The default for what is fatal: stop as if told to, so that what is in flight is still handed back."""
    os.kill(os.getpid(), signal.SIGTERM)


class Watch:
    """Listens to a connection's own complaints. `reason` is set once the process should end.

    Fatal: the connection was closed although nobody stopped it, or the server forbade something. The client would go on
    without a word: a forbidden publish returns as if it had been sent.
    """

    def __init__(self, on_fatal: OnFatal = end_process) -> None:
        self.stopping = False
        self.starting = False
        self.reason = ""
        self.failed = asyncio.Event()
        self._on_fatal = on_fatal
        self._last_error = ""

    def callbacks(self) -> dict[str, Any]:
        return {
            "error_cb": self._on_error,
            "closed_cb": self._on_closed,
            "disconnected_cb": self._on_disconnected,
            "reconnected_cb": self._on_reconnected,
        }

    async def _on_error(self, error: Exception) -> None:
        text = str(error)
        if any(word in text.lower() for word in _FORBIDDEN):
            self._fail(f"NATS forbids it: {text}")
        elif not self.stopping and text != self._last_error:  # not again for every attempt to reconnect
            self._last_error = text
            log.warning("nats error", error=type(error).__name__, text=text)

    async def _on_closed(self) -> None:
        if not self.stopping:
            self._fail("the connection to NATS was closed")

    async def _on_disconnected(self) -> None:
        if not self.stopping:
            log.warning("nats disconnected")

    async def _on_reconnected(self) -> None:
        self._last_error = ""
        log.info("nats reconnected")

    async def opening(self, work: Coroutine[Any, Any, T]) -> T:
        """`work`, given up as soon as it is clear that it can never succeed: nats-py would try a refused login for ever.

        Raises `ConfigurationError` with the reason.
        """
        self.stopping, self.starting = False, True
        task, failed = asyncio.ensure_future(work), asyncio.ensure_future(self.failed.wait())
        try:
            await asyncio.wait((task, failed), return_when=asyncio.FIRST_COMPLETED)
            if self.reason:
                raise ConfigurationError(self.reason)
            return await task
        finally:
            self.starting, self.stopping = False, not task.done() or task.cancelled() or task.exception() is not None
            for each in (task, failed):
                each.cancel()
            await asyncio.gather(task, failed, return_exceptions=True)

    def _fail(self, reason: str) -> None:
        if not self.reason and not self.stopping:
            log.critical("fatal: the process ends", reason=reason)
            self.reason = reason
            self.failed.set()
            if not self.starting:
                self._on_fatal(reason)
