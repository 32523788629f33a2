"""What this process wrote last, so that a change of it need not be read first."""

from collections import OrderedDict
from dataclasses import dataclass
from typing import Any, Generic

from shared.stores.mongo.envelope import Stamp
from shared.stores.port import D, Document


@dataclass(frozen=True, slots=True)
class Standing(Generic[D]):
    """A document as it stood when it was read or written."""

    document: D
    stamp: Stamp


class Known:
    """Guesses, which the compare-and-set proves: a wrong one costs one command more and harms nothing.

    Whether guessing pays is learned for each collection: where other processes write the same documents it does not.
    """

    def __init__(self, *, most: int = 256, least: float = 0.6, again: int = 64) -> None:
        self._most, self._least, self._again = most, least, again
        self._held: OrderedDict[tuple[type[Document], str], Standing[Any]] = OrderedDict()
        self._right: dict[str, float] = {}  # share of right guesses, the last ones weigh most
        self._asked = 0

    def guess(self, of: type[D], id: str) -> Standing[D] | None:
        """What may stand there, unless guessing went wrong too often of late."""
        held = self._held.get((of, id))
        if held is None:
            return None
        self._asked += 1
        worth = self._right.get(of.collection, 1.0) >= self._least or self._asked % self._again == 0
        return held if worth else None

    def keep(self, standing: Standing[Any]) -> None:
        key = (type(standing.document), standing.document.id)
        self._held[key] = standing
        self._held.move_to_end(key)
        if len(self._held) > self._most:
            self._held.popitem(last=False)

    def forget(self, of: type[Document], id: str) -> None:
        self._held.pop((of, id), None)

    def learn(self, collection: str, right: bool) -> None:
        self._right[collection] = 0.9 * self._right.get(collection, 1.0) + 0.1 * right
