"""One change of one document by compare-and-set, and the truth about writes whose answer was lost."""

import asyncio
import itertools
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Generic

from pymongo.asynchronous.collection import AsyncCollection
from pymongo.errors import DuplicateKeyError, PyMongoError

from shared.errors import StoreUnavailable
from shared.stores.mongo.envelope import NOTHING, Row, Stamp, row
from shared.stores.mongo.errors import uncertain
from shared.stores.mongo.known import Known, Standing
from shared.stores.parsed import Parsed
from shared.stores.port import D, R, Transition, UniqueKeyTaken

Collection = AsyncCollection[dict[str, Any]]

_FIRST_PAUSE, _LONGEST_PAUSE = 0.002, 0.03  # seconds; in the longest, few others can write one document


def pauses() -> Iterator[float]:
    """Seconds before each attempt: none, then up to twice as long each time. Its user's time-out ends it."""
    yield 0.0
    for number in itertools.count():
        yield random.uniform(0, min(_FIRST_PAUSE * 2 ** min(number, 10), _LONGEST_PAUSE))  # noqa: S311


@dataclass(slots=True)
class Change(Generic[D, R]):
    """`Records.change`, one call of it. `run` goes on until it knows what became of the change; its caller bounds it."""

    collection: Collection
    of: type[D]
    id: str
    transition: Transition[D, R]
    absent: D | None
    parsed: Parsed
    known: Known
    writer: int
    lost: dict[Stamp, R] = field(default_factory=dict)  # writes that may stand, and what each would have told
    refuted: bool = False  # answered: something else stands there

    async def run(self) -> R | None:
        if (guess := self.known.guess(self.of, self.id)) is not None:
            done, told = await self._guessed(guess)
            if done:
                return told
        for pause in pauses():
            if pause:
                if self.lost and (mine := self._found_again((await self._read())[1])):
                    return self.lost[mine]  # looked up before the pause: in it, others may write more than can be told
                await asyncio.sleep(pause)
            found, stamp = await self._read()
            if self.lost and (mine := self._found_again(stamp)):
                return self.lost[mine]
            old = found or self.absent
            if old is None:
                return None
            new, told = self.transition(old)
            if new is old:
                return told
            if await self._write(stamp, new, told):
                return told
        raise AssertionError("pauses never end")

    async def _guessed(self, guess: Standing[D]) -> tuple[bool, R | None]:
        """Only a write proves a guess: what it told without one, or raised, is asked again of what stands."""
        try:
            new, told = self.transition(guess.document)
        except Exception:
            return False, None
        if new is guess.document:
            return False, None
        done = await self._write(guess.stamp, new, told)
        if done or self.refuted:
            self.known.learn(self.of.collection, done)
        return done, told

    async def _read(self) -> tuple[D | None, Stamp]:
        found = await self.collection.find_one({"_id": self.id})
        if found is None:
            return None, NOTHING
        return self.parsed.read(self.of, self.id, found["body"]), Stamp.of(found)

    def _found_again(self, now: Stamp) -> Stamp | None:
        """The write of ours that led to what stands. Raises `StoreUnavailable` when nobody can tell any more."""
        for stamp in list(self.lost):
            if now.rev < stamp.rev:
                if now.rev == 0 and stamp.rev > 1:
                    raise StoreUnavailable("the answer of a write was lost, then the document was deleted")
                continue  # not there, and may yet come: the next attempt takes its place or meets it
            match now.holds(stamp):
                case "yes":
                    return stamp
                case "unknown":
                    raise StoreUnavailable("the answer of a write was lost, and too many others followed")
                case "no":
                    del self.lost[stamp]  # somebody else's write has its place
        return None

    async def _write(self, stamp: Stamp, new: D, told: R) -> bool:
        """False: something else stands now, or the answer was lost. Raises `UniqueKeyTaken`, then nothing was written."""
        if new.id != self.id:
            raise ValueError(f"a transition of {self.of.collection} {self.id!r} gave back {new.id!r}")
        following = stamp.next(self.writer)
        made = row(new, following)
        self.known.forget(self.of, self.id)
        try:
            done = await self._compare_and_set(stamp, made)
        except DuplicateKeyError:
            self.lost[following] = told  # the driver asks again by itself: what stands may be our own first attempt
            await self._refuse_taken(new)
            return False
        except (PyMongoError, TimeoutError) as error:
            if not uncertain(error):
                raise
            self.lost[following] = told
            return False
        if done:
            self.parsed.keep(new, made["body"])
            self.known.keep(Standing(new, following))
        else:
            self.lost[following] = told  # as above: the driver's second attempt finds the first one's work in its way
            self.refuted = True
        return done

    async def _compare_and_set(self, stamp: Stamp, made: Row) -> bool:
        if not stamp.rev:
            await self.collection.insert_one(made)
            return True
        result = await self.collection.replace_one({"_id": self.id, "rev": stamp.rev, "by": stamp.by}, made)
        return result.matched_count == 1

    async def _refuse_taken(self, new: D) -> None:
        if new.unique is None:
            return
        holder = await self.collection.find_one({"unique": new.unique}, {"_id": 1})
        if holder is not None and holder["_id"] != self.id:
            raise UniqueKeyTaken(f"{self.of.collection}: {new.unique}")


async def insert(collection: Collection, document: D, writer: int) -> bool:
    """`Records.insert`. An answer of False rests on what a majority has: what stands there stays."""
    stamp = NOTHING.next(writer)
    made, lost = row(document, stamp), False
    for pause in pauses():
        if pause:
            await asyncio.sleep(pause)
        try:
            await collection.insert_one(made)
        except DuplicateKeyError:
            pass  # perhaps by our own first attempt: the driver asks again by itself
        except (PyMongoError, TimeoutError) as error:
            if not uncertain(error):
                raise
            lost = True
        else:
            return True
        standing = await collection.find_one({"_id": document.id}, {"body": 0})
        if standing is not None:
            held = Stamp.of(standing).holds(stamp)
            if held == "unknown" and lost:
                raise StoreUnavailable("the answer of an insert was lost, and too many writes followed")
            return held == "yes"
        if document.unique is not None and await collection.find_one({"unique": document.unique}, {"_id": 1}):
            return False
    raise AssertionError("pauses never end")
