"""Canaries in a system that runs, such as a staging one: said by a customer who exists for that only, looked for in what the
streams and the records hold of them and in folders that are named, such as the logs'.

What it cannot look into, it cannot vouch for: traces and logs elsewhere, what the model and the tools keep. The messages are
a customer's: the model is asked, tools run, people may be called.
"""

import asyncio
import secrets
from collections.abc import AsyncIterator, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from nats.aio.client import Client as Nats
from nats.js.errors import NotFoundError

from services.cli.client import Client
from services.leakcheck.canaries import Canary
from services.leakcheck.doors import answered, refused
from services.leakcheck.search import Find, Searcher, in_files
from services.leakcheck.streams import ends, in_streams
from shared.errors import ConfigurationError
from shared.lane.documents import Conversation, Effect, Turn
from shared.messaging.topology import DESK
from shared.stores.customers import CustomerProfile, Feedback, Memory
from shared.stores.port import Document, Records
from shared.stores.unfinished import Unfinished
from shared.stores.vault import VaultDocument

_KINDS: tuple[type[Document], ...] = (
    Conversation,
    Turn,
    Effect,
    Feedback,
    CustomerProfile,
    Memory,
    VaultDocument,
    Unfinished,
)
_BETWEEN_LOOKS = 0.5  # seconds: within the rates that a deployment grants a customer
_SPANS_AND_LOGS = 6.0


@dataclass(frozen=True, slots=True)
class Attached:
    """The system at `address`. `token` is a session of `customer`."""

    address: str
    customer: str
    token: str
    client: Nats
    records: Records
    folders: Sequence[Path] = ()

    async def check(self, canaries: Sequence[Canary]) -> list[Find]:
        """Say each in a conversation of its own, some through the side doors, and look for all of them.

        Raises `RequestRefused`, `TimeoutError` for a message without an answer, and `ConfigurationError` where the records or
        the streams are another system's: nothing would be found there.
        """
        searcher, before = Searcher(canaries), await ends(self.client)
        talks = [f"leak_{secrets.token_hex(8)}" for _ in canaries]
        async with Client(self.address, self.token) as client:
            for talk, canary in zip(talks, canaries, strict=True):
                accepted = await client.send(talk, canary.sentence)
                await answered(client, talk, accepted["message_id"], _BETWEEN_LOOKS)
                await self._expect(talk)
        await refused(self.address, self.token, talks[0], canaries[2::16])
        await asyncio.sleep(_SPANS_AND_LOGS)
        finds = [find async for find in in_streams(searcher, self.client, before)]
        finds += [find async for find in _in_records(searcher, self.records, (self.customer, *talks))]
        return finds + [find for folder in self.folders for find in in_files(searcher, folder)]

    async def _expect(self, talk: str) -> None:
        """That what is said at the address comes to these records and streams."""
        if await self.records.get(Conversation, talk) is None:
            raise ConfigurationError(f"FRONTDESK_RECORDS: {self.address} keeps its records elsewhere")
        try:
            await self.client.jetstream().get_last_msg(DESK, f"desk.*.*.{talk}")
        except NotFoundError:
            raise ConfigurationError(f"FRONTDESK_NATS_URL: {self.address} publishes elsewhere") from None


async def _in_records(searcher: Searcher, records: Records, ids: Iterable[str]) -> AsyncIterator[Find]:
    """Every kind of document that belongs to a customer or to a conversation of theirs. What is sealed stays sealed."""
    for id in ids:
        for kind in _KINDS:
            own = await records.get(kind, id)
            for document in (*([own] if own else []), *await records.find(kind, id)):
                place = f"record {kind.collection}, {document.id}"
                for find in searcher.within(document.model_dump_json().encode(), place):
                    yield find
