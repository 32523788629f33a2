"""Calls a configured destination: its name is resolved once, every address checked, and a checked one connected to."""

import asyncio
import json
import socket
import ssl
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import httpx2
from opentelemetry import propagate, trace
from opentelemetry.trace import SpanKind, Status, StatusCode

from services.actions.webhooks.addresses import Forbidden, Target, check_url, choose
from services.actions.webhooks.signing import headers
from shared.errors import Retryable
from shared.http.calls import CallHooks
from shared.resilience.breaker import Breaker
from shared.telemetry import names

TIMEOUT = 4.5
"""Seconds for all of one call; below the ledger's own 5 s, or the breaker would never hear of a receiver that hangs."""
MOST = 64 * 1024
"""Bytes of an answer that are read; it is not used, and nobody shall fill our memory with it."""
_TRANSIENT = {408, 425, 429, 500, 502, 503, 504}

Resolve = Callable[[str, int], Awaitable[list[str]]]
_tracer = trace.get_tracer("frontdesk.actions")


@dataclass(frozen=True, slots=True)
class Destination:
    """A receiver of webhooks as the assistant's file names it. `loopback` is for development only."""

    name: str
    url: str
    secret: bytes = field(repr=False)
    loopback: bool = False


class Undelivered(Exception):
    """The receiver refused it, or may not be called: another attempt would end the same. Says why, for the log."""


async def resolve(host: str, port: int) -> list[str]:
    """All addresses of a name, as text. Raises `Retryable` when DNS does not answer."""
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except socket.gaierror as error:
        raise Retryable(f"the name of a webhook's receiver did not resolve: {error.errno}", after=5.0) from error
    return [str(entry[4][0]) for entry in found]


class Webhooks:
    """Sends one signed event to one destination. No redirects, no proxies, no cookies; 4.5 s in all, 64 KiB of answer.

    A receiver that keeps failing is left alone by a breaker of its own: it holds no worker that another's webhook needs.
    """

    def __init__(
        self,
        destinations: dict[str, Destination],
        *,
        resolve: Resolve = resolve,
        now: Callable[[], float] = time.time,
        trust: ssl.SSLContext | None = None,
        hooks: CallHooks | None = None,
    ) -> None:
        self.destinations = destinations
        self._resolve, self._now = resolve, now
        self._trust, self._hooks = trust, hooks
        self._breakers = {name: Breaker() for name in destinations}

    @property
    def problems(self) -> dict[str, str]:
        """The receivers that are not called at the moment, and why."""
        return {f"webhook {name}": breaker.problem for name, breaker in self._breakers.items() if breaker.problem}

    async def send(self, destination: str, id: str, event: dict[str, Any]) -> None:
        """Deliver `event` under `id`, which the receiver uses to drop what it has had.

        Raises `Undelivered` for good, `Retryable` when it may or may not have arrived.
        """
        chosen = self.destinations.get(destination)
        if chosen is None:
            raise Undelivered(f"there is no destination {destination}")
        body = json.dumps(event, ensure_ascii=False, separators=(",", ":")).encode()
        with self._breakers[destination].call(Retryable):
            status = await self._delivered(chosen, headers(chosen.secret, id, int(self._now()), body), body)
        if not 200 <= status < 300:
            raise Undelivered(f"the receiver answered {status}")

    async def _delivered(self, chosen: Destination, signed: dict[str, str], body: bytes) -> int:
        """The receiver's answer. Raises `Undelivered` where it must not go, `Retryable` when there is no answer that counts."""
        try:
            async with asyncio.timeout(TIMEOUT):
                target = check_url(chosen.url, loopback=chosen.loopback)
                address = choose(target, await self._resolve(target.host, target.port))
                status = await self._post(target, address, signed, body)
        except Forbidden as error:
            raise Undelivered(str(error)) from error
        except TimeoutError as error:
            raise Retryable("a webhook's receiver did not answer in time", after=5.0) from error
        except httpx2.HTTPError as error:
            raise Retryable(f"a webhook was not delivered: {type(error).__name__}", after=5.0) from error
        if status in _TRANSIENT:
            raise Retryable(f"a webhook's receiver answered {status}", after=5.0)
        return status

    @property
    def trust(self) -> ssl.SSLContext:
        """Whose certificates are believed: the system's. Read once, it takes 20 ms."""
        if self._trust is None:
            self._trust = ssl.create_default_context()
        return self._trust

    async def _post(self, target: Target, address: str, signed: dict[str, str], body: bytes) -> int:
        attributes = {names.HTTP_METHOD: "POST", names.SERVER: target.host}
        with _tracer.start_as_current_span("POST webhook", kind=SpanKind.CLIENT, attributes=attributes) as span:
            sent = {"host": target.authority, "content-type": "application/json", "user-agent": "Frontdesk-Webhooks/1"}
            propagate.inject(sent)
            host = f"[{address}]" if ":" in address else address
            async with httpx2.AsyncClient(
                verify=self.trust, trust_env=False, follow_redirects=False, timeout=TIMEOUT, event_hooks=self._hooks
            ) as client:
                request = client.build_request(
                    "POST",
                    f"{target.scheme}://{host}:{target.port}{target.path}",
                    content=body,
                    headers=sent | signed,
                    extensions={"sni_hostname": target.host},
                )
                response = await client.send(request, stream=True)
                try:
                    await _drain(response)
                finally:
                    await response.aclose()
            span.set_attribute(names.HTTP_STATUS, response.status_code)
            if response.status_code >= 400:
                span.set_status(Status(StatusCode.ERROR))
            return response.status_code


async def _drain(response: httpx2.Response) -> None:
    """Read up to the limit; what is beyond it stays unread, and the connection is closed."""
    size = 0
    async for piece in response.aiter_raw():
        size += len(piece)
        if size > MOST:
            return
