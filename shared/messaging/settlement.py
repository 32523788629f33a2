"""What becomes of a message whose handler raised. Decided here, from the error's type, and nowhere else.

| raised                        | done                                                                        |
|-------------------------------|-----------------------------------------------------------------------------|
| `Retryable(after)`            | nak with that delay, never sooner than the back-off; after `patience`: dead |
| `Rejected`, `ValidationError` | dead letter now                                                             |
| anything else, the deadline   | a bug: logged with its trace, nak with back-off; after `attempts`: dead     |
| cancelled because of a stop   | nak at once, for another replica                                            |
"""

import asyncio
import traceback
from typing import Literal

import structlog
from nats.aio.msg import Msg
from pydantic import ValidationError

from shared.errors import FrontdeskError, Rejected, Retryable
from shared.messaging.dead_letter import dead_letter, notice_of_failure
from shared.messaging.delivery import attempt as attempt_of
from shared.messaging.limits import Limits
from shared.messaging.middleware import Send, Verdict

log = structlog.get_logger(__name__)

_SHORTEST, _LONGEST = 0.25, 60.0


class Overdue(FrontdeskError):
    """A handler ran into its deadline and was cancelled."""


class Stopping(FrontdeskError):
    """The stage stops before its handler came to an end."""


def verdict(error: BaseException, attempt: int, limits: Limits) -> Verdict:
    """The table above. Pure."""
    error = decisive(error)
    if isinstance(error, Stopping):
        return Verdict("nak", attempt, error)
    if isinstance(error, Rejected | ValidationError):
        return Verdict("dead-letter", attempt, error)
    tries = limits.patience if isinstance(error, Retryable) else limits.attempts
    if attempt >= tries:
        return Verdict("dead-letter", attempt, error)
    after = error.after if isinstance(error, Retryable) else 0.0
    return Verdict("nak", attempt, error, delay=max(after, backoff(attempt)))


def backoff(attempt: int) -> float:
    """Seconds before the next delivery: 0.25, 0.5, 1, 2, … and never more than 60."""
    return float(min(_SHORTEST * 2.0 ** min(attempt - 1, 10), _LONGEST))


def decisive(error: BaseException) -> BaseException:
    """The error that decides, when a task group raised several: a bug before `Rejected` before the longest `Retryable`."""
    if not isinstance(error, BaseExceptionGroup):
        return error
    members = [decisive(member) for member in error.exceptions]
    for member in members:
        if not isinstance(member, Retryable | Rejected | ValidationError):
            return member
    for member in members:
        if isinstance(member, Rejected | ValidationError):
            return member
    return max((member for member in members if isinstance(member, Retryable)), key=lambda member: member.after)


def overtried(msg: Msg, limits: Limits) -> Rejected | None:
    """For a message that was delivered and delivered without an outcome, such as one that kills its process."""
    if attempt_of(msg) > limits.patience:
        return Rejected(f"no outcome after {limits.patience} deliveries")
    return None


async def carry_out(verdict: Verdict, msg: Msg, send: Send) -> None:
    """Acknowledge, nak or bury. A dead letter is stored before the message is given up, and its notice before that.

    Raises what `send` raises; the message then stays ours until `ack_wait` runs out, and comes again.
    """
    match verdict.kind:
        case "ack":
            await msg.ack()
        case "nak":
            await msg.nak(verdict.delay)
        case "dead-letter":
            assert verdict.error is not None
            await send(dead_letter(msg, verdict.error))
            if notice := notice_of_failure(msg):
                await send(notice)
            await msg.term()


def report(verdict: Verdict, msg: Msg) -> None:
    """One log line for what went wrong. Never the error's text: only our own errors are known to hold no personal data."""
    error = verdict.error
    level: Literal["info", "warning", "error"]
    if isinstance(error, Stopping):
        level = "info"
    elif isinstance(error, Retryable) and verdict.kind == "nak":
        level = "warning"
    else:
        level = "error"
    details = {"subject": msg.subject, "attempt": verdict.attempt, "error": type(error).__name__}
    if isinstance(error, FrontdeskError):
        details["reason"] = str(error)
    elif error is not None and not isinstance(error, ValidationError | asyncio.CancelledError):
        details["trace"] = frames(error)
    getattr(log, level)(verdict.kind, delay=verdict.delay, **details)


def frames(error: BaseException) -> list[str]:
    """Where `error` came from, innermost last; without texts and values, which may be a customer's."""
    steps = traceback.extract_tb(error.__traceback__)
    lines = [f"{step.filename}:{step.lineno} {step.name}" for step in steps[-12:]]
    if error.__cause__ is not None:
        lines += [f"caused by {type(error.__cause__).__name__}", *frames(error.__cause__)]
    return lines
