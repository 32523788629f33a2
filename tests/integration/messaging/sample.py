"""Events and a scripted owner. As a process: `python -m tests.integration.messaging.sample URL LOG GRACEFUL`."""

import asyncio
import json
import sys
import time
from datetime import timedelta
from pathlib import Path
from typing import Any, ClassVar

from shared.contracts.base import Event
from shared.errors import Rejected, Retryable
from shared.messaging import BusSettings, Limits, stage


class Asked(Event):
    name: ClassVar[str] = "asked"
    text: str


class Answered(Event):
    name: ClassVar[str] = "answered"
    text: str


class Refused(Event):
    name: ClassVar[str] = "refused"
    text: str


def bus(url: str, **more: Any) -> BusSettings:
    defaults: dict[str, Any] = {"url": url, "ack_wait": timedelta(seconds=1), "graceful_timeout": timedelta(seconds=3)}
    return BusSettings(**defaults | more)


def asked(text: str, key: str = "") -> Asked:
    """A stamped event; the same text twice is the same event, unless `key` tells them apart."""
    return Asked(conversation="c1", epoch=1, text=text).first_of(f"{text}|{key}")


class Owner:
    """Does what the text of an event says, and remembers it."""

    def __init__(self, log: Path | None = None) -> None:
        self.runs: list[tuple[str, float]] = []
        self.ended: list[str] = []
        self.now = self.most = 0
        self._log = log

    def note(self, what: str, text: str) -> None:
        if self._log:
            with self._log.open("a") as file:
                file.write(json.dumps([what, text, time.time()]) + "\n")

    def times(self, text: str) -> list[float]:
        return [at for each, at in self.runs if each == text]

    async def answer(self, event: Asked) -> Answered | Refused | None:
        """Answers what was asked."""
        self.runs.append((event.text, time.monotonic()))
        self.note("start", event.text)
        self.now += 1
        self.most = max(self.most, self.now)
        try:
            outcome = await self._act(event)
        except asyncio.CancelledError:
            self.note("cancelled", event.text)
            raise
        finally:
            self.now -= 1
        self.ended.append(event.text)
        self.note("end", event.text)
        return outcome

    async def _act(self, event: Asked) -> Answered | Refused | None:
        kind, _, argument = event.text.partition(" ")
        tries = sum(text == event.text for text, _ in self.runs)
        match kind:
            case "sleep":
                await asyncio.sleep(float(argument.split()[0]))
            case "flaky" if tries < 3:
                raise Retryable("down", after=0.6)
            case "down":
                raise Retryable("down", after=0.05)
            case "poison":
                raise Rejected("never")
            case "bug":
                raise KeyError("jane@example.com")
            case "hang" if tries < 2:
                await asyncio.sleep(60)
            case "refuse":
                return Refused(conversation=event.conversation, epoch=event.epoch, text="no")
            case "silent":
                return None
        return Answered(conversation=event.conversation, epoch=event.epoch, text=event.text)


async def serve(url: str, log: str, graceful: str) -> None:
    from faststream import FastStream

    settings = bus(url, ack_wait=timedelta(seconds=20), graceful_timeout=timedelta(seconds=float(graceful)))
    broker = stage("demo", settings, Owner(Path(log)), (Owner.answer,), limits=Limits(concurrency=4))
    await FastStream(broker, logger=None).run()


if __name__ == "__main__":
    asyncio.run(serve(*sys.argv[1:4]))
