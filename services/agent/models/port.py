"""What the agent needs of a model, whoever serves it."""

from dataclasses import dataclass, field
from typing import Any, Protocol

from shared.errors import Rejected, Retryable


class ModelUnavailable(Retryable):
    """No model gave a usable answer in time."""


class ModelRefused(Rejected):
    """Every model refused the request itself, such as one that is too long for it."""


@dataclass(frozen=True, slots=True)
class Request:
    """One call of the model: messages and tools in the wire format of chat completions; the ids are for the trace."""

    messages: list[dict[str, Any]]
    tools: list[dict[str, Any]]
    conversation: str
    turn: str
    step: int


@dataclass(frozen=True, slots=True)
class Answer:
    """An assistant message, why it ended, who gave it, what it took.

    `usage`: `input`, of it `cached`, `output` (tokens), and `cost` in millionths of a US dollar.
    """

    message: dict[str, Any]
    finish: str
    model: str
    usage: dict[str, int] = field(default_factory=dict)


class Preview(Protocol):
    """Takes the text while it is written. `restart` comes before each attempt: what was shown before is void."""

    def restart(self) -> None: ...

    async def text(self, piece: str) -> None: ...


class Models(Protocol):
    """Raises `ModelUnavailable` or `ModelRefused`; returns within its own time budget."""

    async def ask(self, request: Request, preview: Preview) -> Answer: ...
