"""The demo shop's HTTP API: what Frontdesk looks up, refunds at, and is told by."""

import json
import os
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Depends, FastAPI, Header, HTTPException, Query, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field
from starlette.concurrency import run_in_threadpool

from demo.shop.events import Events, EventsAway, shipped
from demo.shop.faults import Bench, Faults
from demo.shop.keys import Keys
from demo.shop.store import Answer, Store
from demo.shop.webhooks import verified

Handlers = dict[str, Callable[..., Any]]
Key = Annotated[str | None, Header(alias="Idempotency-Key", max_length=255)]


@dataclass(frozen=True, slots=True)
class Settings:
    """`api_key` empty: anybody on this machine may call. `webhook_secret` empty: no webhook is accepted."""

    data: Path
    nats_url: str
    api_key: str = ""
    webhook_secret: str = ""

    @classmethod
    def read(cls, data: Path, nats_url: str) -> "Settings":
        environment = os.environ
        return cls(
            data, nats_url, environment.get("FRONTDESK_SHOP_KEY", ""), environment.get("FRONTDESK_SHOP_WEBHOOK_SECRET", "")
        )


class Asked(BaseModel):
    model_config = ConfigDict(extra="forbid")


class RefundAsked(Asked):
    order_id: str
    customer_id: str
    amount: int = Field(gt=0)
    reason: str = Field(min_length=1, max_length=500)
    action_id: str | None = None


class CallbackAsked(Asked):
    customer_id: str
    when: str
    topic: str = ""
    phone: str | None = None
    action_id: str | None = None


class TicketAsked(Asked):
    customer_id: str
    subject: str
    description: str = ""
    action_id: str | None = None


class Shipped(Asked):
    carrier: str = "UPS"
    tracking_number: str = "1Z999AA10987654321"


def create_app(settings: Settings) -> FastAPI:
    """The shop over its file."""
    shop = Shop(settings)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        await shop.close()

    app = FastAPI(title="Harbour & Pine", lifespan=lifespan)
    app.include_router(shop.backend())
    app.include_router(shop.open())
    return app


class Shop:
    """The shop's answers. Those of `backend` need its key and suffer its faults; those of `open` do not."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._store, self._bench, self._events = Store(settings.data), Bench(), Events(settings.nats_url)
        self._keys = Keys(self._store)

    async def close(self) -> None:
        await self._events.close()
        self._store.close()

    def backend(self) -> APIRouter:
        router = APIRouter(dependencies=[Depends(self._allowed)])
        reads: Handlers = {
            "/customers/{id}": self.customer,
            "/customers/{id}/orders": self.orders,
            "/orders/{id}": self.order,
            "/products": self.products,
            "/refunds": self.refunds,
        }
        writes: Handlers = {
            "/orders/{id}/ship": self.ship,
            "/refunds": self.refund,
            "/callbacks": self.callback,
            "/tickets": self.ticket,
        }
        for method, handlers in (("GET", reads), ("POST", writes)):
            for path, handler in handlers.items():
                router.add_api_route(path, handler, methods=[method])
        return router

    def open(self) -> APIRouter:
        router = APIRouter()
        router.add_api_route("/webhooks/receiver", self.webhook, methods=["POST"])
        router.add_api_route("/faults", self.faults, methods=["POST"])
        router.add_api_route("/ledger", self.ledger, methods=["GET"])
        router.add_api_route("/healthz", self.healthz, methods=["GET"])
        return router

    async def customer(self, id: str) -> dict[str, Any]:
        return _found(self._store.customer(id))

    async def orders(self, id: str) -> dict[str, Any]:
        return {"orders": self._store.orders(id)}

    async def order(self, id: str, customer_id: str | None = None) -> dict[str, Any]:
        return _found(self._store.order(id, customer_id))

    async def products(self, q: str = "", limit: Annotated[int, Query(ge=1, le=50)] = 5) -> dict[str, Any]:
        return {"products": self._store.products(q, limit)}

    async def refunds(self, action_id: str | None = None, key: str | None = None) -> dict[str, Any]:
        if self._bench.faults.cannot_be_asked:
            raise HTTPException(501, "this shop does not tell")
        return {"refunds": self._store.refunds(action_id=action_id, key=key)}

    async def ship(self, id: str, request: Request, parcel: Shipped | None = None) -> dict[str, Any]:
        parcel = parcel or Shipped()
        sent = _found(self._store.ship(id, parcel.carrier, parcel.tracking_number))
        try:
            await self._events.publish(shipped(sent, request.headers.get("traceparent")))
        except EventsAway as error:  # shipped all the same; asked again, the same event is published
            raise HTTPException(503, "shipped, but nobody could be told") from error
        return sent

    async def refund(self, asked: RefundAsked, key: Key = None) -> JSONResponse:
        if self._store.order(asked.order_id, asked.customer_id) is None:
            return JSONResponse({"error": "no_such_order"}, 404)
        made = (asked.order_id, asked.amount, asked.reason, key, asked.action_id)
        return await self._once(key, "/refunds", asked, lambda: self._store.refund(*made))

    async def callback(self, asked: CallbackAsked, key: Key = None) -> JSONResponse:
        return await self._once(key, "/callbacks", asked, lambda: self._store.open_case("callback", asked.model_dump(), key))

    async def ticket(self, asked: TicketAsked, key: Key = None) -> JSONResponse:
        return await self._once(key, "/tickets", asked, lambda: self._store.open_case("ticket", asked.model_dump(), key))

    async def webhook(self, request: Request) -> JSONResponse:
        body, secret = await request.body(), self._settings.webhook_secret
        if not secret or not verified(secret, request.headers, body):
            return JSONResponse({"error": "bad_signature"}, 401)
        try:
            told = json.loads(body)
        except ValueError:
            return JSONResponse({"error": "not_json"}, 400)
        return JSONResponse({"received": self._store.receive(request.headers["webhook-id"], told)})

    async def ledger(self) -> dict[str, Any]:
        cases = {"callbacks": self._store.cases("callback"), "tickets": self._store.cases("ticket")}
        books = {"refunds": self._store.refunds(), "refused": self._store.refused(), "webhooks": self._store.webhooks()}
        return books | cases

    async def faults(self, asked: Faults) -> Faults:
        self._bench.faults = asked
        return asked

    async def healthz(self) -> dict[str, str]:
        return {"status": "ok"}

    async def _allowed(self, authorization: Annotated[str, Header()] = "") -> None:
        if self._settings.api_key and authorization != f"Bearer {self._settings.api_key}":
            raise HTTPException(401, "unknown key")
        if not await self._bench.before():
            raise HTTPException(503, "a fault was asked for")

    async def _once(self, key: str | None, path: str, asked: Asked, run: Callable[[], Answer]) -> JSONResponse:
        used = None if self._bench.faults.ignore_idempotency_keys else key
        status, body = await run_in_threadpool(self._keys.once, used, path, asked.model_dump(), run)
        await self._bench.after()
        return JSONResponse(body, status)


def _found(record: dict[str, Any] | None) -> dict[str, Any]:
    if record is None:
        raise HTTPException(404, "not found")
    return record
