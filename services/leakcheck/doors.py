"""Every door through which a customer's data comes in, and a canary through each."""

import asyncio
import json
import secrets
import sqlite3
import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx2
import jwt

from services.cli.client import TERMINAL, Client
from services.dev.launch import DEMO_CUSTOMER
from services.leakcheck.canaries import Canary

_TALKS = 12
_HEADERS = ("user-agent", "referer", "cookie", "baggage", "x-forwarded-for", "x-request-id", "traceparent", "accept-language")
_PATIENCE = 120.0


@dataclass(frozen=True, slots=True)
class Doors:
    """The doors of a running environment, by its `addresses.json`."""

    addresses: dict[str, Any]
    folder: Path

    async def all(self, canaries: Sequence[Canary]) -> None:
        """Say every canary in a message, and some at each other door. Raises `TimeoutError` when turns do not end."""
        async with Client(self.addresses["http"], self.addresses["demo_token"]) as client:
            talks = [f"leak_{secrets.token_hex(6)}" for _ in range(_TALKS)]
            shares = [canaries[number::_TALKS] for number in range(_TALKS)]
            async with asyncio.timeout(_PATIENCE):
                await self._shop(client, f"{talks[0]}_shop", canaries)
                await asyncio.gather(*(_talk(client, talk, share) for talk, share in zip(talks, shares, strict=True)))
                await self._programs(talks, canaries)
                await self._vouched(talks[0], canaries[2::16])
                await refused(self.addresses["http"], self.addresses["demo_token"], talks[0], canaries[2::16])

    async def _shop(self, client: Client, talk: str, canaries: Sequence[Canary]) -> None:
        """What others wrote into the company's own systems: the customer's profile and an order, in fields that say what they
        are and in texts that do not; the context shows them to the model, and so do the results of tools."""
        value = {canary.kind: canary.value for canary in canaries}
        private = {"name": value["PERSON"], "email": value["EMAIL"], "phone": value["PHONE"], "address": value["ADDRESS"]}
        said = [canary.sentence for canary in canaries[3 :: max(1, len(canaries) // 40)]]
        with closing(sqlite3.connect(self.folder / "shop.db", timeout=20)) as shop, shop:
            for table, id, more in (
                ("customers", DEMO_CUSTOMER, private | {"about": said}),
                ("orders", "ORD-10001", {"note": said, "carrier": "; ".join(said[:10]), "customer": private}),
            ):
                (body,) = shop.execute(f"select body from {table} where id = ?", (id,)).fetchone()  # noqa: S608 - names of ours
                row = json.dumps(json.loads(body) | more), id
                shop.execute(f"update {table} set body = ? where id = ?", row)  # noqa: S608 - names of ours
        for text in ("Where is my order ORD-10001?", "What did I order?", "hello again"):
            accepted = await client.send(talk, text)
            await answered(client, talk, accepted["message_id"])

    async def _programs(self, talks: Sequence[str], canaries: Sequence[Canary]) -> None:
        """A backend's event with more than its notice shows, of a type that has one and of one that has none; a desk that
        takes a conversation over, whose customer writes on, and gives it back."""
        base, some = self.addresses["http"], [canary.value for canary in canaries[:: max(1, len(canaries) // 40)]]
        events = {"Authorization": f"Bearer {self.addresses['backend_key']}", "Content-Type": "application/cloudevents+json"}
        desk = {"Authorization": f"Bearer {self.addresses['desk_key']}"}
        async with httpx2.AsyncClient(base_url=base, timeout=20) as http:
            for type in ("com.example.order.shipped", "com.example.leakcheck"):
                data = {"order_id": "ORD-10003", "carrier": "Post", "tracking_number": "T1", "about": some}
                event = {"specversion": "1.0", "id": secrets.token_hex(8), "source": "/leakcheck", "type": type}
                body = event | {"subject": DEMO_CUSTOMER, "data": data}
                (await http.post("/v1/events", headers=events, json=body)).raise_for_status()
            place = f"/v1/desk/conversations/{talks[1]}"
            (await http.post(f"{place}/lease", headers=desk, json={"holder": "sam"})).raise_for_status()
            async with Client(base, self.addresses["demo_token"]) as client:
                for canary in canaries[1::16]:
                    await client.send(talks[1], canary.sentence)
            (await http.get(place, headers=desk)).raise_for_status()
            (await http.delete(f"{place}/lease", headers=desk, params={"holder": "sam"})).raise_for_status()

    async def _vouched(self, talk: str, canaries: Sequence[Canary]) -> None:
        """What the host company's token says besides whose it is: its name, its mail, a locale that is none."""
        key = json.loads((self.folder / "secrets.json").read_text())["customer_jwt_key"]
        about = {"sub": DEMO_CUSTOMER, "exp": time.time() + _PATIENCE}
        async with httpx2.AsyncClient(base_url=self.addresses["http"], timeout=20) as http:
            for canary in canaries:
                claims = about | dict.fromkeys(("name", "email", "locale"), canary.value)
                bearer = {"Authorization": f"Bearer {jwt.encode(claims, key, algorithm='HS256')}"}
                for door, body in (("/v1/sessions", {}), (f"/v1/conversations/{talk}/messages", {"text": "hello"})):
                    (await http.post(door, headers=bearer, json=body)).raise_for_status()


async def refused(address: str, token: str, talk: str, canaries: Sequence[Canary]) -> None:
    """What is refused is not kept either: paths, queries, headers, tokens, bodies that are no JSON; and a rating."""
    bearer = {"Authorization": f"Bearer {token}"}
    path = f"/v1/conversations/{talk}"
    async with httpx2.AsyncClient(base_url=address, timeout=20) as http:
        for canary in canaries:
            value = canary.value
            word = "".join(character for character in value if character.isalnum())
            await http.post(f"{path}/confirmations/{word}", headers=bearer, json={"accept": True})
            await http.get(path, headers=bearer, params={"before": value, "about": value})
            await http.get(path, headers=bearer | {name: quote(value) for name in _HEADERS})
            told = bearer | {name: quote(value) for name in _HEADERS} | {"tracestate": f"x={word}"}
            await http.post(f"{path}/messages", headers=told, json={"text": "hello"})
            await http.post("/v1/sessions", headers={"Authorization": f"Bearer {word}"})
            await http.post(f"{path}/messages", headers=bearer | {"Content-Type": "application/json"}, content=value)
            await http.post(f"{path}/messages", headers=bearer, json={"text": canary.sentence, "about": value})
            await http.post(f"{path}/feedback", headers=bearer, json={"rating": 1, "comment": canary.sentence})


async def answered(client: Client, conversation: str, message_id: str, between_looks: float = 0.05) -> None:
    """Wait until a message has its answer. Raises `TimeoutError`."""
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end:
        transcript = await client.transcript(conversation)
        if any(message_id in turn["answers"] and turn["outcome"] != "open" for turn in transcript["turns"]):
            return
        await asyncio.sleep(between_looks)
    raise TimeoutError(f"no answer in {conversation}; events end in {', '.join(TERMINAL)}")


async def _talk(client: Client, conversation: str, canaries: Sequence[Canary]) -> None:
    """One message after the other, so that each is a turn with a model's prompt of its own."""
    for canary in canaries:
        accepted = await client.send(conversation, canary.sentence)
        await answered(client, conversation, accepted["message_id"])
