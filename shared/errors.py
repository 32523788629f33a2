"""Everything that Frontdesk raises on purpose.

* FrontdeskError
  + StageError              what a handler may raise; `shared.messaging.settlement` decides what becomes of the message
    - Retryable             try again after a delay; dead letter when deliveries run out
    - Rejected              can never succeed; dead letter now
      . GuardFailed         a guard broke: nothing of what it should have looked at goes on
  + StoreError
    - StoreUnavailable      not acknowledged: full, read-only, locked, overloaded, away; also a Retryable
    - StoreBroken           damaged, no database, or of another generation; a person has to look
  + ConfigurationError      start-up stops; the message names the setting and what to do
  + TopologyError           a stream or consumer is missing or differs; run `frontdesk migrate apply`
"""


class FrontdeskError(Exception):
    """Base of all errors of Frontdesk."""


class StageError(FrontdeskError):
    """Base of the errors that decide the fate of a message."""


class Retryable(StageError):
    """The work may succeed later, such as when a dependency is down. `after` is the delay in seconds."""

    def __init__(self, message: str, *, after: float = 1.0) -> None:
        super().__init__(message)
        self.after = after


class Rejected(StageError):
    """The message itself is at fault; repeating it changes nothing."""


class GuardFailed(Rejected):
    """A guard broke, so that nobody knows what it would have found. Who can tell the customer does; else it is a dead letter,
    which tells them."""


class StoreError(FrontdeskError):
    """Base of what a store raises."""


class StoreUnavailable(StoreError, Retryable):
    """The write was not acknowledged. Nothing is promised; try again later."""


class StoreBroken(StoreError):
    """The store is damaged, is no database, or belongs to another generation of the schema."""


class ConfigurationError(FrontdeskError):
    """A setting is missing or wrong."""


class TopologyError(FrontdeskError):
    """What the broker has is not what this release needs."""
