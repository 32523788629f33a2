"""A shop with enough customers that no two conversations share one, and what its books say in the end."""

import json
import sqlite3
from datetime import date, timedelta
from pathlib import Path

import httpx2

from demo.shop.store import Store
from tests.chaos.history import Refunded

_FIRST = 20_000
MOST = 39_000  # customers: an order number has five digits
PRICE = 5200


def customer(number: int) -> str:
    return f"cus_{number:05d}"


def orders(number: int) -> tuple[str, str]:
    """A delivered order, which may be refunded, and one on its way."""
    return f"ORD-{_FIRST + 2 * number}", f"ORD-{_FIRST + 2 * number + 1}"


def seed(path: Path, customers: int) -> None:
    """Make the shop's file before the shop starts."""
    assert customers <= MOST, f"there are order numbers for {MOST} customers"
    Store(path).close()
    day = date.today()
    item = {"sku": "HP-1003", "name": "Stoneware mug, set of 4", "quantity": 1, "price": PRICE}
    delivered = {"status": "delivered", "placed": str(day - timedelta(9)), "delivered": str(day - timedelta(5))}
    sent = {"status": "shipped", "placed": str(day - timedelta(3)), "carrier": "UPS", "tracking_number": "1Z999AA10123456784"}
    people, goods, payments = [], [], []
    for number in range(customers):
        who = customer(number)
        people.append((who, json.dumps({"id": who, "name": f"Customer {number}", "language": "en", "since": "2024-01-02"})))
        for order, state in zip(orders(number), (delivered, sent), strict=True):
            body = {"id": order, "customer_id": who, "items": [item], "total": PRICE, **state}
            goods.append((order, who, json.dumps(body)))
            payments.append((f"pay_{order[4:]}", order, PRICE, 0, "4242"))
    with sqlite3.connect(path) as books:
        books.executemany("insert into customers values(?,?)", people)
        books.executemany("insert into orders values(?,?,?)", goods)
        books.executemany("insert into payments values(?,?,?,?,?)", payments)
        books.execute("create index orders_of on orders(customer_id)")
    books.close()


async def ledger(address: str) -> list[Refunded]:
    """What the shop paid, and what it was asked to pay again."""
    async with httpx2.AsyncClient(timeout=30) as http:
        books = (await http.get(f"{address}/ledger")).json()
    paid = [Refunded(line["order_id"], line["action_id"], line["amount"]) for line in books["refunds"]]
    again = [Refunded(line["order_id"], line["action_id"], line["amount"], refused=True) for line in books["refused"]]
    return paid + again
