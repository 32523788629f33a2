"""What a request says, read once: the system's blocks, the dialogue, the tools, the results of this turn. Pure."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

_PASSAGE = re.compile(r'<passage source="([^"]*)"([^>]*)>(.*?)</passage>', re.DOTALL)
_ORDERS = re.compile(r"^<orders[^>]*>\s*(.*?)\s*</orders>", re.DOTALL | re.MULTILINE)
_LANGUAGE = re.compile(r"\bAnswer in (\w+)")
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
    def title(self) -> str:
        """Its name as words, in lower case."""
        return self.name.replace("_", " ").replace("-", " ").lower()

    @property
    def text(self) -> str:
        """All that may tell what it is for, in lower case."""
        return f"{self.title} {self.description}".lower()


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
class Turn:
    """What the customer said, and what was answered; the last one has no answer yet."""

    said: str
    reply: str = ""


@dataclass(frozen=True, slots=True)
class Conversation:
    """The request: its dialogue, oldest first, and all that it knows."""

    turns: tuple[Turn, ...]
    tools: tuple[Tool, ...]
    results: tuple[Result, ...]
    passages: tuple[Passage, ...]
    orders: tuple[Mapping[str, Any], ...]
    language: str
    system: str = field(default="", repr=False)

    @property
    def text(self) -> str:
        """What the customer said last."""
        return self.turns[-1].said if self.turns else ""

    @property
    def replied(self) -> str:
        """What we said last."""
        return self.turns[-2].reply if len(self.turns) > 1 else ""

    @property
    def waiting(self) -> bool:
        """Whether a card with buttons waits for the customer, as the state in the request says."""
        return '"waiting_for_confirmation"' in self.system

    def until(self, count: int) -> "Conversation":
        """The conversation as it stood when the customer had spoken `count` times."""
        return Conversation(self.turns[:count], self.tools, (), self.passages, self.orders, self.language, self.system)


def read(messages: Sequence[Mapping[str, Any]], tools: Sequence[Mapping[str, Any]]) -> Conversation:
    """The request in these terms. What it does not hold is empty; nothing is looked up anywhere else."""
    system = "\n\n".join(_content(each) for each in messages if each.get("role") in ("system", "developer"))
    last = max((n for n, each in enumerate(messages) if each.get("role") == "user"), default=-1)
    wanted = _LANGUAGE.findall(system)
    language = _NAMES.get(wanted[-1], wanted[-1].lower()) if wanted else "en"
    return Conversation(
        turns=_turns(messages[: last + 1]),
        tools=tuple(_tool(each["function"]) for each in tools if isinstance(each.get("function"), dict)),
        results=_results(messages[last + 1 :]),
        passages=tuple(Passage(*each) for each in _passages(system)),
        orders=tuple(found for block in _ORDERS.findall(system) if isinstance(found := _json(block), dict)),
        language=language if language in SPOKEN else "en",
        system=system,
    )


def _turns(messages: Sequence[Mapping[str, Any]]) -> tuple[Turn, ...]:
    turns: list[Turn] = []
    for message in messages:
        text = _plain(_content(message))
        if message.get("role") == "user":
            turns.append(Turn(text))
        elif message.get("role") == "assistant" and text and turns:
            turns[-1] = Turn(turns[-1].said, f"{turns[-1].reply}\n{text}".strip())
    return tuple(turns)


def _plain(text: str) -> str:
    """Without runs of spaces and empty lines, which say nothing and cost every pattern its time."""
    return "\n".join(" ".join(line.split()) for line in text.splitlines() if line.strip())


def _passages(system: str) -> list[tuple[str, str]]:
    return [
        (source, text.strip()) for source, more, text in _PASSAGE.findall(system) if text.strip() and "missing=" not in more
    ]


def _content(message: Mapping[str, Any]) -> str:
    content = message.get("content")
    if isinstance(content, list):
        return "\n".join(str(part.get("text", "")) for part in content if isinstance(part, dict))
    return str(content or "")


def _tool(function: Mapping[str, Any]) -> Tool:
    parameters = function.get("parameters") or {}
    return Tool(
        name=str(function.get("name", "")),
        description=str(function.get("description") or ""),
        properties=parameters.get("properties") or {},
        required=tuple(parameters.get("required") or ()),
    )


def _results(messages: Sequence[Mapping[str, Any]]) -> tuple[Result, ...]:
    """Results of this turn's steps, each call once: a call that is made again replaces its first result."""
    called: dict[str, tuple[str, Any]] = {}
    found: dict[str, Result] = {}
    for message in messages:
        for call in message.get("tool_calls") or ():
            called[call["id"]] = (call["function"]["name"], _json(call["function"]["arguments"]))
        if message.get("role") == "tool" and (made := called.get(str(message.get("tool_call_id")))):
            arguments = made[1] if isinstance(made[1], dict) else {}
            key = f"{made[0]} {json.dumps(arguments, sort_keys=True)}"
            found.pop(key, None)
            found[key] = Result(made[0], arguments, _json(_content(message)))
    return tuple(found.values())


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return text
