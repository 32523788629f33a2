"""The knowledge port: passages of the company's own texts, found by a customer's words."""

from collections.abc import Sequence
from typing import Protocol

from shared.contracts.base import Value


class Passage(Value):
    """A piece of a source that makes sense by itself, with its provenance.

    `id` is `<source>#<heading>`, `title` the headings above it. `score` is set by a search: higher is better, comparable
    within one answer only.
    """

    id: str
    source: str
    title: str
    text: str
    score: float = 0.0


class Knowledge(Protocol):
    """Raises `StoreUnavailable` when the store is away, `StoreBroken` for a person to look."""

    async def search(self, query: str, *, limit: int = 5) -> list[Passage]:
        """The passages that match best, the best first; none when no word that carries meaning occurs.

        `query` is a customer's own text: nothing in it is syntax.
        """
        ...

    async def add(self, passages: Sequence[Passage]) -> int:
        """Make `passages` all that the store has of their sources; how many were new, changed or deleted.

        Added again unchanged, nothing is written. A source changes as a whole or not at all.
        """
        ...

    async def remove(self, source: str) -> int:
        """Delete all passages of a source; how many there were."""
        ...

    async def sources(self) -> list[str]:
        """The sources that have passages, in order."""
        ...

    async def close(self) -> None:
        """Finish what was accepted, then release everything."""
        ...
