"""What a request says, read once: the system's blocks, the dialogue, the tools, the results of this turn. Pure."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

_PASSAGE = re.compile(r'<passage(?:\s+source="([^"]*)")?[^>]*>\n?(.*?)\n?</passage>', re.DOTALL)
_LANGUAGE = re.compile(r"Answer in (\w+)")
_NAMES = {"German": "de", "Spanish": "es", "French": "fr", "English": "en"}
SPOKEN = ("en", "de", "es", "fr")


@dataclass(frozen=True, slots=True)
class Tool:
    """A function of the request, as its schema describes it."""

    name: str
    description: str
    properties: Mapping[str, Mapping[str, Any]]
    required: tuple[str, ...]

    @property
    def text(self) -> str:
        """All that may tell what it is for, in lower case."""
        return f"{self.name.replace('_', ' ')} {self.description}".lower()


@dataclass(frozen=True, slots=True)
class Result:
    """What a tool answered in this turn."""

    tool: str
    arguments: Mapping[str, Any]
    content: Any


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of knowledge that the request holds."""

    source: str
    text: str


@dataclass(frozen=True, slots=True)
class Conversation:
    """The request. `said` are the customer's messages, oldest first; `replies` the assistant's before the last of them."""

    said: tuple[str, ...]
    replies: tuple[str, ...]
    tools: tuple[Tool, ...]
    results: tuple[Result, ...]
    passages: tuple[Passage, ...]
    language: str
    system: str = field(default="", repr=False)

    @property
    def text(self) -> str:
        """What the customer said last."""
        return self.said[-1] if self.said else ""


def read(messages: Sequence[Mapping[str, Any]], tools: Sequence[Mapping[str, Any]]) -> Conversation:
    """The request in these terms. What it does not hold is empty; nothing is looked up anywhere else."""
    system = "\n\n".join(_content(each) for each in messages if each["role"] in ("system", "developer"))
    last = max((n for n, each in enumerate(messages) if each["role"] == "user"), default=-1)
    spoken = [each for each in messages[:last] if each["role"] == "assistant" and _content(each)]
    wanted = _LANGUAGE.findall(system)
    language = _NAMES.get(wanted[-1], wanted[-1].lower()) if wanted else "en"
    return Conversation(
        said=tuple(_content(each) for each in messages if each["role"] == "user"),
        replies=tuple(_content(each) for each in spoken),
        tools=tuple(_tool(each["function"]) for each in tools if each.get("type") == "function"),
        results=_results(messages[last + 1 :]),
        passages=tuple(Passage(source or "", text) for source, text in _PASSAGE.findall(system) if text.strip()),
        language=language if language in SPOKEN else "en",
        system=system,
    )


def _content(message: Mapping[str, Any]) -> str:
    content = message.get("content")
    if isinstance(content, list):
        return "\n".join(str(part.get("text", "")) for part in content if isinstance(part, dict))
    return str(content or "")


def _tool(function: Mapping[str, Any]) -> Tool:
    parameters = function.get("parameters") or {}
    return Tool(
        name=str(function["name"]),
        description=str(function.get("description", "")),
        properties=parameters.get("properties") or {},
        required=tuple(parameters.get("required") or ()),
    )


def _results(messages: Sequence[Mapping[str, Any]]) -> tuple[Result, ...]:
    """Results of the last step: those before it have been answered by it."""
    called: dict[str, tuple[str, Any]] = {}
    found: list[Result] = []
    for message in messages:
        if message["role"] == "assistant":
            found = []
            for call in message.get("tool_calls") or ():
                called[call["id"]] = (call["function"]["name"], _json(call["function"]["arguments"]))
        elif message["role"] == "tool" and message.get("tool_call_id") in called:
            name, arguments = called[message["tool_call_id"]]
            given = arguments if isinstance(arguments, dict) else {}
            found.append(Result(name, given, _json(_content(message))))
    return tuple(found)


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text
