"""The records port: documents, and one way to change them.

The records are the truth; the streams are a work queue. Every promise of Frontdesk is one atomic change of one document,
so the port has no transactions: `change` applies a pure function to a document, or has no effect at all.

Durable means: after a power cut it is still there. An answer of `insert` or `change` is given only when what it tells is
durable, also when it tells of somebody else's write.
"""

from collections.abc import Callable
from typing import ClassVar, Protocol, TypeVar

from shared.contracts.base import Value


class Document(Value):
    """A record. Subclasses say which fields stores may look at; all else is opaque to them."""

    collection: ClassVar[str]

    id: str
    at: float  # of creation, Unix seconds; `find` orders by it

    @property
    def group(self) -> str:
        """What `find` looks for: the conversation of a turn, the customer of a conversation."""
        return ""

    @property
    def unique(self) -> str | None:
        """A second key: no two documents of a collection that stand at the same time share one."""
        return None

    @property
    def due(self) -> float | None:
        """When somebody must look at it again, Unix seconds; `due` finds those whose time has come."""
        return None

    @property
    def expires(self) -> float | None:
        """When `expire` may delete it, Unix seconds."""
        return None


D = TypeVar("D", bound=Document)
R = TypeVar("R")

Transition = Callable[[D], tuple[D, R]]
"""From a document to what shall stand and what the caller is told. Pure, as it may be called again after a conflict.

Given back unchanged (the very same object), nothing is written.
"""


class Records(Protocol):
    """Raises `StoreUnavailable` when a write is not acknowledged or the store is away, `StoreBroken` for a person to look."""

    async def get(self, of: type[D], id: str) -> D | None:
        """The document as it stands, or None."""
        ...

    async def insert(self, document: D) -> bool:
        """Insert unless its id or its unique key is taken. False: it was, and what stands there is durable."""
        ...

    async def change(self, of: type[D], id: str, transition: Transition[D, R], *, absent: D | None = None) -> R | None:
        """Read, apply, write: as if nobody else had touched the document in between.

        With no such document the transition starts from `absent`, or, without one, nothing happens and None is returned.
        A change that would take a unique key of another document raises `UniqueKeyTaken` and has no effect.
        """
        ...

    async def find(self, of: type[D], group: str, *, limit: int = 50, before: float | None = None) -> list[D]:
        """The newest first; only those older than `before` (by `at`) if given."""
        ...

    async def due(self, of: type[D], now: float, *, limit: int = 500, after: D | None = None) -> list[D]:
        """Documents with `due <= now`, the most overdue first; those behind `after`, the last one of the page before.

        One that cannot be read is left out and logged: it must not hide those behind it from whoever heals them.
        """
        ...

    async def older(self, of: type[D], before: float, *, limit: int = 500, after: D | None = None) -> list[D]:
        """Documents with `at < before`, the oldest first; those behind `after`, the last one of the page before.

        One that cannot be read is left out and logged.
        """
        ...

    async def remove(self, of: type[D], id: str, condition: Callable[[D], bool]) -> bool:
        """Delete a document if `condition` holds of it as it stands. False: there is none, or it does not. Pure, as it may
        be asked again after a conflict."""
        ...

    async def expire(self, of: type[D], now: float, *, limit: int = 500) -> int:
        """Delete documents with `expires <= now`, a bounded number: call again until it answers 0."""
        ...

    async def delete(self, of: type[D], id: str) -> bool:
        """Delete one document. False: there was none."""
        ...

    async def ping(self) -> None:
        """Return when the store could take a write now; raise as any other call would."""
        ...

    async def close(self) -> None:
        """Finish what was accepted, then release everything."""
        ...


class UniqueKeyTaken(Exception):
    """Another document holds this unique key."""
