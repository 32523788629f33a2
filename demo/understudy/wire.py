"""The wire format of chat completions, whole and streamed. Pure.

Source: https://platform.openai.com/docs/api-reference/chat and https://platform.openai.com/docs/api-reference/chat-streaming
"""

import hashlib
import json
import re
from collections.abc import Iterator
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from demo.understudy.brain import Answer

MODEL = "understudy"
FINGERPRINT = "understudy_deterministic_stand_in"
_PIECES = re.compile(r"\s*\S+|\s+$")


class Part(BaseModel):
    """A part of a request; what we do not read is accepted and has no effect on a deterministic answer."""

    model_config = ConfigDict(extra="allow")


class StreamOptions(Part):
    include_usage: bool = False


class CalledFunction(Part):
    name: str
    arguments: str = "{}"


class ToolCall(Part):
    id: str
    function: CalledFunction


class Message(Part):
    role: Literal["system", "developer", "user", "assistant", "tool"]
    content: str | list[dict[str, Any]] | None = None
    tool_calls: list[ToolCall] | None = None
    tool_call_id: str | None = None


class Function(Part):
    name: str = Field(pattern=r"^[A-Za-z0-9_-]{1,64}$")
    description: str | None = None
    parameters: dict[str, Any] | None = None


class FunctionTool(Part):
    type: Literal["function"]
    function: Function


class ChatRequest(Part):
    """What is read of a request. `n` above one is refused: there is only one answer."""

    model: str
    messages: list[Message] = Field(min_length=1)
    tools: list[FunctionTool] = []
    tool_choice: str | dict[str, Any] | None = None
    stream: bool = False
    stream_options: StreamOptions | None = None
    max_completion_tokens: int | None = Field(None, ge=1)
    max_tokens: int | None = Field(None, ge=1)
    n: int | None = Field(None, ge=1, le=1)

    @model_validator(mode="after")
    def _results_follow_calls(self) -> "ChatRequest":
        called: set[str] = set()
        for message in self.messages:
            called |= {call.id for call in message.tool_calls or ()}
            if message.role == "tool" and message.tool_call_id not in called:
                raise ValueError("messages with role 'tool' must follow a message with their 'tool_calls'")
        return self

    @property
    def dialogue(self) -> list[dict[str, Any]]:
        """The messages as they were sent."""
        return [message.model_dump(exclude_unset=True) for message in self.messages]

    @property
    def offered(self) -> list[dict[str, Any]]:
        """The tools that may be called: none, all, or the one that was chosen."""
        tools = [tool.model_dump(exclude_unset=True) for tool in self.tools]
        if isinstance(self.tool_choice, dict):
            chosen = (self.tool_choice.get("function") or {}).get("name")
            return [tool for tool in tools if tool["function"]["name"] == chosen]
        return [] if self.tool_choice == "none" else tools

    @property
    def must_call(self) -> bool:
        return isinstance(self.tool_choice, dict) or self.tool_choice == "required"


def completion(request: ChatRequest, answer: Answer, created: int) -> dict[str, Any]:
    """The whole answer as one object."""
    text, finish = _within(request, answer)
    message: dict[str, Any] = {"role": "assistant", "content": text or None, "refusal": None}
    if answer.calls:
        message["tool_calls"] = _calls(request, answer)
    choice = {"index": 0, "message": message, "logprobs": None, "finish_reason": finish}
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
    text, finish = _within(request, answer)
    for piece in _PIECES.findall(text):
        yield chunk({"content": piece})
    yield chunk({}, finish)
    if request.stream_options and request.stream_options.include_usage:
        yield head | {"choices": [], "usage": usage(request, answer)}


def usage(request: ChatRequest, answer: Answer) -> dict[str, Any]:
    """Tokens, by the rule of thumb of four characters each: a stand-in has no tokenizer."""
    given = max(1, len(_canonical(request)) // 4)
    text, _ = _within(request, answer)
    written = max(1, (len(text) + sum(len(json.dumps(call.arguments)) + len(call.tool) for call in answer.calls)) // 4)
    details = {"prompt_tokens_details": {"cached_tokens": 0}, "completion_tokens_details": {"reasoning_tokens": 0}}
    return {"prompt_tokens": given, "completion_tokens": written, "total_tokens": given + written} | details


def _within(request: ChatRequest, answer: Answer) -> tuple[str, str]:
    """The text as far as the limit of the request allows, a word counting as a token, and why it ends there."""
    if answer.calls:
        return "", "tool_calls"
    limit = request.max_completion_tokens or request.max_tokens
    pieces = _PIECES.findall(answer.text)
    if limit is None or len(pieces) <= limit:
        return answer.text, "stop"
    return "".join(pieces[:limit]), "length"


def _canonical(request: ChatRequest) -> str:
    return json.dumps(request.dialogue, ensure_ascii=False, sort_keys=True)


def error(message: str, kind: str, code: str | None = None, param: str | None = None) -> dict[str, Any]:
    """An error in the format of the API."""
    return {"error": {"message": message, "type": kind, "param": param, "code": code}}


def _head(request: ChatRequest, created: int, kind: str) -> dict[str, Any]:
    digest = _digest(request)
    return {
        "id": f"chatcmpl-{digest[:24]}",
        "object": kind,
        "created": created,
        "model": MODEL,
        "system_fingerprint": FINGERPRINT,
    }


def _calls(request: ChatRequest, answer: Answer) -> list[dict[str, Any]]:
    """Ids follow from the request, so that the same request gets the same answer."""
    seed = _digest(request)
    return [
        {
            "id": f"call_{seed[:16]}{n}",
            "type": "function",
            "function": {"name": call.tool, "arguments": json.dumps(call.arguments, ensure_ascii=False)},
        }
        for n, call in enumerate(answer.calls)
    ]


def _digest(request: ChatRequest) -> str:
    return hashlib.sha256(_canonical(request).encode("utf-8", "replace")).hexdigest()
