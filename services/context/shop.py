"""The shop's HTTP interface, read only: a customer's own profile and orders."""

import asyncio
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

import httpx2
from opentelemetry import propagate, trace
from opentelemetry.trace import SpanKind, Status, StatusCode

from shared.errors import Retryable
from shared.resilience.breaker import Breaker
from shared.telemetry import names

_tracer = trace.get_tracer("frontdesk.context")


class ShopAway(Retryable):
    """The shop did not answer, or not with what was asked for."""


class Shop:
    """Answers are the shop's own JSON. Every path begins with the customer: nothing of another one can be asked for.

    What is late raises `TimeoutError`. A shop that keeps failing is left alone by its breaker, so that no turn waits for it:
    `BreakerOpen`.
    """

    def __init__(self, http: httpx2.AsyncClient, timeout: float, breaker: Breaker) -> None:
        """`http` has the shop's address as its `base_url`. An answer that takes longer than `timeout` seconds is a failure
        of the shop: callers that give up sooner keep the breaker from hearing of it."""
        self._http, self._timeout, self._breaker = http, timeout, breaker

    async def customer(self, customer: str) -> Mapping[str, Any] | None:
        """The customer's profile; None: the shop does not know them. Raises `ShopAway`."""
        answer = await self._get("/customers/{id}", f"/customers/{quote(customer, safe='')}")
        return answer if isinstance(answer, Mapping) else None

    async def orders(self, customer: str) -> list[Mapping[str, Any]]:
        """The customer's orders, in the shop's order. Raises `ShopAway`."""
        answer = await self._get("/customers/{id}/orders", f"/customers/{quote(customer, safe='')}/orders")
        listed = answer.get("orders", []) if isinstance(answer, Mapping) else answer or []
        return [order for order in listed if isinstance(order, Mapping)]

    async def _get(self, route: str, path: str) -> Any:
        with self._breaker.call(ShopAway, TimeoutError):
            return await self._asked(route, path)

    async def _asked(self, route: str, path: str) -> Any:
        attributes = {names.HTTP_METHOD: "GET", names.HTTP_ROUTE: route}
        with _tracer.start_as_current_span(f"GET {route}", kind=SpanKind.CLIENT, attributes=attributes) as span:
            headers: dict[str, str] = {}
            propagate.inject(headers)
            try:
                async with asyncio.timeout(self._timeout):
                    response = await self._http.get(path, headers=headers)
                span.set_attribute(names.HTTP_STATUS, response.status_code)
                if response.status_code == httpx2.codes.NOT_FOUND:
                    return None
                response.raise_for_status()
                return response.json()
            except TimeoutError:
                span.set_status(Status(StatusCode.ERROR, "timeout"))
                raise
            except (httpx2.HTTPError, ValueError) as error:
                span.set_status(Status(StatusCode.ERROR, type(error).__name__))
                raise ShopAway(f"the shop: {type(error).__name__}") from error
