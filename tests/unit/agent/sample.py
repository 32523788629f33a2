"""A turn, tools, and models that say what a test tells them."""

import json
from collections.abc import Callable, Sequence
from typing import Any

from services.agent.domain import Policy
from services.agent.handlers import Agent
from services.agent.models.port import Answer, Preview, Request
from shared.contracts import ContextPart, Customer, Delta, ToolSpec, TurnAssembled
from tests.memory import MemoryRecords


def tool(name: str, kind: Any = "lookup", **more: Any) -> ToolSpec:
    properties = {"order_id": {"type": "string", "pattern": "^ORD-[0-9]{5}$"}, "reason": {"type": "string", "maxLength": 50}}
    schema = {"type": "object", "properties": properties, "required": ["order_id"] if kind != "handoff" else []}
    return ToolSpec(name=name, description=f"Does {name}.", parameters=schema, kind=kind, **more)


TOOLS = (
    tool("check_order_status"),
    tool("search_products"),
    tool("refund_order", "effect", confirmation=True),
    tool("notify_webhook", "webhook"),
    tool("transfer_to_human", "handoff"),
)


def assembled(text: str = "Where is my order ORD-10001?", **more: Any) -> TurnAssembled:
    fields: dict[str, Any] = {
        "conversation": "c1",
        "epoch": 1,
        "channel": "web",
        "customer": Customer(id="cus_demo", assurance="verified"),
        "inputs": ("m1",),
        "text": text,
        "language": "en",
        "parts": (ContextPart(kind="system", text="You are Robin."),),
    }
    return TurnAssembled(**fields | more).first_of("c1:1")


def says(text: str) -> dict[str, Any]:
    return {"role": "assistant", "content": text}


def calls(*wanted: tuple[str, Any], text: str = "") -> dict[str, Any]:
    made = [
        {
            "id": f"call_{slot}",
            "type": "function",
            "function": {"name": name, "arguments": arguments if isinstance(arguments, str) else json.dumps(arguments)},
        }
        for slot, (name, arguments) in enumerate(wanted)
    ]
    return {"role": "assistant", "content": text, "tool_calls": made}


class Scripted:
    """Gives the next answer of a list, or asks a function for it."""

    def __init__(self, answers: Sequence[Any] | Callable[[Request], Any]) -> None:
        self._answers = answers
        self.requests: list[Request] = []

    async def ask(self, request: Request, preview: Preview) -> Answer:
        self.requests.append(request)
        answers = self._answers
        answer = answers(request) if callable(answers) else answers[len(self.requests) - 1]
        if isinstance(answer, BaseException):
            raise answer
        if isinstance(answer, Answer):
            return answer
        preview.restart()
        await preview.text(answer["content"])
        return Answer(answer, "tool_calls" if answer.get("tool_calls") else "stop", "m")


class Shown:
    """Remembers deltas."""

    def __init__(self) -> None:
        self.deltas: list[Delta] = []

    async def delta(self, conversation: str, delta: Delta) -> None:
        self.deltas.append(delta)


class Words:
    """Texts that name their key."""

    def text(self, key: str, language: str | None, **fields: str) -> str:
        return f"[{key} {language}]"


class Catalogue:
    """A fixed catalogue."""

    def __init__(self, tools: tuple[ToolSpec, ...] = TOOLS) -> None:
        self.current = tools

    async def tools(self) -> tuple[ToolSpec, ...]:
        return self.current


def agent(models: Any, records: Any = None, **more: Any) -> Agent:
    fields: dict[str, Any] = {
        "records": records or MemoryRecords(),
        "models": models,
        "catalogue": Catalogue(),
        "progress": Shown(),
        "texts": Words(),
        "policy": Policy(),
        "patience": 0.0,
        "now": lambda: 1000.0,
    }
    return Agent(**fields | more)
