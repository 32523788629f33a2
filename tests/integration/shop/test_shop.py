"""What the shop answers: records within one customer, money once, webhooks only when signed."""

import asyncio
import time
from datetime import UTC, datetime

import pytest
from standardwebhooks.webhooks import Webhook

from demo.shop.app import Settings, create_app
from tests.integration.shop.conftest import SECRET, client_of

REFUND = {"order_id": "ORD-10002", "customer_id": "cus_demo", "amount": 18_700, "reason": "damaged"}


async def test_an_order_is_found_within_its_customer_only(shop):
    mine = (await shop.get("/orders/ORD-10001", params={"customer_id": "cus_demo"})).json()
    assert (mine["status"], mine["carrier"], mine["currency"]) == ("shipped", "UPS", "USD")
    assert (await shop.get("/orders/ORD-10006", params={"customer_id": "cus_demo"})).status_code == 404
    assert (await shop.get("/orders/ORD-99999")).status_code == 404
    listed = (await shop.get("/customers/cus_demo/orders")).json()["orders"]
    assert [order["id"] for order in listed] == [f"ORD-1000{n}" for n in range(1, 6)]
    assert (await shop.get("/customers/cus_nobody/orders")).json() == {"orders": []}
    assert (await shop.get("/customers/cus_nobody")).status_code == 404


async def test_the_demo_customers_orders_are_what_the_demo_tells_of(shop):
    orders = {order["id"]: order for order in (await shop.get("/customers/cus_demo/orders")).json()["orders"]}
    assert orders["ORD-10002"]["status"] == "delivered"
    assert orders["ORD-10002"]["payment"]["captured"] < 50_000
    assert orders["ORD-10003"]["status"] == "in preparation"
    assert orders["ORD-10004"]["total"] > 50_000
    assert orders["ORD-10004"]["disputed"]
    assert orders["ORD-10005"]["payment"]["refunded"] == orders["ORD-10005"]["total"]


@pytest.mark.parametrize(
    ("query", "first", "count"),
    [("desk lamps", "Oak desk lamp", 1), ("walnut side table", "Walnut side table", 1), ("spaceship", None, 0)],
)
async def test_products_are_found_by_whole_words(shop, query, first, count):
    found = (await shop.get("/products", params={"q": query})).json()["products"]
    assert len(found) == count
    assert not first or found[0]["name"] == first


async def test_all_products_are_listed_without_words(shop):
    assert len((await shop.get("/products", params={"limit": 50})).json()["products"]) >= 20
    assert (await shop.get("/products", params={"limit": 51})).status_code == 422


async def test_the_same_key_has_the_same_answer_and_other_parameters_are_refused(shop):
    key = {"Idempotency-Key": "c:1:0:0"}
    first = await shop.post("/refunds", json=REFUND | {"action_id": "c:1:0:0"}, headers=key)
    again = await shop.post("/refunds", json=REFUND | {"action_id": "c:1:0:0"}, headers=key)
    assert (first.status_code, again.status_code, again.json()) == (201, 201, first.json())
    other = await shop.post("/refunds", json=REFUND | {"amount": 1}, headers=key)
    assert (other.status_code, other.json()["error"]) == (422, "idempotency_key_reused")
    for asked in ({"action_id": "c:1:0:0"}, {"key": "c:1:0:0"}):
        assert [made["id"] for made in (await shop.get("/refunds", params=asked)).json()["refunds"]] == [first.json()["id"]]
    assert (await shop.get("/refunds", params={"action_id": "c:9:0:0"})).json() == {"refunds": []}


async def test_a_no_is_remembered_under_its_key_too(shop):
    key = {"Idempotency-Key": "too-much"}
    first = await shop.post("/refunds", json=REFUND | {"amount": 99_999}, headers=key)
    assert (first.status_code, first.json()) == (409, {"error": "exceeds_captured_amount", "refundable": 18_700})
    assert (await shop.post("/refunds", json=REFUND | {"amount": 99_999}, headers=key)).json() == first.json()


async def test_refunds_never_exceed_what_was_captured_however_many_come_at_once(shop):
    bodies = [REFUND | {"amount": 5_000} for _ in range(8)]
    sent = [shop.post("/refunds", json=body, headers={"Idempotency-Key": f"k{n}"}) for n, body in enumerate(bodies)]
    statuses = [answer.status_code for answer in await asyncio.gather(*sent)]
    assert sorted(statuses) == [201] * 3 + [409] * 5
    order = (await shop.get("/orders/ORD-10002")).json()
    assert order["payment"]["refunded"] == 15_000
    assert sum(made["amount"] for made in (await shop.get("/ledger")).json()["refunds"]) == 15_000


