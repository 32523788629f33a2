"""One conversation as its customer's browser holds it: it posts until it is accepted, presses twice, and reads a stream that
it takes up again after every cut. All that it sees goes into the history."""

import asyncio
import random
import re
import time
from dataclasses import dataclass, field
from typing import Any

import httpx2

from services.cli.client import TERMINAL, StreamEvent, events_of
from shared.contracts import Customer
from shared.lane.documents import Effect
from tests.chaos import shop
from tests.chaos.history import Effected, Heard, History, Kept, Pressed, Said
from tests.chaos.system import System

PATIENCE = 180.0
"""Seconds after which an answer counts as lost: longer than a turn may stand before it is given up."""
_AWAY = {429, 502, 503, 504}
_ORDER = re.compile(r"\bORD-\d{5}\b")


def http() -> httpx2.AsyncClient:
    """Connections for all customers of a load."""
    return httpx2.AsyncClient(
        timeout=httpx2.Timeout(8.0, read=12.0, pool=60.0), limits=httpx2.Limits(max_connections=None), trust_env=False
    )


@dataclass
class Client:
    """`number` is the customer, whose only conversation this is. Enter it to listen."""

    system: System
    http: httpx2.AsyncClient
    history: History
    number: int
    rng: random.Random
    conversation: str = ""
    patience: float = PATIENCE
    accepted: list[str] = field(default_factory=list)
    answered: dict[str, float] = field(default_factory=dict)
    offers: list[StreamEvent] = field(default_factory=list)
    results: int = 0
    last: int = 0
    _count: int = 0
    _person: bool = False
    _reader: asyncio.Task[None] | None = None
    _news: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self.conversation = self.conversation or f"chaos-{self.number}"
        token = self.system.sessions.issue(Customer(id=shop.customer(self.number), assurance="verified"))
        self._headers = {"Authorization": f"Bearer {token}"}

    # Saying ----------------------------------------------------------------------------------------------------------

    async def say(self, text: str) -> str:
        """Send a message with the same id until it is accepted. The answer is its id; waits for nothing else."""
        self._count += 1
        number, id, began, attempts, accepted = self._count, f"m{self._count}", time.time(), 0, False
        body = {"text": text, "message_id": id}
        while not accepted and time.time() < began + self.patience:
            attempts += 1
            status, _ = await self._ask("POST", self._path("messages"), json=body)
            accepted = status == 202
            assert accepted or status in _AWAY or not status, f"a message was answered {status}"
            if accepted and self.rng.random() < 0.1:  # as if this answer had been lost: it is said again
                accepted, _ = False, await self._ask("POST", self._path("messages"), json=body)
                accepted = True
            elif not accepted:
                await asyncio.sleep(self.rng.uniform(0.05, 0.4))
        self.history.said.append(Said(self.conversation, id, number, began, accepted, attempts))
        if accepted:
            self.accepted.append(id)
            self._reader = self._reader or asyncio.create_task(self._read())
        return id

    async def press(self, offer: StreamEvent, *, accept: bool) -> bool:
        """Press a button twice at once, and again until it is known what came of it; whether it counted."""
        began, statuses = time.time(), list[int]()
        path = self._path(f"confirmations/{offer.data['token']}")
        while time.time() < began + self.patience:
            answers = await asyncio.gather(*(self._ask("POST", path, json={"accept": accept}) for _ in range(2)))
            statuses += [status for status, _ in answers if status and status not in _AWAY]
            if statuses:
                break
            await asyncio.sleep(self.rng.uniform(0.05, 0.4))
        [order] = _ORDER.findall(offer.data["title"])
        self.history.pressed.append(
            Pressed(self.conversation, order, offer.data["amount"]["minor"], accept, began, tuple(statuses))
        )
        return 202 in statuses

    async def _ask(self, method: str, path: str, **more: Any) -> tuple[int, dict[str, Any]]:
        """Status and body; 0 when the connection broke or nothing came in time."""
        try:
            answer = await self.http.request(method, f"{self.system.address('ingress')}{path}", headers=self._headers, **more)
            return answer.status_code, answer.json() if answer.content else {}
        except (httpx2.HTTPError, ValueError):
            return 0, {}

    def _path(self, rest: str = "") -> str:
        return f"/v1/conversations/{self.conversation}" + (f"/{rest}" if rest else "")

    # Listening -------------------------------------------------------------------------------------------------------

    async def until(self, check: Any, patience: float | None = None) -> bool:
        """Wait until `check()` of what was heard; False when it does not come."""
        end = time.monotonic() + (patience or self.patience)
        while not check():
            self._news.clear()
            left = end - time.monotonic()
            if left <= 0:
                return False
            try:
                await asyncio.wait_for(self._news.wait(), left)
            except TimeoutError:
                return bool(check())
        return True

    async def until_answered(self, *ids: str) -> bool:
        return await self.until(lambda: all(id in self.answered for id in ids))

    async def _read(self) -> None:
        url = f"{self._path('events')}"
        while True:
            headers = self._headers | {"Accept": "text/event-stream"} | ({"Last-Event-ID": str(self.last)} if self.last else {})
            try:
                address = f"{self.system.address('egress')}{url}"
                async with self.http.stream("GET", address, headers=headers) as response:
                    if response.status_code == 200:
                        await self._listen(response)
            except (httpx2.HTTPError, ValueError):
                pass  # cut in the middle of a line, or not there: it comes again
            await asyncio.sleep(self.rng.uniform(0.02, 0.2))

    async def _listen(self, response: httpx2.Response) -> None:
        self._person = False
        async for event in events_of(response):
            self._hear(event)
            if event.id and self.rng.random() < 0.03:
                return  # a browser that is reloaded

    def _hear(self, event: StreamEvent) -> None:
        data, now = event.data, time.time()
        if event.event == "handoff":
            self._person = data["owner"] == "person"
        if event.event == "delta" and self._person:
            self.history.heard.append(Heard(self.conversation, 0, data["turn_id"], "delta", now))
        if event.event not in TERMINAL or not event.id:
            return
        self.last = int(event.id)
        answers = tuple(data.get("answers", ()))
        text = " ".join((data.get("title", ""), data.get("text", "")))
        by, kind = data.get("by", "assistant"), data.get("kind", event.event)  # of a notice: notice or refusal
        self.history.heard.append(Heard(self.conversation, self.last, data["turn_id"], kind, now, by, answers, text))
        self.answered.update(dict.fromkeys(answers, now))
        if kind == "confirm":
            self.offers.append(event)
        self.results += kind == "notice" and not answers
        self._news.set()

    # The end ---------------------------------------------------------------------------------------------------------

    async def leave(self) -> None:
        """Wait until all is answered, and write down what the transcript and the ledger of effects hold."""
        await self.until_answered(*self.accepted)
        counted = sum(each.counted for each in self.history.pressed if each.conversation == self.conversation)
        await self.until(lambda: self.results >= counted)
        kept = await self.transcript()
        await self.until(lambda: self.last >= kept["last_event_id"])
        answered = tuple(id for turn in kept["turns"] for id in turn["answers"])
        own = shop.orders(self.number)
        self.history.kept.append(Kept(self.conversation, answered, tuple(kept["waiting"]), kept["last_event_id"], own))
        await self.close()
        for effect in await self.system.records.find(Effect, self.conversation, limit=50):
            order = effect.proposal.arguments.get("order_id", "")  # a call back has none
            self.history.effected.append(Effected(self.conversation, effect.id, order, effect.state))

    async def transcript(self) -> dict[str, Any]:
        """What the conversation's owner is shown of it. Raises `AssertionError` when it cannot be had for long."""
        end = time.time() + self.patience
        while time.time() < end:
            status, kept = await self._ask("GET", self._path())
            if status == 200:
                return kept
            await asyncio.sleep(0.3)
        raise AssertionError(f"there is no transcript of {self.conversation}")

    async def close(self) -> None:
        """Stop listening."""
        if self._reader:
            self._reader.cancel()
            await asyncio.gather(self._reader, return_exceptions=True)
