"""A guard that breaks closes, and is heard of: every place that asks one does it in here."""

from collections.abc import Iterator
from contextlib import contextmanager

import structlog
from opentelemetry import trace

from shared.errors import FrontdeskError, GuardFailed
from shared.sealing import SealBroken
from shared.telemetry import names
from shared.telemetry.metrics import guard_failures

log = structlog.get_logger(__name__)


@contextmanager
def guarding(stage: str) -> Iterator[None]:
    """Whatever breaks in this block raises an alarm, and `GuardFailed` in its place.

    Our own errors pass as they are: a store that is away is no guard that broke. With an alarm does `SealBroken`, where a key
    is missing. The alarm is a metric, a log event and an event of the span, under fixed names; of the error only the type is
    told, as its text and its trace may hold what a customer wrote.
    """
    try:
        yield
    except SealBroken as error:
        _alarm(stage, "key", error)
        raise
    except FrontdeskError:
        raise
    except Exception as error:
        _alarm(stage, "error", error)
        raise GuardFailed(f"a guard of {stage} failed: {type(error).__name__}") from None


def _alarm(stage: str, cause: str, error: Exception) -> None:
    kind = type(error).__name__
    guard_failures.labels(stage, cause).inc()
    span = trace.get_current_span()
    span.add_event(names.GUARD_FAILED, {names.ERROR: kind})
    span.set_status(trace.StatusCode.ERROR, names.GUARD_FAILED)
    log.error(names.GUARD_FAILED, stage=stage, error=kind)
