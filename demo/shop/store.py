"""The shop's books in one SQLite file. Money moves in one conditional write: a payment cannot be refunded twice over."""

import json
import re
import sqlite3
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from demo.shop.seed import CUSTOMERS, PRODUCTS, orders

_SCHEMA = """
create table if not exists products(sku text primary key, name text, price integer, description text, stock integer) strict;
create table if not exists customers(id text primary key, body text not null) strict;
create table if not exists orders(id text primary key, customer_id text not null, body text not null) strict;
create table if not exists payments(
    id text primary key, order_id text not null unique, captured integer not null, refunded integer not null default 0,
    card text not null, check(refunded <= captured)
) strict;
create table if not exists refunds(
    id text primary key, payment_id text not null, order_id text not null, amount integer not null, reason text not null,
    key text, action_id text, at real not null
) strict;
create table if not exists refused(
    order_id text not null, amount integer not null, key text, action_id text, at real not null
) strict;
create table if not exists answers(
    key text primary key, request text not null, status integer not null, body text not null
) strict;
create table if not exists cases(
    id text primary key, kind text not null, key text, at real not null, body text not null
) strict;
create table if not exists webhooks(id text primary key, at real not null, body text not null) strict;
"""
Answer = tuple[int, dict[str, Any]]
_WORD = re.compile(r"\w+")


