"""What stages write through, with crash points around every write."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any

import nats.errors
from faststream.nats.response import NatsPublishCommand
from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.js.api import PubAck

from services.crash.points import Doing, Writing, doing
from shared.messaging.delivery import origin
from shared.messaging.middleware import Settle, StageMiddleware, Verdict
from shared.messaging.producer import JetStreamProducer
from shared.stores.port import D, Document, R, Records, Transition


class WatchedRecords:
    """The records, with points around what is really written."""

    def __init__(self, records: Records, writing: Writing) -> None:
        self._records, self._writing = records, writing
        self.get, self.find, self.due, self.older = records.get, records.find, records.due, records.older
        self.ping, self.close = records.ping, records.close

    async def insert(self, document: Document) -> bool:
        write = self._writing(f"insert-{_noun(type(document))}")
        write.before()
        if inserted := await self._records.insert(document):
            write.after()
        return inserted

    async def change(self, of: type[D], id: str, transition: Transition[D, R], *, absent: D | None = None) -> R | None:
        """Whether it will write is found out first, by the transition itself, which is pure."""
        write = self._writing(f"change-{_noun(of)}")
        if await self._writes(of, id, transition, absent):
            write.before()
        written = False

        def observed(document: D) -> tuple[D, R]:
            nonlocal written
            after, told = transition(document)
            written = after is not document
            return after, told

        told = await self._records.change(of, id, observed, absent=absent)
        if written:
            write.after()
        return told

    async def _writes(self, of: type[D], id: str, transition: Transition[D, R], absent: D | None) -> bool:
        stands = await self._records.get(of, id) or absent
        return stands is not None and transition(stands)[0] is not stands

    async def expire(self, of: type[D], now: float, *, limit: int = 500) -> int:
        write = self._writing(f"expire-{_noun(of)}")
        write.before()
        if count := await self._records.expire(of, now, limit=limit):
            write.after()
        return count

    async def delete(self, of: type[D], id: str) -> bool:
        write = self._writing(f"delete-{_noun(of)}")
        write.before()
        if deleted := await self._records.delete(of, id):
            write.after()
        return deleted

    async def remove(self, of: type[D], id: str, condition: Callable[[D], bool]) -> bool:
        write = self._writing(f"remove-{_noun(of)}")
        write.before()
        if removed := await self._records.remove(of, id, condition):
            write.after()
        return removed


def _noun(of: type[Document]) -> str:
    return of.__name__.removesuffix("Document").lower()


class WatchedProducer(JetStreamProducer):
    """Publishes with points around it: everything that a stage stores on JetStream passes here."""

    def __init__(self, writing: Writing) -> None:
        super().__init__()
        self._writing = writing

    async def publish(self, cmd: NatsPublishCommand) -> PubAck:
        with self._writing(f"publish-{_published(cmd.destination)}").around():
            return await super().publish(cmd)


def _published(subject: str) -> str:
    """`desk.v1.reply-drafted.<conversation>` is a ReplyDrafted."""
    match subject.split("."):
        case ["desk", _, event, *_]:
            return _camel(event)
        case ["dlq", *_]:
            return "DeadLetter"
    return "BackendEvent"


def _camel(name: str) -> str:
    return "".join(word.title() for word in name.split("-"))


class Handling(StageMiddleware):
    """Knows what the stage is doing while a message is handled, and puts points around how it is settled."""

    def __init__(self, writing: Writing, msg: Msg | None, /, *, context: Any) -> None:
        super().__init__(msg, context=context)
        self._writing = writing

    async def on_receive(self) -> None:
        assert self.msg, "only what is received is handled"
        doing.set(Doing(_camel(origin(self.msg).consumer.partition("-")[2])))

    async def settle_scope(self, call_next: Settle, verdict: Verdict) -> None:
        """An acknowledgement is sent and not answered: at the point behind it, it must have left."""
        assert self.msg, "only what is received is settled"
        client: Client = self.msg._client  # noqa: SLF001 - a message does not tell its connection
        with self._writing(verdict.kind).around():
            await call_next(verdict)
            with suppress(nats.errors.Error, OSError, TimeoutError):
                await client.flush()
