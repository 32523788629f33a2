"""One client's stream: reads the record whenever it may have changed, and at every heartbeat, because hints get lost."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass

import structlog

from services.egress.checking import Checking
from services.egress.guard.text import Guard
from services.egress.streams.events import Telling
from services.egress.streams.hub import Mailbox
from services.egress.streams.sse import HEARTBEAT, Frame, encode
from services.egress.streams.view import View
from shared.channels.web import ErrorData
from shared.errors import StoreUnavailable
from shared.lane.documents import Conversation, Turn
from shared.lane.turns import answer_of, forgotten, inputs_of
from shared.stores.port import Records

log = structlog.get_logger(__name__)

Write = Callable[[bytes], Awaitable[None]]

MOST_OLDER = 200
"""Turns told from their own documents to a client that was away for long."""


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds: between heartbeats, that a write may wait for a slow client, and until a client that is sent away returns."""

    heartbeat: float = 15.0
    patience: float = 30.0
    come_again: float = 1.0


@dataclass(frozen=True, slots=True)
class Streaming:
    """What every stream of the process uses."""

    records: Records
    telling: Telling
    checking: Checking
    pace: Pace
    now: Callable[[], float]

    def open(self, view: View, box: Mailbox, write: Write, expires: float) -> "Stream":
        """The stream of one client, whose session ends at `expires`."""
        return Stream(self, view, box, write, expires)


class Stream:
    """Tells a client what happens until it is closed, its session ends, or it reads too slowly."""

    def __init__(self, parts: Streaming, view: View, box: Mailbox, write: Write, expires: float) -> None:
        self._parts, self._view, self._box, self._write, self._expires = parts, view, box, write, expires
        self._guard: Guard | None = None
        self._language: str | None = None

    async def run(self) -> None:
        """Raises `TimeoutError` when the client does not take what it is sent for longer than `patience`."""
        loop, box, pace = asyncio.get_running_loop(), self._box, self._parts.pace
        beat = loop.time() + pace.heartbeat
        while not box.closed and self._parts.now() < self._expires:
            out: list[bytes] = []
            if loop.time() >= beat:
                out.append(HEARTBEAT)
                box.stale, beat = True, loop.time() + pace.heartbeat
            try:
                there = await self._turn(out)
            except StoreUnavailable as away:
                log.warning("record not read", conversation=self._view.conversation)
                there, beat = True, min(beat, loop.time() + away.after)
            await self._send(out)
            if not there:
                return
            if not box.stale:
                await box.wait(beat - loop.time())
        await self._send([encode(Frame(self._farewell()))])

    async def _turn(self, out: list[bytes]) -> bool:
        """Look at everything once. False: there is no such conversation any more."""
        box, view = self._box, self._view
        if box.stale and not await self._read(out):
            return False
        for hint in box.accepted():
            _tell(out, view.heard_of(hint))
            box.stale = True  # its turn may have begun: better known before its first words come than when they do
        for delta in box.deltas():
            if view.is_news(delta) and not await self._read(out):
                return False
            if view.begins(delta):
                self._guard = await self._parts.checking.guard(view.conversation, self._language)
            if self._guard:
                _tell(out, view.written(delta, self._preview))
        return True

    async def _read(self, out: list[bytes]) -> bool:
        self._box.stale = False
        lane = await self._parts.records.get(Conversation, self._view.conversation)
        if lane is None:
            _tell(out, [Frame(ErrorData(code="expired", detail="The conversation has been deleted."))])
            return False
        self._language = lane.answer_language
        if missed := self._view.missed(lane):
            _tell(out, await self._older(lane, missed))
        _tell(out, self._view.read(lane))
        return True

    def _preview(self) -> "Preview":
        assert self._guard
        return Preview(self._guard, lambda kind: self._parts.telling.label(kind, self._language))

    async def _older(self, lane: Conversation, missed: int) -> list[Frame]:
        """The newest `missed` turns before those in the record, oldest first."""
        limit = min(missed, MOST_OLDER)
        found = await self._parts.records.find(Turn, lane.id, limit=limit + 2 * len(lane.done) + 2)
        guard = await self._parts.checking.guard(lane.id, lane.answer_language)
        frames: list[Frame] = []
        for turn in found:
            if forgotten(lane, turn) and len(frames) < limit and (draft := answer_of(lane, turn)):
                draft = self._parts.checking.checked(guard, draft).draft
                frames.append(self._parts.telling.turn(turn, draft, inputs_of(turn)))
        return frames[::-1]

    async def _send(self, out: list[bytes]) -> None:
        if out:
            async with asyncio.timeout(self._parts.pace.patience):
                await self._write(b"".join(out))

    def _farewell(self) -> ErrorData:
        if self._box.closed:
            after = self._parts.pace.come_again
            return ErrorData(code="draining", detail="The server restarts. Connect again.", retry_after=after)
        return ErrorData(code="expired", detail="The session has ended. Connect again with a new one.")


class Preview:
    """A draft as it is written, through the same guard as the whole one, with words in the place of placeholders."""

    def __init__(self, guard: Guard, label: Callable[[str], str]) -> None:
        self._chain = guard.shown(label)

    def feed(self, piece: str) -> str:
        """What may be shown by now."""
        return self._chain.feed(piece)


def _tell(out: list[bytes], frames: Iterable[Frame]) -> None:
    out.extend(map(encode, frames))
