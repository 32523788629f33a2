"""What a conversation's last messages left unfinished: the beginning of a number, sealed, for some minutes."""

from typing import ClassVar

from shared.contracts.base import Value
from shared.stores.port import Document

KEPT = 600.0
"""Seconds for which a number may be gone on with."""
_REDELIVERED = 3


class Piece(Value):
    """The unfinished number at the end of the turn `epoch`."""

    epoch: int
    sealed: str


class Unfinished(Document):
    """The pieces of one conversation; its id is the conversation's.

    Those of the turns before are kept beside the newest, so that a turn which is delivered again sees what it saw.
    """

    collection: ClassVar[str] = "unfinished"

    customer: str
    pieces: tuple[Piece, ...] = ()

    @property
    def group(self) -> str:
        return self.customer

    @property
    def expires(self) -> float:
        return self.at + KEPT

    def before(self, epoch: int) -> str | None:
        """What the last turn before `epoch` left, sealed; None: nothing."""
        return next((piece.sealed for piece in reversed(self.pieces) if piece.epoch < epoch), None)

    def with_piece(self, piece: Piece, now: float) -> "Unfinished":
        """This document with what a turn left, in the place of what the same turn left when it was delivered before."""
        others = [each for each in self.pieces if each.epoch < piece.epoch]
        return self.model_copy(update={"at": now, "pieces": (*others[1 - _REDELIVERED :], piece)})
