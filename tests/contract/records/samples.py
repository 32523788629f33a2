"""A document with everything that a store may look at, and what opens each store."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from typing import Any, ClassVar

from shared.stores.collections import COLLECTIONS
from shared.stores.port import Document, Records

SAMPLES = (*COLLECTIONS, "samples")

OpenStore = Callable[[], AbstractAsyncContextManager[Records]]
"""Opens the store of this test; called again, a further client of the same store."""


class Sample(Document):
    collection: ClassVar[str] = "samples"

    owner: str = ""
    key: str | None = None
    due_at: float | None = None
    expires_at: float | None = None
    count: int = 0
    seen: tuple[str, ...] = ()
    data: dict[str, Any] = {}
    text: str = ""

    @property
    def group(self) -> str:
        return self.owner

    @property
    def unique(self) -> str | None:
        return self.key

    @property
    def due(self) -> float | None:
        return self.due_at

    @property
    def expires(self) -> float | None:
        return self.expires_at


class Stranger(Document):
    """A document of a collection that nobody has named."""

    collection: ClassVar[str] = "strangers"


def sample(id: str, at: float = 1.0, **fields: Any) -> Sample:
    return Sample(id=id, at=at, **fields)


def counted(by: int = 1) -> Callable[[Sample], tuple[Sample, int]]:
    """A transition that adds, and tells the new count."""

    def add(found: Sample) -> tuple[Sample, int]:
        return found.model_copy(update={"count": found.count + by}), found.count + by

    return add


def put(**fields: Any) -> Callable[[Sample], tuple[Sample, None]]:
    """A transition that sets fields."""
    return lambda found: (found.model_copy(update=fields), None)
