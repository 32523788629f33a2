"""Delivering a draft and ending its turn: at once where the record is read, by claim, call and settle where it is sent."""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

import structlog
from opentelemetry import trace
from pydantic_core import to_json

from services.egress.domain import FollowUp, Terms, carried, ended, follow_up, running, transcript_entry, with_entry
from services.egress.push import Push
from shared.contracts import Draft, turn_id
from shared.lane.confirmation import result, result_id
from shared.lane.delivery import Claimed, claim, deliver, delivered_as
from shared.lane.documents import Conversation, Done, Item, Turn
from shared.stores.port import Records
from shared.telemetry import names

log = structlog.get_logger(__name__)
tracer = trace.get_tracer("frontdesk.egress")


class Live(Protocol):
    """Wakes whoever watches a conversation. A hint: it may be lost, so it never raises."""

    async def __call__(self, conversation: str, kind: str, body: bytes) -> None: ...


@dataclass(frozen=True, slots=True)
class Begun:
    """The lane after the first write of a delivery. `claimed` where a push channel has to be called."""

    lane: Conversation
    done: Done | None = None
    claimed: Claimed | None = None


def _random() -> str:
    return secrets.token_hex(8)


@dataclass(frozen=True, slots=True)
class Delivery:
    """Carries drafts to the customer, each turn's once; who comes second finds the turn ended and only tells what follows."""

    records: Records
    live: Live
    terms: Terms
    now: Callable[[], float]
    push: Mapping[str, Push]  # by channel; all others are read from the record
    unconfigured: Push  # for a delivery that a channel began which is no longer there
    attempt: Callable[[], str] = _random

    async def deliver(
        self, conversation: str, epoch: int, draft: Draft, *, rewritten: bool = False, language_assumed: bool = False
    ) -> list[FollowUp]:
        """Deliver `draft` as the end of turn `epoch`, unless it has ended or a person has taken over. `rewritten`: it is
        not what the agent drafted. `language_assumed`: the customer said nothing that tells its language.

        Raises `Retryable` while another delivery may be in its call, or when what became of this one is not known.
        """
        now, assumed = self.now(), language_assumed or draft.language is None
        with tracer.start_as_current_span(names.SETTLE):
            begun = await self.records.change(
                Conversation, conversation, lambda lane: self._begin(lane, epoch, draft, now, assumed)
            )
        if begun is None:
            log.warning("no such conversation", conversation=conversation)
            return []
        lane, done = begun.lane, begun.done
        if begun.claimed and begun.claimed.state != "over":
            at = await self.push.get(lane.channel, self.unconfigured).carry(lane, epoch, begun.claimed)
            lane, done = at.lane, at.done
        return await self._after(lane, epoch, done, rewritten=rewritten)

    async def result(self, conversation: str, action: str, item: Item, draft: Draft) -> list[FollowUp]:
        """Admit the result of a confirmed action, once; where the record is read and nothing runs, `draft` delivers it
        in the same write. Otherwise its turn is yet to come: answers the first event of the turn that runs now."""
        now = self.now()

        def transition(lane: Conversation) -> tuple[Conversation, Begun]:
            after, admitted = result(lane, action, item, now)
            if admitted is None or admitted.place != "activated" or after.channel in self.push:
                return after, Begun(after)
            ready = carried(after, draft)
            after, settled = deliver(after, after.epoch, ready, delivered_as(ready), now=now, language_assumed=True)
            return after, Begun(after, settled.done)

        with tracer.start_as_current_span(names.SETTLE):
            begun = await self.records.change(Conversation, conversation, transition)
        if begun is None:
            return []
        return await (self._after(begun.lane, begun.done.epoch, begun.done) if begun.done else self.told(begun.lane, action))

    async def told(self, lane: Conversation, action: str) -> list[FollowUp]:
        """What follows a result that is no longer awaited: it was admitted before, delivered or still waiting."""
        id = result_id(action)
        if done := next((done for done in lane.done if id in done.answers), None):
            return await self._after(lane, done.epoch, done)
        trace.get_current_span().set_attribute(names.OUTCOME, "admitted")
        return running(lane)

    async def over(self, lane: Conversation, epoch: int) -> list[FollowUp]:
        """What follows a turn that has ended, or was taken over, before this event came."""
        return await self._after(lane, epoch, None)

    def _begin(self, lane: Conversation, epoch: int, draft: Draft, now: float, assumed: bool) -> tuple[Conversation, Begun]:
        draft = carried(lane, draft)
        pending = self.terms.pending(draft, now)
        if lane.channel in self.push or (lane.active and lane.active.claim):
            attempt = self.attempt()
            lane, claimed = claim(lane, epoch, draft, attempt=attempt, now=now, pending=pending, language_assumed=assumed)
            return lane, Begun(lane, claimed=claimed)
        how, lease = delivered_as(draft), self.terms.lease(draft, now)
        lane, settled = deliver(lane, epoch, draft, how, now=now, pending=pending, lease=lease, language_assumed=assumed)
        return lane, Begun(lane, settled.done)

    async def _after(self, lane: Conversation, epoch: int, done: Done | None, *, rewritten: bool = False) -> list[FollowUp]:
        """Keep the transcript, wake the readers, tell what follows. Also for a turn that was ended before: whoever ended
        it may have got no further."""
        span = trace.get_current_span()
        span.set_attribute(names.OUTCOME, done.outcome if done else "over")
        if done := done or ended(lane, epoch):
            if entry := transcript_entry(lane.id, done, self.now(), rewritten=rewritten):
                await self.records.change(
                    Turn, turn_id(lane.id, epoch), lambda turn: (with_entry(turn, entry), None), absent=_without_reply(entry)
                )
            await self.live(lane.id, "settled", to_json({"seq": done.seq}))
            if lane.owner == "person":
                await self.live(lane.id, "lease", to_json({"owner": "person"}))
        return follow_up(lane, epoch)


def _without_reply(entry: Turn) -> Turn:
    return entry.model_copy(update={"reply": None, "answers": (), "answered_at": None})
