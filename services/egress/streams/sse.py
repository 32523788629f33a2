"""The wire format of server-sent events. Pure.

Source: https://html.spec.whatwg.org/multipage/server-sent-events.html
"""

from dataclasses import dataclass

from shared.channels.web import EVENTS, Data

HEARTBEAT = b": keep-alive\n\n"
"""A comment: clients ignore it, proxies and sockets see that the stream lives."""

_NAMES = {model: name for name, model in EVENTS.items()}


@dataclass(frozen=True, slots=True)
class Frame:
    """One event. `id` is the delivery's `seq`; frames without one are previews and states, which nobody resumes after."""

    data: Data
    id: int | None = None

    @property
    def event(self) -> str:
        """The name in the `event:` line."""
        return _NAMES[type(self.data)]


def encode(frame: Frame) -> bytes:
    """The frame's bytes. The data is JSON on one line: no text in it can end the line or begin a field."""
    head = f"id: {frame.id}\n" if frame.id is not None else ""
    return f"{head}event: {frame.event}\ndata: {frame.data.model_dump_json(exclude_none=True)}\n\n".encode()


def retry(seconds: float) -> bytes:
    """Tell the client how long to wait before it comes again after a cut."""
    return f"retry: {int(seconds * 1000)}\n\n".encode()


def last_event_id(value: str | None) -> int | None:
    """The delivery after which to resume; None: from the beginning. Raises `ValueError` for what we never sent."""
    if value is None or not value.strip():
        return None
    value = value.strip()
    if not (value.isascii() and value.isdigit()) or len(value) > 15:
        raise ValueError("not an id of this stream")
    return int(value)
