"""The wire format of chat completions, whole and streamed. Pure.

Source: https://platform.openai.com/docs/api-reference/chat and https://platform.openai.com/docs/api-reference/chat-streaming
"""

import hashlib
import json
import re
from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from demo.understudy.brain import Answer

MODEL = "understudy"
FINGERPRINT = "understudy_deterministic_stand_in"
_PIECES = re.compile(r"\s*\S+|\s+$")


class StreamOptions(BaseModel):
    model_config = ConfigDict(extra="ignore")
    include_usage: bool = False


class ChatRequest(BaseModel):
    """What is read of a request; other fields are accepted and have no effect on a deterministic answer."""

    model_config = ConfigDict(extra="ignore")

    model: str
    messages: list[dict[str, Any]] = Field(min_length=1)
    tools: list[dict[str, Any]] = []
    tool_choice: str | dict[str, Any] | None = None
    stream: bool = False
    stream_options: StreamOptions | None = None


def completion(request: ChatRequest, answer: Answer, created: int) -> dict[str, Any]:
    """The whole answer as one object."""
    message: dict[str, Any] = {"role": "assistant", "content": answer.text or None, "refusal": None}
    if answer.calls:
        message["tool_calls"] = _calls(request, answer)
    choice = {"index": 0, "message": message, "logprobs": None, "finish_reason": _finish(answer)}
    return _head(request, created, "chat.completion") | {"choices": [choice], "usage": usage(request, answer)}


def chunks(request: ChatRequest, answer: Answer, created: int) -> Iterator[dict[str, Any]]:
    """The answer as it is streamed: role, words or calls, the reason it ended, and usage if asked for."""
    head = _head(request, created, "chat.completion.chunk")

    def chunk(delta: dict[str, Any], finish: str | None = None) -> dict[str, Any]:
        return head | {"choices": [{"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish}]}

    yield chunk({"role": "assistant", "content": None if answer.calls else ""})
    for n, call in enumerate(_calls(request, answer)):
        arguments = call["function"]["arguments"]
        begun = call | {"index": n, "function": {"name": call["function"]["name"], "arguments": ""}}
        yield chunk({"tool_calls": [begun]})
        for start in range(0, len(arguments), 12):
            piece = {"index": n, "function": {"arguments": arguments[start : start + 12]}}
            yield chunk({"tool_calls": [piece]})
    for piece in _PIECES.findall(answer.text):
        yield chunk({"content": piece})
    yield chunk({}, _finish(answer))
    if request.stream_options and request.stream_options.include_usage:
        yield head | {"choices": [], "usage": usage(request, answer)}


def usage(request: ChatRequest, answer: Answer) -> dict[str, Any]:
    """Tokens, by the rule of thumb of four characters each: a stand-in has no tokenizer."""
    given = sum(len(json.dumps(message, ensure_ascii=False)) for message in request.messages) // 4
    written = max(1, (len(answer.text) + sum(len(json.dumps(call.arguments)) + len(call.tool) for call in answer.calls)) // 4)
    details = {"prompt_tokens_details": {"cached_tokens": 0}, "completion_tokens_details": {"reasoning_tokens": 0}}
    return {"prompt_tokens": given, "completion_tokens": written, "total_tokens": given + written} | details


def error(message: str, kind: str, code: str | None = None, param: str | None = None) -> dict[str, Any]:
    """An error in the format of the API."""
    return {"error": {"message": message, "type": kind, "param": param, "code": code}}


def _head(request: ChatRequest, created: int, kind: str) -> dict[str, Any]:
    digest = hashlib.sha256(json.dumps(request.messages, sort_keys=True).encode()).hexdigest()
    return {
        "id": f"chatcmpl-{digest[:24]}",
        "object": kind,
        "created": created,
        "model": MODEL,
        "system_fingerprint": FINGERPRINT,
    }


def _calls(request: ChatRequest, answer: Answer) -> list[dict[str, Any]]:
    """Ids follow from the request, so that the same request gets the same answer."""
    seed = hashlib.sha256(json.dumps(request.messages, sort_keys=True).encode()).hexdigest()
    return [
        {
            "id": f"call_{seed[:16]}{n}",
            "type": "function",
            "function": {"name": call.tool, "arguments": json.dumps(call.arguments, ensure_ascii=False)},
        }
        for n, call in enumerate(answer.calls)
    ]


def _finish(answer: Answer) -> str:
    return "tool_calls" if answer.calls else "stop"
