"""One subscription of the process to live messages, fanned out to the streams of each conversation."""

import asyncio
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import structlog
from pydantic import ValidationError

from shared.channels.web import Accepted
from shared.contracts import Delta

log = structlog.get_logger(__name__)

SUBJECT = "live.*.*"


class Mailbox:
    """What a stream has yet to look at. It never grows beyond its bounds, however slow the client is.

    A delta that finds it full is dropped: the stream sees the gap and stops its preview. That the record has changed is a
    flag, so hints never pile up; nothing else needs them whole.
    """

    def __init__(self, deltas: int, characters: int) -> None:
        self._most, self._longest = deltas, characters
        self._deltas: deque[Delta] = deque()
        self._accepted: deque[Accepted] = deque()
        self._length = 0
        self._wake = asyncio.Event()
        self.stale = True  # the record is to be read
        self.closed = False

    def put(self, delta: Delta) -> None:
        """A piece of an answer."""
        if len(self._deltas) < self._most and self._length + len(delta.text) <= self._longest:
            self._deltas.append(delta)
            self._length += len(delta.text)
            self._wake.set()

    def announce(self, hint: Accepted) -> None:
        """A message was accepted; what finds no room is in the record."""
        if len(self._accepted) < self._most:
            self._accepted.append(hint)
            self._wake.set()
        else:
            self.changed()

    def changed(self) -> None:
        """The record is to be read."""
        self.stale = True
        self._wake.set()

    def close(self) -> None:
        """The stream is to end."""
        self.closed = True
        self._wake.set()

    async def wait(self, timeout: float) -> bool:
        """Wait until there is something. False: there was nothing for `timeout` seconds."""
        try:
            async with asyncio.timeout(max(timeout, 0.0)):
                await self._wake.wait()
        except TimeoutError:
            return False
        self._wake.clear()
        return True

    def accepted(self) -> list[Accepted]:
        """Take all that was announced."""
        taken = list(self._accepted)
        self._accepted.clear()
        return taken

    def deltas(self) -> list[Delta]:
        """Take all deltas."""
        taken = list(self._deltas)
        self._deltas.clear()
        self._length = 0
        return taken


class Hub:
    """Live messages by conversation. Nothing is promised on the strength of one: streams also look by themselves."""

    def __init__(self, deltas: int = 256, characters: int = 65_536) -> None:
        self._bounds = deltas, characters
        self._boxes: dict[str, set[Mailbox]] = {}
        self._closed = False

    @contextmanager
    def joined(self, conversation: str) -> Iterator[Mailbox]:
        """A mailbox for one stream, as long as the block lasts."""
        box = Mailbox(*self._bounds)
        boxes = self._boxes.setdefault(conversation, set())
        boxes.add(box)
        if self._closed:
            box.close()
        try:
            yield box
        finally:
            boxes.discard(box)
            if not boxes and self._boxes.get(conversation) is boxes:
                del self._boxes[conversation]

    def streams(self, conversation: str | None = None) -> int:
        """Streams open now: of one conversation, or of all."""
        if conversation is not None:
            return len(self._boxes.get(conversation, ()))
        return sum(map(len, self._boxes.values()))

    def receive(self, subject: str, body: bytes) -> None:
        """Fan out one live message. What is not understood is logged and dropped."""
        _, conversation, kind = subject.split(".")
        boxes = self._boxes.get(conversation)
        if not boxes:
            return
        try:
            tell = _READERS[kind](body)
        except (KeyError, ValidationError):
            log.warning("live message not understood", kind=kind)
            return
        for box in tuple(boxes):
            tell(box)

    def reread(self) -> None:
        """Live messages may have been lost: every stream looks at its record."""
        for boxes in self._boxes.values():
            for box in boxes:
                box.changed()

    def close(self) -> None:
        """End every stream, now and later: the process stops, clients come again elsewhere."""
        self._closed = True
        for boxes in self._boxes.values():
            for box in boxes:
                box.close()


def _delta(body: bytes) -> Callable[[Mailbox], None]:
    delta: Delta = Delta.__pydantic_validator__.validate_json(body)
    return lambda box: box.put(delta)


def _accepted(body: bytes) -> Callable[[Mailbox], None]:
    hint: Accepted = Accepted.__pydantic_validator__.validate_json(body)
    return lambda box: box.announce(hint)


def _changed(_: bytes) -> Callable[[Mailbox], None]:
    return Mailbox.changed


_READERS: dict[str, Callable[[bytes], Callable[[Mailbox], Any]]] = {
    "delta": _delta,
    "accepted": _accepted,
    "settled": _changed,
    "lease": _changed,
}
