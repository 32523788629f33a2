"""The company's shop over HTTP: what tools look up and change there. Everything is asked for within one customer.

What the shop answers is checked: a record of another shape is a failure of the shop, not a customer's problem.
"""

from typing import Any, TypeVar
from urllib.parse import quote

import httpx2
import structlog
from opentelemetry import propagate, trace
from opentelemetry.trace import SpanKind, Status, StatusCode
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from shared.contracts import Money
from shared.errors import Retryable
from shared.lane.reconcile import Guarantee
from shared.resilience.breaker import Breaker
from shared.telemetry import names

log = structlog.get_logger(__name__)
_tracer = trace.get_tracer("frontdesk.actions")


class Record(BaseModel):
    """A record of the shop; fields that we do not know are left out."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Payment(Record):
    """Amounts in minor units."""

    id: str
    captured: int
    refunded: int = 0
    card_last4: str = ""


class LineItem(Record):
    sku: str
    name: str
    quantity: int
    price: int


class Order(Record):
    """An order of the customer who asked."""

    id: str
    status: str
    placed: str
    currency: str = Field(pattern=r"^[A-Z]{3}$")
    total: int
    items: tuple[LineItem, ...] = ()
    payment: Payment
    carrier: str | None = None
    tracking_number: str | None = None
    expected: str | None = None
    delivered: str | None = None
    disputed: bool = False

    @property
    def refundable(self) -> Money:
        """What is left of the captured amount."""
        return Money(minor=max(0, self.payment.captured - self.payment.refunded), currency=self.currency)


class Product(Record):
    sku: str
    name: str
    price: int
    currency: str = Field(pattern=r"^[A-Z]{3}$")
    description: str = ""
    stock: int = 0


class Refund(Record):
    id: str
    order_id: str
    amount: int


class Case(Record):
    """A callback or a ticket."""

    id: str


class _Orders(Record):
    orders: tuple[Order, ...]


class _Products(Record):
    products: tuple[Product, ...]


class _Refunds(Record):
    refunds: tuple[Refund, ...]


class ShopRefused(Exception):
    """The shop said no, for good. `code` is its word for why."""

    def __init__(self, status: int, code: str) -> None:
        super().__init__(f"{status} {code}")
        self.status, self.code = status, code


T = TypeVar("T", bound=Record)


class Shop:
    """Raises `Retryable` when the shop is away, slow or failing, `ShopRefused` for its no (409, 422, ...).

    Look-ups of a shop that keeps failing are refused by a breaker. What changes something passes it by: the ledger decides
    whether that is called, and could not tell a call that was never made from one whose outcome is not known.
    """

    def __init__(self, http: httpx2.AsyncClient, guarantee: Guarantee) -> None:
        self._http = http
        self._breaker = Breaker()
        self.guarantee = guarantee

    @property
    def problem(self) -> str:
        """Why look-ups are refused at the moment, or ""."""
        return self._breaker.problem

    async def order(self, customer: str, order: str) -> Order | None:
        """One order. None: there is none, or it is another customer's, which is the same to whoever asks."""
        return await self._get(Order, "/orders/{id}", order, customer_id=customer)

    async def orders(self, customer: str) -> tuple[Order, ...]:
        """All orders of a customer."""
        found = await self._get(_Orders, "/customers/{id}/orders", customer)
        return found.orders if found else ()

    async def products(self, query: str, limit: int) -> tuple[Product, ...]:
        """Products that match, best first."""
        found = await self._get(_Products, "/products", "", q=query, limit=str(limit))
        return found.products if found else ()

    async def refund(self, key: str, customer: str, order: str, amount: int, reason: str) -> Refund:
        """Refund `amount` minor units, under the idempotency key."""
        body = {"order_id": order, "customer_id": customer, "amount": amount, "reason": reason, "action_id": key}
        return await self._post(Refund, "/refunds", key, body)

    async def refund_of(self, key: str) -> Refund | None:
        """The refund that was made for an action, if there is one."""
        found = await self._get(_Refunds, "/refunds", "", action_id=key)
        return next(iter(found.refunds), None) if found else None

    async def open_callback(self, key: str, customer: str, when: str, topic: str) -> Case:
        """Ask for a call; again with the same key, it is the same call."""
        body = {"customer_id": customer, "when": when, "topic": topic, "action_id": key}
        return await self._post(Case, "/callbacks", key, body)

    async def open_ticket(self, key: str, customer: str, subject: str, description: str) -> Case:
        """Open a ticket; again with the same key, it is the same ticket."""
        body = {"customer_id": customer, "subject": subject, "description": description, "action_id": key}
        return await self._post(Case, "/tickets", key, body)

    async def _get(self, kind: type[T], route: str, id: str, **query: str) -> T | None:
        path = route.replace("{id}", quote(id, safe=""))
        with self._breaker.call(Retryable):
            response = await self._send("GET", route, path, params=query)
        if response.status_code == 404:
            return None
        return _read(kind, response)

    async def _post(self, kind: type[T], route: str, key: str, body: dict[str, Any]) -> T:
        return _read(kind, await self._send("POST", route, route, json=body, headers={"idempotency-key": key}))

    async def _send(
        self, method: str, route: str, path: str, headers: dict[str, str] | None = None, **more: Any
    ) -> httpx2.Response:
        attributes = {names.HTTP_METHOD: method, names.HTTP_ROUTE: route, names.SERVER: self._http.base_url.host}
        with _tracer.start_as_current_span(f"{method} {route}", kind=SpanKind.CLIENT, attributes=attributes) as span:
            sent = dict(headers or {})
            propagate.inject(sent)
            try:
                response = await self._http.request(method, path, headers=sent, **more)
            except httpx2.HTTPError as error:
                raise Retryable(f"the shop does not answer: {type(error).__name__}") from error
            span.set_attribute(names.HTTP_STATUS, response.status_code)
            if response.status_code >= 500 or response.status_code in (408, 425, 429):
                span.set_status(Status(StatusCode.ERROR))
                raise Retryable(f"the shop answered {response.status_code}")
            return response


def _read(kind: type[T], response: httpx2.Response) -> T:
    if response.status_code in (401, 403):
        log.error("the shop refuses our key", status=response.status_code)
        raise Retryable("the shop refuses our key: FRONTDESK_SHOP_KEY", after=5.0)
    if not response.is_success:
        raise ShopRefused(response.status_code, _code(response))
    try:
        return kind.model_validate_json(response.content)
    except ValidationError as error:
        raise Retryable(f"the shop answered with another shape of {kind.__name__.strip('_')}", after=5.0) from error


def _code(response: httpx2.Response) -> str:
    try:
        told = response.json()
    except ValueError:
        return ""
    code = told.get("error", "") if isinstance(told, dict) else ""
    return code[:100] if isinstance(code, str) else ""
