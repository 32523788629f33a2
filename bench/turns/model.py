"""A stand-in for a model that costs next to nothing: `python -m bench.turns.model PORT` (0: any), an OpenAI-compatible server.

It streams the same answer to every request, at the pace that `PUT /pace` sets. Its port is the first word that it prints.
Anything else that is asked of it is answered 200 with an empty object, so that it serves as a trace collector, too.
Format: https://platform.openai.com/docs/api-reference/chat-streaming
"""

import asyncio
import json
import sys
from dataclasses import dataclass
from typing import cast

import httptools
import uvloop

from bench.processes import say_ready

ANSWER = "Our shop is open from nine to six on all weekdays and from ten to four on Saturdays; Sundays closed."
WORDS = ANSWER.split()

_HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
_EMPTY = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"
_END = b"e\r\ndata: [DONE]\n\n\r\n0\r\n\r\n"


@dataclass
class Pace:
    """Milliseconds to the first token and between tokens; both 0: everything in one write."""

    first_ms: float = 0.0
    gap_ms: float = 0.0


def _event(**fields: object) -> bytes:
    chunk = {"id": "chatcmpl-bench", "object": "chat.completion.chunk", "created": 1, "model": "bench", **fields}
    data = b"data: " + json.dumps(chunk).encode() + b"\n\n"
    return b"%x\r\n%s\r\n" % (len(data), data)


def _choice(delta: dict[str, str], finish: str | None = None) -> bytes:
    return _event(choices=[{"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish}])


_FIRST = _choice({"role": "assistant", "content": ""})
_TOKENS = tuple(_choice({"content": word if number == 0 else f" {word}"}) for number, word in enumerate(WORDS))
_USAGE = {"prompt_tokens": 400, "completion_tokens": len(WORDS), "total_tokens": 400 + len(WORDS)}
_LAST = _choice({}, "stop") + _event(choices=[], usage=_USAGE) + _END


class Conversation(asyncio.Protocol):
    """One connection, one request at a time."""

    def __init__(self, pace: Pace) -> None:
        self._pace, self._parser = pace, httptools.HttpRequestParser(self)
        self._transport: asyncio.WriteTransport | None = None
        self._path, self._body = b"", b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.WriteTransport", transport)  # uvloop's has the methods, not the base class

    def connection_lost(self, _: Exception | None) -> None:
        self._transport = None

    def data_received(self, data: bytes) -> None:
        self._parser.feed_data(data)

    def on_message_begin(self) -> None:
        self._path = self._body = b""

    def on_url(self, url: bytes) -> None:
        self._path += url

    def on_body(self, body: bytes) -> None:
        self._body += body

    def on_message_complete(self) -> None:
        if self._path.endswith(b"/chat/completions"):
            self._answer()
        else:
            if self._path == b"/pace":
                told = json.loads(self._body)
                self._pace.first_ms, self._pace.gap_ms = told["first_ms"], told["gap_ms"]
            self._write(_EMPTY)

    def _answer(self) -> None:
        first, gap = self._pace.first_ms / 1000, self._pace.gap_ms / 1000
        if not first and not gap:
            self._write(b"".join((_HEAD, _FIRST, *_TOKENS, _LAST)))
            return
        loop = asyncio.get_running_loop()
        began = loop.time() + first
        for number, token in enumerate(_TOKENS):
            before = _HEAD + _FIRST if number == 0 else b""
            after = _LAST if number == len(_TOKENS) - 1 else b""
            loop.call_at(began + number * gap, self._write, before + token + after)

    def _write(self, data: bytes) -> None:
        if self._transport is not None:
            self._transport.write(data)


async def serve(port: int) -> None:
    """Serve on loopback until the process is ended."""
    pace = Pace()
    server = await asyncio.get_running_loop().create_server(lambda: Conversation(pace), "127.0.0.1", port)
    print(server.sockets[0].getsockname()[1], flush=True)
    say_ready()
    await server.serve_forever()


if __name__ == "__main__":
    uvloop.run(serve(int(sys.argv[1])))
