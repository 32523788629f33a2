"""What screening a conversation's next message needs of its last ones, for a program that screens many of them in turn."""

from collections import OrderedDict
from dataclasses import dataclass, field

MOST = 10_000
"""Conversations that are remembered: those that spoke last."""


@dataclass(frozen=True, slots=True)
class Remembered:
    """`language`: the conversation's so far. `unfinished`: the number that its last message began (`pii.unfinished`)."""

    language: str | None = None
    unfinished: str = ""


_NOTHING = Remembered()


@dataclass(frozen=True, slots=True)
class Conversations:
    """What is remembered, by the conversation's id."""

    _kept: OrderedDict[str, Remembered] = field(default_factory=OrderedDict)

    def of(self, conversation: str | None) -> Remembered:
        """Nothing, for a conversation that has not spoken, or for a message of none."""
        return self._kept.get(conversation, _NOTHING) if conversation is not None else _NOTHING

    def keep(self, conversation: str, now: Remembered) -> None:
        self._kept[conversation] = now
        self._kept.move_to_end(conversation)
        if len(self._kept) > MOST:
            self._kept.popitem(last=False)