async def test_one_key_used_at_the_same_time_is_one_refund(shop):
    sent = [shop.post("/refunds", json=REFUND, headers={"Idempotency-Key": "same"}) for _ in range(6)]
    answers = await asyncio.gather(*sent)
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json()["id"] for answer in answers}) == 1
    assert len((await shop.get("/ledger")).json()["refunds"]) == 1


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (REFUND | {"order_id": "ORD-10006"}, 404),
        (REFUND | {"amount": 0}, 422),
        (REFUND | {"amount": -5}, 422),
        (REFUND | {"reason": ""}, 422),
        (REFUND | {"currency": "EUR"}, 422),
        ({}, 422),
    ],
)
async def test_a_refund_that_cannot_be_changes_nothing(shop, body, status):
    assert (await shop.post("/refunds", json=body)).status_code == status
    assert (await shop.get("/ledger")).json()["refunds"] == []


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/callbacks", {"customer_id": "cus_demo", "when": "tomorrow at 10", "topic": "my lamp"}),
        ("/tickets", {"customer_id": "cus_demo", "subject": "Broken", "description": "It is broken."}),
    ],
)
async def test_callbacks_and_tickets_are_opened_once_for_each_key(shop, path, body):
    key = {"Idempotency-Key": "k1"}
    first, again = [await shop.post(path, json=body, headers=key) for _ in range(2)]
    assert (first.status_code, again.json()) == (201, first.json())
    kept = (await shop.get("/ledger")).json()[path.strip("/")]
    assert [(case["id"], case["idempotency_key"]) for case in kept] == [(first.json()["id"], "k1")]


async def test_a_webhook_is_kept_once_if_it_is_signed(shop):
    body = '{"type":"frontdesk.partner.notified","data":{"order_id":"ORD-10001"}}'
    headers = signed("msg_1", body)
    assert (await shop.post("/webhooks/receiver", content=body, headers=headers)).json() == {"received": True}
    assert (await shop.post("/webhooks/receiver", content=body, headers=headers)).json() == {"received": False}
    assert [each["id"] for each in (await shop.get("/ledger")).json()["webhooks"]] == ["msg_1"]


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({"webhook-signature": "v1,AAAA"}, 401),
        ({"webhook-signature": "v1,é".encode()}, 401),
        ({"webhook-id": "msg_2"}, 401),
        ({"webhook-timestamp": "1"}, 401),
        ({"webhook-timestamp": "٣".encode()}, 401),
        ({"webhook-timestamp": "never"}, 401),
    ],
)
async def test_a_webhook_with_a_wrong_signature_or_an_old_one_is_refused(shop, changed, status):
    body = '{"a":1}'
    answer = await shop.post("/webhooks/receiver", content=body, headers=signed("msg_1", body) | changed)
    assert answer.status_code == status
    assert (await shop.get("/ledger")).json()["webhooks"] == []


async def test_a_signed_webhook_that_is_no_json_is_a_bad_request(shop):
    assert (await shop.post("/webhooks/receiver", content="no", headers=signed("msg_1", "no"))).status_code == 400


def signed(id, body):
    now = time.time()
    signature = Webhook(SECRET).sign(id, datetime.fromtimestamp(int(now), UTC), body)
    return {"webhook-id": id, "webhook-timestamp": str(int(now)), "webhook-signature": signature}


async def test_a_backend_key_is_needed_where_one_is_set(file):
    app = create_app(Settings(file, "nats://127.0.0.1:1", api_key="right"))
    async with (
        app.router.lifespan_context(app),
        client_of(app) as stranger,
        client_of(app, Authorization="Bearer right") as backend,
    ):
        assert (await stranger.get("/customers/cus_demo")).status_code == 401
        assert (await stranger.post("/refunds", json=REFUND)).status_code == 401
        assert (await backend.get("/customers/cus_demo")).status_code == 200
        assert (await stranger.get("/healthz")).status_code == 200


async def test_the_bench_fails_answers_late_and_forgets_keys(shop):
    await shop.post("/faults", json={"fail_next": 1})
    assert [(await shop.get("/products")).status_code for _ in range(2)] == [503, 200]
    await shop.post("/faults", json={"answer_late_ms": 200})
    late = asyncio.create_task(shop.post("/refunds", json=REFUND, headers={"Idempotency-Key": "late"}))
    done, _ = await asyncio.wait({late}, timeout=0.1)
    assert not done
    assert len((await shop.get("/ledger")).json()["refunds"]) == 1, "done before it answers"
    await late
    await shop.post("/faults", json={"ignore_idempotency_keys": True})
    again = await shop.post("/refunds", json=REFUND, headers={"Idempotency-Key": "late"})
    assert again.status_code == 409, "asked for again, and only the captured amount stands in its way"
    assert (await shop.post("/faults", json={"fail": 1})).status_code == 422
