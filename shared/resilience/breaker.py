"""A circuit breaker: a dependency that keeps failing is left alone for a while, then tried by one call.

Its states are those of https://martinfowler.com/bliki/CircuitBreaker.html: closed, open, half-open.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from math import ceil

from shared.errors import Retryable


class BreakerOpen(Retryable):
    """No call was made: the dependency has failed too often of late. `after`: seconds until one may be tried."""


class Breaker:
    """Opens after `failures` in a row, for `pause` seconds; then one call at a time is let through, until one succeeds.

    Calls that were under way when it opened can neither close it nor prolong its pause nor make room for a second probe.
    It belongs to one event loop. `clock` gives seconds and never goes back.
    """

    def __init__(self, *, failures: int = 5, pause: float = 10.0, clock: Callable[[], float] = time.monotonic) -> None:
        self._failures, self._pause, self._clock = failures, pause, clock
        self._failed = 0  # in a row
        self._opened: float | None = None
        self._probing = False
        self._turn = 0  # grows whenever it opens or closes: what began before that has no say any more

    @contextmanager
    def call(self, *failures: type[Exception]) -> Iterator[None]:
        """One call of the dependency. Raises `BreakerOpen` before the block is entered.

        Left by one of `failures`, the block counts against the dependency; by any other exception it does not, as something
        has answered; a cancellation says nothing.
        """
        turn = self._enter()
        try:
            yield
        except failures:
            if turn == self._turn:
                self._count_failure()
            raise
        except Exception:
            if turn == self._turn:
                self._close()
            raise
        except BaseException:
            if turn == self._turn:
                self._probing = False
            raise
        if turn == self._turn:
            self._close()

    @property
    def wait(self) -> float:
        """Seconds until a call may be tried."""
        return 0.0 if self._opened is None else max(0.0, self._opened + self._pause - self._clock())

    @property
    def problem(self) -> str:
        """Why calls are refused, or "" while it is closed. For people and probes."""
        if self._opened is None:
            return ""
        when = "tried by one call now" if self._probing else f"tried again in {ceil(self.wait)} s"
        return f"left alone after {self._failed} failures in a row, {when}"

    def _enter(self) -> int:
        if self._opened is not None:
            if self._probing or self.wait > 0:
                raise BreakerOpen(self.problem, after=max(1.0, self.wait))
            self._probing = True
        return self._turn

    def _close(self) -> None:
        self._failed = 0
        if self._opened is not None:
            self._opened, self._probing, self._turn = None, False, self._turn + 1

    def _count_failure(self) -> None:
        self._failed += 1
        if self._opened is not None or self._failed >= self._failures:
            self._opened, self._probing, self._turn = self._clock(), False, self._turn + 1
