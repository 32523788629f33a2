"""An order that is shipped is told of, once, in the trace of who shipped it."""

import asyncio
import json
import os
import signal
import sys
import time

import httpx2
import nats
import pytest

from demo.shop.app import Settings, create_app
from tests.integration.shop.conftest import client_of
from tests.servers import free_port
from tests.waiting import until

TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"


@pytest.fixture
async def stream(nats_server):
    client = await nats.connect(nats_server.url)
    await client.jetstream().add_stream(name="EVENTS", subjects=["events.>"])
    yield client.jetstream()
    await client.close()


async def stored(stream):
    count = (await stream.stream_info("EVENTS")).state.messages
    return [await stream.get_msg("EVENTS", seq) for seq in range(1, count + 1)]


async def test_shipping_publishes_one_cloudevent(file, nats_server, stream):
    app = create_app(Settings(file, nats_server.url))
    async with app.router.lifespan_context(app), client_of(app) as shop:
        body = {"carrier": "DHL", "tracking_number": "JD1"}
        for _ in range(2):
            sent = await shop.post("/orders/ORD-10003/ship", json=body, headers={"traceparent": TRACE})
            assert (sent.status_code, sent.json()["status"]) == (200, "shipped")
    (message,) = await stored(stream)
    event = json.loads(message.data)
    assert message.subject == "events.com.example.order.shipped"
    assert message.headers["Nats-Msg-Id"] == event["id"]
    assert (event["specversion"], event["type"], event["subject"]) == ("1.0", "com.example.order.shipped", "cus_demo")
    assert event["data"] == {"order_id": "ORD-10003", "carrier": "DHL", "tracking_number": "JD1"}
    assert event["traceparent"] == TRACE


@pytest.mark.parametrize("given", [None, "nonsense"])
async def test_an_event_without_a_cause_begins_a_trace(file, nats_server, stream, given):
    app = create_app(Settings(file, nats_server.url))
    async with app.router.lifespan_context(app), client_of(app) as shop:
        await shop.post("/orders/ORD-10008/ship", headers={"traceparent": given} if given else {})
    (message,) = await stored(stream)
    assert json.loads(message.data)["traceparent"].startswith("00-")


async def test_what_was_shipped_while_nobody_listened_is_told_when_asked_again(file, nats_server, stream):
    nats_server.stop()
    app = create_app(Settings(file, nats_server.url))
    async with app.router.lifespan_context(app), client_of(app) as shop:
        assert (await shop.post("/orders/ORD-10003/ship")).status_code == 503
        assert (await shop.get("/orders/ORD-10003")).json()["status"] == "shipped"
        nats_server.start()
        assert (await shop.post("/orders/ORD-10003/ship")).status_code == 200
    assert len(await stored(stream)) == 1


async def test_orders_that_cannot_be_shipped_are_not_found(file, nats_server, stream):
    app = create_app(Settings(file, nats_server.url))
    async with app.router.lifespan_context(app), client_of(app) as shop:
        assert (await shop.post("/orders/ORD-10005/ship")).status_code == 404
        assert (await shop.post("/orders/ORD-1/ship")).status_code == 404
    assert await stored(stream) == []


async def test_books_and_keys_survive_kill_9(file):
    refund = {"order_id": "ORD-10002", "customer_id": "cus_demo", "amount": 18_700, "reason": "damaged"}
    key = {"Idempotency-Key": "k"}
    ids = []
    for _ in range(2):
        port = free_port()
        command = [sys.executable, "-m", "demo.shop", "--port", str(port), "--data", str(file)]
        begun = time.monotonic()
        process = await asyncio.create_subprocess_exec(*command, stdout=-1, stderr=-1)
        async with httpx2.AsyncClient(base_url=f"http://127.0.0.1:{port}") as shop:
            await until(lambda shop=shop: healthy(shop), 20)
            assert time.monotonic() - begun < 15
            ids.append((await shop.post("/refunds", json=refund, headers=key)).json()["id"])
        os.kill(process.pid, signal.SIGKILL)
        out, err = await process.communicate()
        assert (out, err) == (b"", b""), "nothing personal, nothing at all is printed"
    assert ids[0] == ids[1]


async def healthy(shop):
    try:
        return (await shop.get("/healthz")).is_success
    except httpx2.TransportError:
        return False