class Store:
    """One connection under one lock: a demo shop is not where the load is. Durable, and kept over restarts."""

    def __init__(self, path: Path) -> None:
        self._lock = threading.RLock()
        self._db = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        self._db.row_factory = sqlite3.Row
        self._db.execute("pragma journal_mode=wal")
        self._db.executescript(_SCHEMA)
        if not self._db.execute("select 1 from products").fetchone():
            self._seed(date.today())

    def close(self) -> None:
        self._db.close()

    def customer(self, id: str) -> dict[str, Any] | None:
        row = self._one("select body from customers where id=?", id)
        found: dict[str, Any] | None = json.loads(row["body"]) if row else None
        return found

    def orders(self, customer: str) -> list[dict[str, Any]]:
        rows = self._all("select id from orders where customer_id=? order by id", customer)
        return [order for row in rows if (order := self.order(row["id"], customer))]

    def order(self, id: str, customer: str | None = None) -> dict[str, Any] | None:
        """An order with what is left of its payment; None also when it is another customer's."""
        row = self._one("select * from orders where id=?", id)
        if row is None or (customer is not None and row["customer_id"] != customer):
            return None
        payment = self._one("select * from payments where order_id=?", id)
        assert payment
        order: dict[str, Any] = json.loads(row["body"])
        paid = {"id": payment["id"], "captured": payment["captured"], "refunded": payment["refunded"]}
        return order | {"currency": "USD", "payment": paid | {"card_last4": payment["card"]}}

    def products(self, query: str, limit: int) -> list[dict[str, Any]]:
        """Those that hold the most of the query's words, a word in the name counting twice; all when it is empty.

        A product that holds less than half of what the best one holds is left out.
        """
        wanted = {_bare(word) for word in _WORD.findall(query.lower())}
        scored = []
        for row in self._all("select * from products order by sku"):
            name = {_bare(word) for word in _WORD.findall(row["name"].lower())}
            held = name | {_bare(word) for word in _WORD.findall(row["description"].lower())}
            scored.append((len(wanted & held) + len(wanted & name), dict(row) | {"currency": "USD"}))
        best = max((score for score, _ in scored), default=0)
        if wanted:
            scored = [each for each in scored if each[0] and each[0] * 2 >= best]
        return [product for _, product in sorted(scored, key=lambda each: -each[0])[:limit]]

    def ship(self, id: str, carrier: str, tracking: str) -> dict[str, Any] | None:
        """Mark as shipped; again changes nothing. None: no such order, or one that cannot be shipped."""
        with self.transaction():
            order = self.order(id)
            if order is None or order["status"] not in ("in preparation", "shipped"):
                return None
            if order["status"] != "shipped":
                body = {k: v for k, v in order.items() if k not in ("payment", "currency")}
                body |= {"status": "shipped", "carrier": carrier, "tracking_number": tracking}
                self._db.execute("update orders set body=? where id=?", (json.dumps(body), id))
            return self.order(id)

    def refund(self, order_id: str, amount: int, reason: str, key: str | None, action_id: str | None) -> Answer:
        """Refund at most what is left of the captured amount: one conditional write."""
        with self.transaction():
            changed = self._db.execute(
                "update payments set refunded = refunded + ?1 where order_id = ?2 and refunded + ?1 <= captured",
                (amount, order_id),
            ).rowcount
            payment = self._one("select * from payments where order_id=?", order_id)
            if payment is None:
                return 404, {"error": "no_such_order"}
            if not changed:
                values = (order_id, amount, key, action_id, time.time())
                self._db.execute("insert into refused values(?,?,?,?,?)", values)
                left = payment["captured"] - payment["refunded"]
                return 409, {"error": "exceeds_captured_amount", "refundable": left}
            made = {
                "id": f"re_{uuid.uuid4().hex[:16]}",
                "payment_id": payment["id"],
                "order_id": order_id,
                "amount": amount,
                "currency": "USD",
                "reason": reason,
                "action_id": action_id,
                "idempotency_key": key,
                "at": time.time(),
            }
            row = (made["id"], payment["id"], order_id, amount, reason, key, action_id, made["at"])
            self._db.execute("insert into refunds values(?,?,?,?,?,?,?,?)", row)
            return 201, made

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All of the block's writes or none, and nobody else's between them. In an outer one, it is part of that."""
        with self._lock:
            if self._db.in_transaction:
                yield
                return
            self._db.execute("begin immediate")
            try:
                yield
            except BaseException:
                self._db.execute("rollback")
                raise
            self._db.execute("commit")

    def refunds(self, *, action_id: str | None = None, key: str | None = None) -> list[dict[str, Any]]:
        rows = self._all(
            "select * from refunds where (?1 is null or action_id=?1) and (?2 is null or key=?2) order by at", action_id, key
        )
        return [{**dict(row), "idempotency_key": row["key"], "currency": "USD"} for row in rows]

    def refused(self) -> list[dict[str, Any]]:
        """Refunds above what was left: a caller who asks twice for one stands here."""
        return [dict(row) for row in self._all("select * from refused order by at")]

    def open_case(self, kind: str, body: dict[str, Any], key: str | None) -> Answer:
        """A callback or a ticket."""
        made = {"id": f"{kind[:2]}_{uuid.uuid4().hex[:12]}", "kind": kind, "idempotency_key": key, "at": time.time()} | body
        with self._lock:
            self._db.execute("insert into cases values(?,?,?,?,?)", (made["id"], kind, key, made["at"], json.dumps(made)))
        return 201, made

    def cases(self, kind: str) -> list[dict[str, Any]]:
        return [json.loads(row["body"]) for row in self._all("select body from cases where kind=? order by at", kind)]

    def answered(self, key: str) -> tuple[str, Answer] | None:
        """The request that a key was first used for, and its answer."""
        row = self._one("select * from answers where key=?", key)
        return (row["request"], (row["status"], json.loads(row["body"]))) if row else None

    def remember(self, key: str, request: str, answer: Answer) -> None:
        with self._lock:
            values = (key, request, answer[0], json.dumps(answer[1]))
            self._db.execute("insert or ignore into answers values(?,?,?,?)", values)

    def receive(self, id: str, body: dict[str, Any]) -> bool:
        """Keep a webhook; False: it had been received."""
        with self._lock:
            values = (id, time.time(), json.dumps(body))
            return self._db.execute("insert or ignore into webhooks values(?,?,?)", values).rowcount == 1

    def webhooks(self) -> list[dict[str, Any]]:
        return [
            {"id": row["id"], "at": row["at"], "body": json.loads(row["body"])} for row in self._all("select * from webhooks")
        ]

    def _seed(self, today: date) -> None:
        price = {sku: cents for sku, _, cents, _, _ in PRODUCTS}
        name = {sku: title for sku, title, _, _, _ in PRODUCTS}
        with self.transaction():
            self._db.executemany("insert into products values(?,?,?,?,?)", PRODUCTS)
            for customer in CUSTOMERS:
                self._db.execute("insert into customers values(?,?)", (customer["id"], json.dumps(customer)))
            for order in orders(today):
                items = [{"sku": sku, "name": name[sku], "quantity": n, "price": price[sku]} for sku, n in order["items"]]
                total = sum(item["price"] * item["quantity"] for item in items)
                body = {k: v for k, v in order.items() if k != "card"} | {"items": items, "total": total}
                self._db.execute("insert into orders values(?,?,?)", (order["id"], order["customer_id"], json.dumps(body)))
                refunded = total if order["status"] == "cancelled" else 0
                values = (f"pay_{order['id'][4:]}", order["id"], total, refunded, order["card"])
                self._db.execute("insert into payments values(?,?,?,?,?)", values)

    def _one(self, sql: str, *values: Any) -> sqlite3.Row | None:
        with self._lock:
            row: sqlite3.Row | None = self._db.execute(sql, values).fetchone()
            return row

    def _all(self, sql: str, *values: Any) -> list[sqlite3.Row]:
        with self._lock:
            return self._db.execute(sql, values).fetchall()


def _bare(word: str) -> str:
    """A word without its plural."""
    return word.removesuffix("s")
