"""Sending through a provider that may answer late, twice or never: claim, call, settle, and reconcile past the deadline."""

import asyncio
import secrets
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

import structlog

from shared.channels.base import PushChannel
from shared.contracts import Draft, Part, turn_id
from shared.errors import Rejected, Retryable
from shared.lane.delivery import (
    CALL_TIMEOUT,
    Claimed,
    Outcome,
    Settled,
    delivered_as,
    may_call,
    next_part,
    reclaim,
    settle,
    unsent,
)
from shared.lane.documents import Claim, Conversation, Done, Lease
from shared.lane.reconcile import Guarantee, remedy
from shared.stores.port import Records

log = structlog.get_logger(__name__)

_MARGIN = 0.05  # seconds past the deadline, so that it has surely passed


@dataclass(frozen=True, slots=True)
class At:
    """The lane, and where the delivery stands: `claimed`, or ended, by this very call if `done` is set."""

    lane: Conversation
    claimed: Claimed | None = None
    done: Done | None = None


def _random() -> str:
    return secrets.token_hex(8)


@dataclass(frozen=True, slots=True)
class Push:
    """One channel. A crash at any line repeats nothing: what is not known is asked of the provider, or sent again under
    the same key, or, where the provider offers neither, never sent again."""

    records: Records
    channel: PushChannel
    now: Callable[[], float]
    reach: Callable[[Conversation], Awaitable[str]]  # the address
    shown: Callable[[Draft], Draft]  # placeholders into words
    lease: Callable[[Draft, float], Lease]  # of a hand-off
    call_timeout: float = CALL_TIMEOUT
    attempt: Callable[[], str] = _random

    async def carry(self, lane: Conversation, epoch: int, claimed: Claimed) -> At:
        """From the first claim, or from somebody's, to the end of the turn.

        Raises `Retryable` while another delivery may be in its call, and when what became of this one is not known.
        """
        at = At(lane, claimed)
        while (stands := at.claimed) and (held := stands.claim):
            if stands.state == "mine":
                at = await self._send(at.lane, epoch, held)
            else:
                at = await self._reconcile(at.lane, epoch, held, wanted=stands.wanted)
        return at

    async def _send(self, lane: Conversation, epoch: int, held: Claim) -> At:
        messages = self._messages(held.draft)
        if held.part >= len(messages):
            return await self._settle(lane, epoch, held, delivered_as(held.draft))
        try:
            id = await self._call(lane, epoch, held, messages[held.part])
        except Rejected as refused:
            turn = turn_id(lane.id, epoch)
            log.error("the provider refused a message", turn=turn, channel=lane.channel, reason=str(refused))  # noqa: TRY400 - no bug of ours
            return await self._settle(lane, epoch, held, "unknown")
        return await self._sent(lane, epoch, held, id, last=held.part + 1 == len(messages))

    async def _call(self, lane: Conversation, epoch: int, held: Claim, parts: Sequence[Part]) -> str:
        """Call the provider while the claim is young by our own clock; what surely did not leave is tried again."""
        address, key = await self.reach(lane), _key(lane, epoch, held)
        while may_call(held.until, self.now()):
            try:
                async with asyncio.timeout(self.call_timeout):
                    return await self.channel.send(address, parts, key)
            except Rejected:
                raise
            except Retryable as away:
                await asyncio.sleep(away.after)
            except Exception as error:
                raise self._later("nobody knows whether the message was sent", held) from error
        raise self._later("the message was not sent while the claim was young", held)

    async def _sent(self, lane: Conversation, epoch: int, held: Claim, id: str, *, last: bool) -> At:
        """A message was delivered: hold the claim for the next one, or end the turn, also when a person waits for it."""
        if last:
            return await self._settle(lane, epoch, held, delivered_as(held.draft), id)
        new, now = self.attempt(), self.now()

        def step(lane: Conversation) -> tuple[Conversation, At]:
            lane, claimed = next_part(lane, epoch, held.attempt, new_attempt=new, provider_id=id, now=now)
            return lane, At(lane, claimed)

        at = await self._change(lane, step)
        if at.claimed and at.claimed.state == "theirs":
            return await self._settle(lane, epoch, held, delivered_as(held.draft), id)
        return at

    async def _reconcile(self, lane: Conversation, epoch: int, read: Claim, *, wanted: bool) -> At:
        """Somebody else's claim: once nobody is in its call any more, find out what became of it."""
        messages = self._messages(read.draft)
        match remedy(read.until, self.channel.guarantee, self.now(), wanted=wanted):
            case "wait":
                raise self._later("a delivery may be under way", read)
            case "unknown":
                log.error("delivery unknown: not sent again", turn=turn_id(lane.id, epoch), channel=lane.channel)
                return await self._settle(lane, epoch, read, "unknown")
            case "ask" if read.part < len(messages):
                if (id := await self._look_up(lane, epoch, read)) is not None:
                    return await self._sent(lane, epoch, read, id, last=read.part + 1 == len(messages))
                if wanted:
                    return await self._give_up(lane, epoch, read)
        new, now = self.attempt(), self.now()

        def again(lane: Conversation) -> tuple[Conversation, At]:
            lane, claimed = reclaim(lane, epoch, read.attempt, new_attempt=new, now=now)
            return lane, At(lane, claimed)

        return await self._change(lane, again)

    async def _look_up(self, lane: Conversation, epoch: int, read: Claim) -> str | None:
        try:
            async with asyncio.timeout(self.call_timeout):
                return await self.channel.look_up(_key(lane, epoch, read))
        except Exception as error:
            raise Retryable("the provider could not be asked", after=1.0) from error

    async def _give_up(self, lane: Conversation, epoch: int, read: Claim) -> At:
        """Nothing of this message left and a person waits: they get the inputs, or what was sent before is settled."""
        if read.part:
            return await self._settle(lane, epoch, read, delivered_as(read.draft))

        def step(lane: Conversation) -> tuple[Conversation, At]:
            lane, settled = unsent(lane, epoch, read.attempt)
            return lane, At(lane, done=settled.done)

        return await self._change(lane, step)

    async def _settle(self, lane: Conversation, epoch: int, held: Claim, how: Outcome, *ids: str) -> At:
        now = self.now()

        def step(lane: Conversation) -> tuple[Conversation, At]:
            settled: Settled
            lane, settled = settle(lane, epoch, held.attempt, how, now=now, provider_ids=ids, lease=self.lease(held.draft, now))
            return lane, At(lane, done=settled.done)

        return await self._change(lane, step)

    async def _change(self, lane: Conversation, step: Callable[[Conversation], tuple[Conversation, At]]) -> At:
        at = await self.records.change(Conversation, lane.id, step)
        if at is None:
            raise Rejected("the conversation was deleted while a reply was leaving")
        return at

    def _messages(self, draft: Draft) -> Sequence[Sequence[Part]]:
        return self.channel.messages(self.shown(draft).parts)

    def _later(self, why: str, held: Claim) -> Retryable:
        return Retryable(why, after=max(held.until - self.now(), 0.0) + _MARGIN)


class NoChannel:
    """In the place of a channel that is no longer configured: what is not known to have left is not sent again."""

    guarantee: Guarantee = "neither"

    def messages(self, parts: Sequence[Part]) -> Sequence[Sequence[Part]]:
        """All in one."""
        return (parts,)

    async def send(self, address: str, parts: Sequence[Part], key: str) -> str:
        """Refuses."""
        raise Rejected("this channel is not configured")

    async def look_up(self, key: str) -> str | None:
        """Knows nothing."""
        return None


def _key(lane: Conversation, epoch: int, held: Claim) -> str:
    return f"{turn_id(lane.id, epoch)}:{held.part}"
