"""Records in memory, for tests of decisions: the same promises as the port, without a disk. Faults are asked for by name."""

from collections.abc import Callable
from typing import Any

from shared.stores.port import D, Document, R, Transition, UniqueKeyTaken


class Crash(Exception):
    """The process died here."""


class MemoryRecords:
    """`before` and `after` are called around each write, and may raise `Crash`."""

    def __init__(self) -> None:
        self.documents: dict[tuple[str, str], Document] = {}
        self.before: Callable[[], None] = lambda: None
        self.after: Callable[[], None] = lambda: None
        self.writes = 0

    async def get(self, of: type[D], id: str) -> D | None:
        found: Any = self.documents.get((of.collection, id))
        return found

    async def insert(self, document: D) -> bool:
        if (document.collection, document.id) in self.documents or self._holder(document):
            return False
        self._write(document)
        return True

    async def change(self, of: type[D], id: str, transition: Transition[D, R], *, absent: D | None = None) -> R | None:
        current: Any = self.documents.get((of.collection, id)) or absent
        if current is None:
            return None
        after, told = transition(current)
        if after is not current:
            if self._holder(after):
                raise UniqueKeyTaken
            self._write(after)
        return told

    async def find(self, of: type[D], group: str, *, limit: int = 50, before: float | None = None) -> list[D]:
        every: list[Any] = [each for (name, _), each in self.documents.items() if name == of.collection]
        chosen = [each for each in every if each.group == group and (before is None or each.at < before)]
        return sorted(chosen, key=lambda each: -each.at)[:limit]

    async def due(self, of: type[D], now: float, *, limit: int = 500, after: D | None = None) -> list[D]:
        every: list[Any] = [each for (name, _), each in self.documents.items() if name == of.collection]
        found = sorted((each for each in every if each.due is not None and each.due <= now), key=_place)
        return [each for each in found if after is None or _place(each) > _place(after)][:limit]

    async def older(self, of: type[D], before: float, *, limit: int = 500, after: D | None = None) -> list[D]:
        every: list[Any] = [each for (name, _), each in self.documents.items() if name == of.collection and each.at < before]
        behind = (after.at, after.id) if after else (float("-inf"), "")
        return sorted((each for each in every if (each.at, each.id) > behind), key=lambda each: (each.at, each.id))[:limit]

    async def remove(self, of: type[D], id: str, condition: Callable[[D], bool]) -> bool:
        found: Any = self.documents.get((of.collection, id))
        return found is not None and condition(found) and await self.delete(of, id)

    async def expire(self, of: type[D], now: float, *, limit: int = 500) -> int:
        return 0

    async def delete(self, of: type[D], id: str) -> bool:
        return self.documents.pop((of.collection, id), None) is not None

    async def ping(self) -> None:
        return None

    async def close(self) -> None:
        return None

    def _holder(self, document: Document) -> bool:
        return document.unique is not None and any(
            other.unique == document.unique
            for (name, id), other in self.documents.items()
            if name == document.collection and id != document.id
        )

    def _write(self, document: Document) -> None:
        self.before()
        # As a store would: what comes back has been through bytes.
        self.documents[document.collection, document.id] = type(document).model_validate_json(document.model_dump_json())
        self.writes += 1
        self.after()


def _place(document: Any) -> tuple[float, str]:
    return document.due, document.id
