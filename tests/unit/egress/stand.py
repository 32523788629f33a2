"""Egress without a broker, over any records, for tests."""

import asyncio
import random
from collections.abc import Callable, Sequence
from typing import Any

from services.egress.checking import Checking
from services.egress.delivery import Delivery
from services.egress.domain import Terms
from services.egress.guard.text import Guard, Rules
from services.egress.handlers import Egress
from services.egress.push import NoChannel, Push
from services.egress.streams.events import Telling
from shared.channels.base import PushChannel
from shared.contracts import Customer, Draft, Event, ReplyDrafted, Text
from shared.lane.admission import Admitted, admit
from shared.lane.documents import Conversation, Item, Lease, opened
from shared.lane.ownership import take_over
from shared.stores.port import D, R, Records, Transition
from tests.unit.egress.spoken import Spoken

CUSTOMER = Customer(id="u1", assurance="verified")
ORIGINALS = {"<EMAIL_1>": "jane.doe@example.com"}


class Clock:
    """Seconds that pass when a test says so."""

    def __init__(self) -> None:
        self.at = 1_000_000.0

    def __call__(self) -> float:
        return self.at

    def pass_by(self, seconds: float) -> None:
        self.at += seconds


class MemoryRecords:
    """Documents in a dict; with `yields`, other tasks run before and after each operation, but never within one."""

    def __init__(self, yields: random.Random | None = None) -> None:
        self.kept: dict[tuple[str, str], Any] = {}
        self._yields = yields
        self.writes = 0
        self.lost: Callable[[], bool] = lambda: False

    async def _others(self) -> None:
        if self._yields:
            for _ in range(self._yields.randrange(3)):
                await asyncio.sleep(0)

    async def get(self, of: type[D], id: str) -> D | None:
        await self._others()
        return self.kept.get((of.collection, id))

    async def insert(self, document: D) -> bool:
        await self._others()
        return self.kept.setdefault((document.collection, document.id), document) is document

    async def change(self, of: type[D], id: str, transition: Transition[D, R], *, absent: D | None = None) -> R | None:
        await self._others()
        before = self.kept.get((of.collection, id), absent)
        if before is None:
            return None
        after, answer = transition(before)
        if after is not before:
            self.kept[of.collection, id] = after
            self.writes += 1
        await self._others()
        return answer

    async def find(self, of: type[D], group: str, *, limit: int = 50, before: float | None = None) -> list[D]:
        found = [d for (name, _), d in self.kept.items() if name == of.collection and d.group == group]
        return sorted((d for d in found if before is None or d.at < before), key=lambda d: -d.at)[:limit]


class Stand:
    """Egress and what is around it: `said` are the live messages, `vault` what the guard must not let out."""

    def __init__(self, records: Any, clock: Clock | None = None, push: dict[str, PushChannel] | None = None) -> None:
        self.records: Records = records
        self.clock = clock or Clock()
        self.said: list[tuple[str, str, bytes]] = []
        self.vault: dict[str, str] = dict(ORIGINALS)
        self.words = Spoken()
        self.checking = Checking(self.guard, self.words)
        self.terms = Terms(b"k" * 32)
        self.telling = Telling(self.words, self.terms)
        self.push = {name: self._push(channel) for name, channel in (push or {}).items()}
        self.egress = self.worker()

    def worker(self) -> Egress:
        """Another replica of the stage."""
        delivery = Delivery(self.records, self._live, self.terms, self.clock, self.push, self._push(NoChannel()))
        return Egress(self.records, self.words, self.checking, delivery, self.clock)

    def _push(self, channel: PushChannel) -> Push:
        async def address(lane: Conversation) -> str:
            return f"to:{lane.id}"

        return Push(self.records, channel, self.clock, address, self.telling.readable, self.terms.lease, call_timeout=0.25)

    async def _live(self, conversation: str, kind: str, body: bytes) -> None:
        self.said.append((conversation, kind, body))

    async def guard(self, conversation: str, language: str | None) -> Guard:
        return Guard(Rules(("shop.example",)), dict(self.vault))

    async def open(self, id: str = "c1", channel: str = "web", language: str | None = None) -> None:
        lane = opened(id, CUSTOMER.id, channel, self.clock()).model_copy(update={"language": language})
        await self.records.insert(lane)

    async def ask(self, id: str, conversation: str = "c1", **fields: Any) -> Admitted:
        """Admit an input."""
        item = Item(id=id, at=self.clock(), customer=CUSTOMER, sealed="s", **fields)
        now = self.clock()
        admitted = await self.records.change(Conversation, conversation, lambda lane: admit(lane, item, now))
        assert admitted
        return admitted

    async def lane(self, conversation: str = "c1") -> Conversation:
        lane = await self.records.get(Conversation, conversation)
        assert lane
        return lane

    async def take_over(self, conversation: str = "c1", holder: str = "sam") -> str:
        lease = Lease(holder=holder, until=self.clock() + 600)
        state = await self.records.change(Conversation, conversation, lambda lane: take_over(lane, lease))
        assert state
        return state


def drafted(epoch: int, *texts: str, conversation: str = "c1", kind: Any = "reply", **fields: Any) -> ReplyDrafted:
    """A stamped draft."""
    draft = Draft(kind=kind, parts=tuple(Text(text=text) for text in texts), **fields)
    return ReplyDrafted(conversation=conversation, epoch=epoch, draft=draft).first_of(f"{conversation}:{epoch}:draft")


def stamped(events: Sequence[Event], cause: Event) -> list[str]:
    """The ids that the stage gives to what a handler returned."""
    return [event.id or event.because_of(cause, position).id for position, event in enumerate(events)]
