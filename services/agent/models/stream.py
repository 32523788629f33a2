"""A streamed chat completion, from bytes to one assistant message. Pure, and cheap: chunks stay plain dicts.

`Lines` is the part of server-sent events that such streams use (https://html.spec.whatwg.org/multipage/server-sent-events.html):
the data of each event, with all three line ends, comments and a byte order mark. `Assembly` puts the deltas together.
"""

from typing import Any

from pydantic_core import from_json

MOST_TEXT = 64_000
MOST_CALLS = 32
MOST_ARGUMENTS = 32_000
MOST_LINE = 1_000_000


class BadAnswer(Exception):
    """The model's server sent something that is no chat completion, or too much of it. Worth another try."""


class Lines:
    """Bytes in, in pieces cut anywhere; the data of whole events out."""

    def __init__(self) -> None:
        self._rest = b""
        self._data: list[bytes] = []
        self._begun = False

    def feed(self, piece: bytes) -> list[bytes]:
        """The data of the events that `piece` completes. Raises `BadAnswer` for a line without end."""
        text = self._rest + piece
        if not self._begun:
            if len(text) < 3 and b"\xef\xbb\xbf".startswith(text):
                self._rest = text
                return []
            text, self._begun = text.removeprefix(b"\xef\xbb\xbf"), True
        if b"\r" in text:
            # A carriage return at the end may be half of a line end: it waits for what follows.
            held = b"\r" if text.endswith(b"\r") else b""
            text = text[: len(text) - len(held)].replace(b"\r\n", b"\n").replace(b"\r", b"\n") + held
        *lines, self._rest = text.split(b"\n")
        if len(self._rest) > MOST_LINE:
            raise BadAnswer("a line without end")
        events: list[bytes] = []
        for line in lines:
            self._line(line, events)
        return events

    def _line(self, line: bytes, events: list[bytes]) -> None:
        if not line:
            if self._data:
                events.append(b"\n".join(self._data))
                self._data = []
        elif line.startswith(b"data:"):
            value = line[5:]
            self._data.append(value[1:] if value.startswith(b" ") else value)


class Assembly:
    """The answer as it grows. `text` so far, `finish` once it is known, `usage` and `model` if the server tells."""

    def __init__(self) -> None:
        self.finish = ""
        self.model = ""
        self.usage: dict[str, Any] = {}
        self.done = False
        self._texts: list[str] = []
        self._length = 0
        self._calls: list[dict[str, Any]] = []
        self._at: dict[Any, int] = {}
        self._last: Any = 0

    def add(self, data: bytes) -> str:
        """Take the data of one event; returns the text that it adds. Raises `BadAnswer`."""
        if data.strip() == b"[DONE]":
            self.done = True
            return ""
        try:
            chunk = from_json(data)
        except ValueError as error:
            raise BadAnswer("a chunk is not JSON") from error
        if not isinstance(chunk, dict):
            raise BadAnswer("a chunk is not an object")
        if chunk.get("error"):
            raise BadAnswer("the server reported an error in the stream")
        if isinstance(usage := chunk.get("usage"), dict):
            self.usage = usage
        if isinstance(model := chunk.get("model"), str) and model:
            self.model = model
        try:
            return self._choices(chunk.get("choices") or ())
        except (AttributeError, TypeError, KeyError) as error:
            raise BadAnswer("a chunk has another shape") from error

    def message(self, fallback_id: str) -> dict[str, Any]:
        """The whole answer as an assistant message. Calls without an id of their own get `<fallback_id>-<slot>`.

        Raises `BadAnswer` when the stream broke off, or holds neither text nor a call.
        """
        if not self.finish:
            if not self.done:
                raise BadAnswer("the stream broke off")
            self.finish = "stop"
        text = "".join(self._texts)
        calls = [call for call in self._calls if call["function"]["name"]]
        if not text.strip() and not calls and self.finish not in ("length", "content_filter"):
            raise BadAnswer("an empty answer")
        message: dict[str, Any] = {"role": "assistant", "content": text}
        if calls:
            message["tool_calls"] = _identified(calls, fallback_id)
        return message

    def _choices(self, choices: Any) -> str:
        added = ""
        for choice in choices:
            if choice.get("index", 0) != 0:
                continue
            delta = choice.get("delta") or {}
            piece = delta.get("content") or delta.get("refusal") or ""
            if not isinstance(piece, str):
                raise BadAnswer("content is not text")
            if piece:
                self._texts.append(piece)
                self._length += len(piece)
                added += piece
            for call in delta.get("tool_calls") or ():
                self._call(call)
            if finish := choice.get("finish_reason"):
                self.finish = str(finish)
        if self._length > MOST_TEXT:
            raise BadAnswer("too long")
        return added

    def _call(self, delta: dict[str, Any]) -> None:
        """A piece of a call belongs to the call with its index; servers that give none start a call with an id."""
        key = self._last = delta.get("index", delta.get("id") or self._last)
        if key not in self._at:
            if len(self._calls) >= MOST_CALLS:
                raise BadAnswer("too many calls")
            self._at[key] = len(self._calls)
            self._calls.append({"id": "", "type": "function", "function": {"name": "", "arguments": ""}})
        call = self._calls[self._at[key]]
        call["id"] = call["id"] or str(delta.get("id") or "")
        function = delta.get("function") or {}
        call["function"]["name"] += function.get("name") or ""
        call["function"]["arguments"] += function.get("arguments") or ""
        if len(call["function"]["arguments"]) > MOST_ARGUMENTS or len(call["function"]["name"]) > 256:
            raise BadAnswer("too long")


def _identified(calls: list[dict[str, Any]], fallback_id: str) -> list[dict[str, Any]]:
    seen: set[str] = set()
    for slot, call in enumerate(calls):
        if not call["id"] or call["id"] in seen:
            call["id"] = f"{fallback_id}-{slot}"
        seen.add(call["id"])
    return calls
