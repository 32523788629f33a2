"""The demo shop's HTTP API: what Frontdesk looks up, refunds at, and is told by."""

import os
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

from fastapi import Depends, FastAPI, Header, HTTPException, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field
from starlette.concurrency import run_in_threadpool

from demo.shop.events import Events, shipped
from demo.shop.faults import Bench, Faults
from demo.shop.keys import Keys
from demo.shop.store import Answer, Store
from demo.shop.webhooks import verified

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
    """The shop over its file; opens nothing before it is served."""
    store, bench, events = Store(settings.data), Bench(), Events(settings.nats_url)
    keys = Keys(store)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        await events.close()
        store.close()

    async def allowed(authorization: Annotated[str, Header()] = "") -> None:
        if settings.api_key and authorization != f"Bearer {settings.api_key}":
            raise HTTPException(401, "unknown key")
        if not await bench.before():
            raise HTTPException(503, "a fault was asked for")

    app = FastAPI(title="Harbour & Pine", lifespan=lifespan)
    backend = [Depends(allowed)]

    async def once(key: str | None, path: str, asked: Asked, run: Callable[[], Answer]) -> JSONResponse:
        used = None if bench.faults.ignore_idempotency_keys else key
        status, body = await run_in_threadpool(keys.once, used, path, asked.model_dump(), run)
        await bench.after()
        return JSONResponse(body, status)

    @app.get("/customers/{id}", dependencies=backend)
    async def customer(id: str) -> dict[str, Any]:
        return _found(store.customer(id))

    @app.get("/customers/{id}/orders", dependencies=backend)
    async def orders(id: str) -> dict[str, Any]:
        return {"orders": store.orders(id)}

    @app.get("/orders/{id}", dependencies=backend)
    async def order(id: str, customer_id: str | None = None) -> dict[str, Any]:
        return _found(store.order(id, customer_id))

    @app.post("/orders/{id}/ship", dependencies=backend)
    async def ship(id: str, request: Request, parcel: Shipped | None = None) -> dict[str, Any]:
        parcel = parcel or Shipped()
        sent = _found(store.ship(id, parcel.carrier, parcel.tracking_number))
        await events.publish(shipped(sent, request.headers.get("traceparent")))
        return sent

    @app.get("/products", dependencies=backend)
    async def products(q: str = "", limit: Annotated[int, Field(ge=1, le=50)] = 5) -> dict[str, Any]:
        return {"products": store.products(q, limit)}

    @app.post("/refunds", dependencies=backend)
    async def refund(asked: RefundAsked, key: Key = None) -> JSONResponse:
        if store.order(asked.order_id, asked.customer_id) is None:
            return JSONResponse({"error": "no_such_order"}, 404)
        made = (asked.order_id, asked.amount, asked.reason, key, asked.action_id)
        return await once(key, "/refunds", asked, lambda: store.refund(*made))

    @app.get("/refunds", dependencies=backend)
    async def refunds(action_id: str | None = None, key: str | None = None) -> dict[str, Any]:
        return {"refunds": store.refunds(action_id=action_id, key=key)}

    @app.post("/callbacks", dependencies=backend)
    async def callback(asked: CallbackAsked, key: Key = None) -> JSONResponse:
        return await once(key, "/callbacks", asked, lambda: store.open_case("callback", asked.model_dump(), key))

    @app.post("/tickets", dependencies=backend)
    async def ticket(asked: TicketAsked, key: Key = None) -> JSONResponse:
        return await once(key, "/tickets", asked, lambda: store.open_case("ticket", asked.model_dump(), key))

    @app.post("/webhooks/receiver")
    async def webhook(request: Request) -> JSONResponse:
        body = await request.body()
        if not settings.webhook_secret or not verified(settings.webhook_secret, request.headers, body):
            return JSONResponse({"error": "bad_signature"}, 401)
        new = store.receive(request.headers["webhook-id"], await request.json())
        return JSONResponse({"received": new}, 200)

    @app.get("/ledger")
    async def ledger() -> dict[str, Any]:
        kept = {"callbacks": store.cases("callback"), "tickets": store.cases("ticket"), "webhooks": store.webhooks()}
        return {"refunds": store.refunds()} | kept

    @app.post("/faults")
    async def faults(asked: Faults) -> Faults:
        bench.faults = asked
        return asked

    @app.get("/healthz")
    async def healthz() -> dict[str, str]:
        return {"status": "ok"}

    return app


def _found(record: dict[str, Any] | None) -> dict[str, Any]:
    if record is None:
        raise HTTPException(404, "not found")
    return record
