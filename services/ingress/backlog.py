"""Back-pressure: whether new messages are turned away because those that were taken are not answered in time. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from shared.lane.documents import Conversation

_NO_PRESSURE = 3600.0
"""Seconds: a turn that stands for longer is broken, not late. It must not keep the door shut for everybody."""


@dataclass(slots=True)
class Backlog:
    """`full` while `turns` turns or more of `channel` stand for longer than `after` seconds.

    One turn that nothing can end is no backlog, hence `turns`. What stands is told by the sweeper, which reads all of it
    anyway: a request pays for one comparison, the records for nothing, and the answer is as old as the last sweep.
    """

    after: float = 60.0
    turns: int = 20
    channel: str = "web"
    full: bool = False
    _late: int = field(default=0, init=False)

    @property
    def problem(self) -> str:
        """Why new messages are refused, or "". For people and probes."""
        return f"new messages are refused: {self.turns} turns or more stand for {self.after:g} s" if self.full else ""

    def begin(self) -> None:
        """A sweep begins to count."""
        self._late = 0

    def add(self, lanes: Iterable[Conversation], now: float) -> None:
        """Count these. Full is told at once, not at the end of a sweep that may be long."""
        self._late += sum(self._is_late(lane, now) for lane in lanes)
        self.full = self.full or self._late >= self.turns

    def end(self) -> None:
        """The sweep has seen all that stands."""
        self.full = self._late >= self.turns

    def _is_late(self, lane: Conversation, now: float) -> bool:
        active = lane.active
        return active is not None and lane.channel == self.channel and self.after <= now - active.since < _NO_PRESSURE
