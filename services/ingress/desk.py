"""The desk: a person takes a conversation over, reads what was written, answers, gives it back."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import BaseModel

from services.ingress.domain import staff_draft
from services.ingress.handlers import Outbox, Sealer
from shared.errors import Rejected
from shared.lane.documents import Active, Conversation, Done, Item, Lease, turn_of
from shared.lane.ownership import answer, give_back, take_over
from shared.lane.sweep import first_event
from shared.stores.port import Records

Taken = Literal["granted", "wanted", "held"]


class InboxItem(BaseModel):
    """Something that waits for a person. `text` is what the customer wrote, opened; `data` is an event's or a result's."""

    id: str
    kind: Literal["message", "event", "result"]
    at: float
    text: str | None = None
    data: dict[str, Any] = {}


class DeskView(BaseModel):
    """A conversation for the person who takes it over."""

    conversation_id: str
    customer_id: str
    owner: Literal["bot", "person"]
    holder: str | None
    until: float | None
    wanted_by: str | None
    inbox: list[InboxItem]


@dataclass(frozen=True, slots=True)
class Desk:
    """Operations of persons. Each is one change of the lane; None or False: there is no such conversation."""

    records: Records
    sealer: Sealer
    outbox: Outbox
    now: Callable[[], float]

    async def take(self, conversation: str, holder: str, seconds: float, reason: str) -> Taken | None:
        """Take over, or renew. `wanted`: a reply is leaving, it is granted when that has settled. `held`: by another."""
        now = self.now()
        lease = Lease(holder=holder, until=now + seconds, reason=reason)
        state = await self.records.change(Conversation, conversation, lambda lane: take_over(lane, lease, now))
        if state == "granted":
            await self.outbox.live(conversation, "lease", owner="person")
        return state

    async def give_back(self, conversation: str, holder: str) -> bool:
        """End a lease early; what its holder left unanswered becomes the assistant's next turn. False: it is not theirs."""
        return await returned(self.records, self.outbox, conversation, self.now(), holder)

    async def reply(
        self, conversation: str, holder: str, text: str, read: frozenset[str] | None = None, id: str = ""
    ) -> Done | None:
        """Answer what was read (ids of the inbox), or all that waits; again under the same `id`: it is said once. None: the
        lease is not theirs (any more)."""
        draft, now = staff_draft(text), self.now()
        done = await self.records.change(
            Conversation, conversation, lambda lane: answer(lane, holder, draft, now, read=read, id=id)
        )
        if done:
            turn = turn_of(conversation, done.epoch, done.at, reply=done.draft, answers=done.answers, answered_at=done.at)
            await self.records.insert(turn.model_copy(update={"id": f"{turn.id}:p{done.seq}"}))
            await self.outbox.live(conversation, "settled", seq=done.seq)
        return done

    async def view(self, conversation: str) -> DeskView | None:
        """The conversation and its inbox, seals opened: a person may read what was written to them."""
        lane = await self.records.get(Conversation, conversation)
        if lane is None:
            return None
        lease = lane.lease if lane.owner == "person" else None
        return DeskView(
            conversation_id=lane.id,
            customer_id=lane.customer,
            owner=lane.owner,
            holder=lease.holder if lease else None,
            until=lease.until if lease else None,
            wanted_by=lane.wanted.holder if lane.wanted else None,
            inbox=[await self._opened(lane, item) for item in lane.inbox],
        )

    async def _opened(self, lane: Conversation, item: Item) -> InboxItem:
        text = None
        if item.sealed:
            try:
                text = await self.sealer.open(lane.customer, item.sealed, bound_to=f"{lane.id}/{item.id}")
            except Rejected:  # its key is gone: the rest of the inbox is still to be read
                text = None
        return InboxItem(id=item.id, kind=item.kind, at=item.at, text=text, data=item.data)


async def returned(records: Records, outbox: Outbox, conversation: str, now: float, holder: str | None = None) -> bool:
    """Give a conversation back to the assistant and begin its next turn. Without `holder`, only an expired lease."""

    def transition(lane: Conversation) -> tuple[Conversation, tuple[Conversation, Active | None] | None]:
        after, active = give_back(lane, now, holder=holder)
        return after, (after, active) if after is not lane else None

    given = await records.change(Conversation, conversation, transition)
    if given is None:
        return False
    lane, active = given
    await outbox.live(conversation, "lease", owner="bot")
    if active:
        await outbox.publish(first_event(lane, active))
    return True
