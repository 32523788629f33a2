"""How much, how long and how often a handler may try."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Of one handler in one process. Times in seconds.

    A message is asked for only while a slot is free, so none waits here unheard of. `ack_wait` is not among them: it is a
    setting of the durable, renewed by heartbeats three times as often while the handler runs.
    """

    concurrency: int = 64
    """Messages handled at a time."""
    deadline: float = 60.0
    """The hard cap: a handler that runs longer is cancelled, and no longer kept alive by heartbeats."""
    attempts: int = 5
    """Deliveries after which a handler that raises something unforeseen gives its message up."""
    patience: int = 20
    """Deliveries after which waiting for a dependency, or a message that kills its process, is given up: with the back-off
    of `settlement` that is twelve minutes, so that an outage of ten leaves no dead letters."""
    expires: float = 30.0
    """Of one pull request."""
    idle_heartbeat: float = 5.0
    """How often the server confirms an idle pull request; silence for two of them means that it is lost."""

    def __post_init__(self) -> None:
        if not 1 <= self.attempts <= self.patience:
            raise ValueError("1 <= attempts <= patience must hold")
        if self.concurrency < 1 or self.deadline <= 0:
            raise ValueError("concurrency and deadline must be positive")
        if self.expires < 2 * self.idle_heartbeat:
            raise ValueError("the server refuses a pull request that expires before its second heartbeat")
