"""Span ids of delivery attempts, derived and not drawn: attempt n knows the id of attempt n-1 without any storage.

So attempt n links to its predecessor even when that ran, and crashed, in another pod. A link that leads nowhere then
means that the pod died before it exported.
"""

from contextvars import ContextVar
from hashlib import blake2b

from opentelemetry.sdk.trace.id_generator import RandomIdGenerator

_next: ContextVar[int] = ContextVar("next_span_id", default=0)


def attempt_span_id(stream: str, consumer: str, sequence: int, attempt: int) -> int:
    """The id of the span in which `consumer` handles message `sequence` of `stream` for the `attempt`-th time."""
    key = f"{stream}|{consumer}|{sequence}|{attempt}".encode()
    return int.from_bytes(blake2b(key, digest_size=8).digest(), "big") or 1


class AttemptIds(RandomIdGenerator):
    """Random ids, but for the one span whose id was set by `use`."""

    def generate_span_id(self) -> int:
        if chosen := _next.get():
            _next.set(0)
            return chosen
        return super().generate_span_id()


def use(span_id: int) -> None:
    """Give the next span that starts in this context this id."""
    _next.set(span_id)
