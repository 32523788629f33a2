"""A retry budget: what a process retries is a small share of what it calls, however many callers there are.

Without one, an outage multiplies the load on what is just coming back by the number of attempts. A token bucket, as in
Finagle (https://twitter.github.io/finagle/guide/Clients.html#retry-budget) and gRPC (proposal A6, "Retry Throttling").
"""


class RetryBudget:
    """Each call pays in a share of a retry, each retry takes a whole one: retries ≤ `reserve` + calls / `calls_per_retry`.

    It begins full and holds at most `reserve`, so that a process with few calls may still retry, and a quiet hour saves up
    nothing for a storm.
    """

    def __init__(self, *, calls_per_retry: int = 10, reserve: int = 10) -> None:
        self._price = calls_per_retry
        self._most = self._balance = reserve * calls_per_retry

    def called(self) -> None:
        """A call is made that is no retry."""
        self._balance = min(self._most, self._balance + 1)

    def take(self) -> bool:
        """Whether a retry may be made; if so, it is paid for."""
        if self._balance < self._price:
            return False
        self._balance -= self._price
        return True
