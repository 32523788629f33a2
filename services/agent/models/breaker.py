"""A circuit breaker: a model that keeps failing is left alone for a while, then tried by one call. Pure but for its state."""

from dataclasses import dataclass


@dataclass(slots=True)
class Breaker:
    """Opens after `failures` in a row, for `pause` seconds; then one call may try. Times are the caller's clock."""

    failures: int = 5
    pause: float = 10.0
    _count: int = 0
    _opened: float | None = None
    _trying: bool = False

    def allows(self, now: float) -> bool:
        """Whether a call may go out. After the pause only one may, until `record` or `release` tells how it went."""
        if self._opened is None:
            return True
        if self._trying or now < self._opened + self.pause:
            return False
        self._trying = True
        return True

    def record(self, ok: bool, now: float) -> None:
        """A call came to its end."""
        self._trying = False
        if ok:
            self._count, self._opened = 0, None
            return
        self._count += 1
        if self._count >= self.failures or self._opened is not None:
            self._opened = now

    def release(self) -> None:
        """A call was given up by its caller: it says nothing of the model."""
        self._trying = False

    def wait(self, now: float) -> float:
        """Seconds until a call may be tried."""
        return 0.0 if self._opened is None else max(0.0, self._opened + self.pause - now)
