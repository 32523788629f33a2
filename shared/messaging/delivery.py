"""What the acknowledgement subject of a message tells: where it came from and how often it was delivered.

`$JS.ACK.<stream>.<consumer>.<deliveries>.<stream sequence>.<consumer sequence>.<nanoseconds>.<pending>`, and from nats-server
2.15 on, where configured, `$JS.ACK.<domain>.<account>.<stream>.…` (nats-architecture-and-design, ADR-15).
Read by hand: nats-py's `Msg.metadata` parses a date and builds two objects, for every message.
"""

from typing import NamedTuple

from nats.aio.msg import Msg

_V1_TOKENS = 9


class Origin(NamedTuple):
    """A message's place: `sequence` is the stream's, `attempt` counts deliveries from 1; `at` is when it was stored, in Unix
    seconds."""

    stream: str
    consumer: str
    attempt: int
    sequence: int
    at: float


def origin(msg: Msg) -> Origin:
    """Where `msg` came from. Raises `ValueError` for one that JetStream did not deliver."""
    tokens = msg.reply.split(".")
    if tokens[:2] != ["$JS", "ACK"] or len(tokens) < _V1_TOKENS:
        raise ValueError("not delivered by JetStream")
    at = 2 if len(tokens) == _V1_TOKENS else 4
    return Origin(tokens[at], tokens[at + 1], int(tokens[at + 2]), int(tokens[at + 3]), int(tokens[at + 5]) / 1e9)


def attempt(msg: Msg) -> int:
    """The delivery's number, from 1."""
    tokens = msg.reply.split(".")
    return int(tokens[4] if len(tokens) == _V1_TOKENS else tokens[6])
