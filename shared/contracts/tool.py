"""What the agent may know of a tool. Actions writes specs into the catalogue, the agent reads them; neither knows the other."""

from typing import Annotated, Any, Literal

from pydantic import Field

from shared.contracts.action import Assurance
from shared.contracts.base import Value

ToolName = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,63}$")]
"""Safe as a key of a NATS bucket and as a function's name for every model."""


class ToolSpec(Value):
    """One tool as a model is shown it, and how its calls are routed.

    `parameters` is a JSON Schema (2020-12) of an object without further properties; it never has a customer field.
    `lookup` runs at once, `effect` and `webhook` go through the effect ledger, `handoff` gives the conversation to a person.
    `confirmation`: it runs only after the customer pressed the button.
    """

    name: ToolName
    description: str
    parameters: dict[str, Any]
    kind: Literal["lookup", "effect", "webhook", "handoff"]
    assurance: Assurance = "anonymous"
    confirmation: bool = False
