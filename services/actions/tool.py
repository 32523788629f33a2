"""What a tool is. One file in `tools/` with a class named in `TOOL` adds one; nothing else has to be told.

Three kinds: `Lookup` runs at once and may run late and twice; `Effectful` changes something and goes through the ledger;
`Handoff` only has a spec. No tool takes the customer as an argument: code hands over who speaks.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from math import inf
from typing import Any, ClassVar, Generic, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from services.actions.domain import Policy
from services.actions.shop import Shop
from services.actions.texts import Wording
from services.actions.webhooks.sender import Webhooks
from shared.contracts import Assurance, Customer, Money, ToolSpec
from shared.lane.reconcile import Guarantee


class Arguments(BaseModel):
    """What a model may write. Every field has a description; fields that are not known are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


A = TypeVar("A", bound=Arguments)


@dataclass(frozen=True, slots=True)
class Means:
    """What tools work with."""

    shop: Shop
    webhooks: Webhooks
    texts: Wording


@dataclass(frozen=True, slots=True)
class Call:
    """Who calls, and in which action: its id is the idempotency key."""

    action: str
    customer: Customer
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """For the model. `ok` is false for a business "no"; `data` then holds `error` in words that it may pass on."""

    ok: bool
    data: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Proposed:
    """What the customer is shown, rendered from records; `parameters` are what will be done."""

    title: str
    parameters: dict[str, Any]
    amount: Money | None = None
    details: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Succeeded:
    """The provider did it. `text` is what the customer is told."""

    text: str
    provider_id: str = ""


@dataclass(frozen=True, slots=True)
class Declined:
    """The provider said no, for good: nothing was changed. `text` is what the customer is told."""

    text: str


class Tool(ABC):
    """A tool under the policy of the assistant's file."""

    name: ClassVar[str]
    description: ClassVar[str]
    arguments: ClassVar[type[Arguments]]
    kind: ClassVar[Literal["lookup", "effect", "webhook", "handoff"]]
    assurance: ClassVar[Assurance] = "verified"
    confirmation: ClassVar[bool] = False

    def __init__(self, means: Means, policy: Policy) -> None:
        self.means, self.policy = means, policy

    @property
    def available(self) -> bool:
        """Whether it can work here at all, such as a webhook that has somewhere to go."""
        return True

    @property
    def needs(self) -> Assurance:
        return self.policy.assurance or self.assurance

    @property
    def confirmed(self) -> bool:
        """Whether it waits for the button."""
        return self.confirmation if self.policy.confirmation is None else self.policy.confirmation

    def no(self, key: str, call: "Call", **more: Any) -> Result:
        """A business "no" in the customer's language, by the text `key`, which is also its code for programs."""
        return no(self.means.texts.text(key, call.language), code=key.replace("_", "-"), **more)

    def spec(self) -> ToolSpec:
        """For the catalogue."""
        return ToolSpec(
            name=self.name,
            description=self.description,
            parameters=self.parameters(),
            kind=self.kind,
            assurance=self.needs,
            confirmation=self.confirmed,
        )

    def parameters(self) -> dict[str, Any]:
        """The JSON Schema of the arguments, without titles, which tell a model nothing."""
        schema: dict[str, Any] = _untitled(self.arguments.model_json_schema())
        return schema

    def parse(self, written: Mapping[str, Any]) -> Arguments | Result:
        """The arguments as written by a model, or a result that says what is wrong with them."""
        try:
            return self.arguments.model_validate(dict(written))
        except ValidationError as error:
            wrong = (f"{'.'.join(map(str, each['loc']))}: {each['msg']}" for each in error.errors(include_input=False)[:3])
            return no(f"Invalid arguments. {'; '.join(wrong)}.")


class Lookup(Tool, Generic[A]):
    """Reads, or is safe to run late and twice.

    `opens` are the kinds of personal data whose placeholders in its arguments are opened for it, and for no other tool.
    """

    kind = "lookup"
    opens: ClassVar[frozenset[str]] = frozenset()

    @abstractmethod
    async def run(self, call: Call, arguments: A) -> Result:
        """Raises `Retryable` when the backend is away."""


class Effectful(Tool, Generic[A]):
    """Changes something, once. `guarantee` is what the provider promises."""

    kind: ClassVar[Literal["effect", "webhook"]] = "effect"
    confirmation = True
    give_up: float = inf
    """Seconds after which an outcome that is still open is left to a person."""

    @property
    def guarantee(self) -> Guarantee:
        """What the provider promises. A tool that declares nothing is never sent again once its outcome is unknown."""
        return "neither"

    @abstractmethod
    async def propose(self, call: Call, arguments: A) -> Proposed | Result:
        """What would be done, from records, or why it cannot be. Changes nothing. Raises `Retryable`."""

    def target(self, parameters: Mapping[str, Any]) -> str:
        """What it is done to: of two effects on one target, the second fails. Empty: each stands for itself."""
        return ""

    @abstractmethod
    async def perform(self, call: Call, parameters: Mapping[str, Any]) -> Succeeded | Declined:
        """Do it, with `call.action` as the key. Raises `Retryable` when the outcome is not known."""

    async def look_up(self, call: Call, parameters: Mapping[str, Any]) -> Succeeded | Declined | None:
        """What became of the action, or None when the provider says that it was not done. Raises `Retryable`.

        Only asked where `asks` is true.
        """
        raise NotImplementedError

    @property
    def asks(self) -> bool:
        """Whether `look_up` can be asked."""
        return False


class Handoff(Tool):
    """Gives the conversation to a person. The agent does it; here is only its spec."""

    kind = "handoff"
    assurance = "anonymous"


def no(error: str, **more: Any) -> Result:
    """A business "no", in words for the model."""
    return Result(ok=False, data={"error": error, **more})


def yes(**data: Any) -> Result:
    return Result(ok=True, data=data)


def _untitled(schema: Any) -> Any:
    if isinstance(schema, dict):
        return {
            key: ({name: _untitled(field) for name, field in value.items()} if key == "properties" else _untitled(value))
            for key, value in schema.items()
            if key != "title" or not isinstance(value, str)
        }
    return [_untitled(item) for item in schema] if isinstance(schema, list) else schema
