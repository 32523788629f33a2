"""Span ids of delivery attempts, derived and not drawn: attempt n knows the id of attempt n-1 without any storage.

So attempt n links to its predecessor even when that ran, and crashed, in another pod. A link that leads nowhere then
means that the pod died before it exported.
"""

from hashlib import blake2b


def attempt_span_id(stream: str, consumer: str, sequence: int, attempt: int) -> int:
    """The id of the span in which `consumer` handles message `sequence` of `stream` for the `attempt`-th time."""
    key = f"{stream}|{consumer}|{sequence}|{attempt}".encode()
    return int.from_bytes(blake2b(key, digest_size=8).digest(), "big") or 1
