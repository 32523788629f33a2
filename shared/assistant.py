"""`assistant.yaml`: the one file that configures an assistant. Secrets are not in it; it names the variables that hold them.

A file that is wrong is refused whole, with every mistake by its place and line.
"""

import hashlib
import os
import re
import string
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from shared.contracts import Assurance
from shared.errors import ConfigurationError
from shared.texts import FALLBACK
from shared.texts import texts as system_texts

Language = Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Z]{2})?$")]


class Part(BaseModel):
    """Unknown keys are mistakes: a setting with a typo would be a setting that is not obeyed."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Persona(Part):
    name: str
    company: str
    tone: str = Field(description="How the assistant speaks; part of the system prompt.")
    greeting: str = ""


class Boundaries(Part):
    """What the assistant does not do. Links elsewhere than to `links` (host names) are taken out of every reply, and so are
    e-mail addresses elsewhere, phone and account numbers, except the company's own `contacts`."""

    instructions: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    contacts: tuple[str, ...] = ()


class ToolPolicy(Part):
    """What code allows, whatever a model asks for. None: as the tool itself declares."""

    enabled: bool = True
    assurance: Assurance | None = None
    confirmation: bool | None = None
    limits: dict[str, int] = Field(default_factory=dict, description="Such as max_amount, in minor units.")


class Model(Part):
    """A model of an OpenAI-compatible server. Prices are US dollars for a million tokens."""

    name: str
    input_price: float = Field(0.0, ge=0)
    cached_input_price: float | None = Field(None, ge=0)
    output_price: float = Field(0.0, ge=0)
    context_window: int = Field(128_000, ge=1_000)
    options: dict[str, Any] = Field(default_factory=dict, description="Sent with every request, such as a temperature.")


class Variant(Part):
    """An experiment's arm: more instructions for a share of the conversations. A conversation stays in its arm."""

    name: str = Field(pattern=r"^[a-z0-9_-]{1,32}$")
    weight: int = Field(1, ge=0)
    instructions: str = ""


class Moderation(Part):
    """How sure the model beside the rules must be, from 0 to 1, to count; higher stops less, 1 switches a head off."""

    attack: float = Field(0.5, ge=0, le=1, description="Prompt injection and jailbreaks: refused.")
    harmful: float = Field(0.5, ge=0, le=1, description="Requests that would harm somebody: refused.")
    abuse: float = Field(0.5, ge=0, le=1, description="Abuse: answered, and not mirrored.")


class Budgets(Part):
    """Tokens that each part of the context may take."""

    system: int = Field(900, ge=100)
    window: int = Field(1_500, ge=0)
    summary: int = Field(300, ge=0)
    state: int = Field(200, ge=0)
    profile: int = Field(200, ge=0)
    knowledge: int = Field(1_200, ge=0)
    orders: int = Field(800, ge=0)


class Destination(Part):
    """A receiver of webhooks. `secret` names the environment variable with its Standard Webhooks secret.

    `loopback` allows plain HTTP to this machine, for development.
    """

    url: str
    secret: str = Field(pattern=r"^[A-Z][A-Z0-9_]*$")
    loopback: bool = False

    @property
    def address(self) -> str:
        """`url` with ${VARIABLES} filled in."""
        return string.Template(self.url).safe_substitute(os.environ)


class Notice(Part):
    """What a customer is told of a backend event; `{fields}` come from the event's data."""

    text: dict[Language, str]

    @property
    def fields(self) -> tuple[str, ...]:
        return tuple(sorted({name for text in self.text.values() for name in _fields(text)}))

    @model_validator(mode="after")
    def _has_english(self) -> "Notice":
        if FALLBACK not in self.text:
            raise ValueError(f"a text in {FALLBACK!r} is needed, it is the fallback")
        for text in self.text.values():
            _fields(text)
        return self


class Assistant(Part):
    """The whole file."""

    persona: Persona
    boundaries: Boundaries = Boundaries()
    escalation: tuple[str, ...] = Field((), description="When to offer a person; part of the system prompt.")
    order_pattern: str = Field(r"\bORD-\d{5}\b", description="The company's own numbers: never masked.")
    country: str = Field("US", pattern=r"^[A-Z]{2}$", description="For phone numbers without a country code.")
    models: tuple[Model, ...] = Field(min_length=1, description="The first is asked; the others when it fails.")
    tools: dict[str, ToolPolicy] = Field(default_factory=dict)
    experiments: tuple[Variant, ...] = ()
    channels: dict[Literal["web"], bool] = {"web": True}
    budgets: Budgets = Budgets()
    moderation: Moderation = Moderation()
    webhooks: dict[str, Destination] = Field(default_factory=dict)
    events: dict[str, Notice] = Field(default_factory=dict)
    texts: dict[str, dict[Language, str]] = Field(default_factory=dict)

    @field_validator("order_pattern")
    @classmethod
    def _compiles(cls, pattern: str) -> str:
        try:
            re.compile(pattern)
        except re.error as error:
            raise ValueError(f"not a regular expression: {error}") from None
        return pattern

    @field_validator("texts")
    @classmethod
    def _known_texts(cls, given: dict[str, dict[str, str]]) -> dict[str, dict[str, str]]:
        if unknown := given.keys() - system_texts()[FALLBACK].keys():
            raise ValueError(f"there is no system text {', '.join(sorted(unknown))}")
        for key, texts in given.items():
            known = _fields(system_texts()[FALLBACK][key])
            for language, text in texts.items():
                if more := _fields(text) - known:
                    raise ValueError(f"{key}.{language} shows {', '.join(sorted(more))}, which nothing fills")
        return given

    @field_validator("models", "experiments")
    @classmethod
    def _named_once(cls, given: tuple[Any, ...]) -> tuple[Any, ...]:
        names = [each.name for each in given]
        if twice := {name for name in names if names.count(name) > 1}:
            raise ValueError(f"{', '.join(sorted(twice))} stands there twice")
        return given

    @property
    def links(self) -> tuple[str, ...]:
        return self.boundaries.links

    @property
    def own(self) -> re.Pattern[str]:
        """What belongs to the company, and is nobody's personal data: its numbers, its name, and the assistant it greets."""
        name, company = re.escape(self.persona.name), re.escape(self.persona.company)
        greeted = rf"\b(?:hi|hello|hey|dear|thanks|thank you)[, ]{{1,2}}{name}\b"
        return re.compile(rf"{self.order_pattern}|{greeted}|\b{company}\b", re.IGNORECASE)

    def policy(self, tool: str) -> ToolPolicy:
        """The policy of a tool; one that is not named is allowed as it declares itself."""
        return self.tools.get(tool, ToolPolicy())

    def text(self, key: str, language: str | None = None, **fields: Any) -> str:
        """A text of the system in `language`, or in English; this file's own words come before the built-in ones.

        A label of a kind of data without words of its own is that of `other`. Raises `KeyError` for an unknown key.
        """
        if key.startswith("label_") and key not in system_texts()[FALLBACK]:
            key = "label_other"
        known = {code: each[key] for code, each in system_texts().items() if key in each}
        return _chosen(known | self.texts.get(key, {}), language).strip().format_map(fields)

    def event_fields(self, type: str) -> tuple[str, ...] | None:
        """The fields of `data` that the notice of a backend event shows; None: customers are not told of this type."""
        notice = self.events.get(type)
        return notice.fields if notice else None

    def event_text(self, type: str, language: str | None, data: dict[str, Any]) -> str | None:
        """The notice of a backend event; None without a template, or when the event lacks a field that it shows."""
        notice = self.events.get(type)
        if notice is None or any(data.get(name) is None for name in notice.fields):
            return None
        return _chosen(notice.text, language).format_map(data)

    @property
    def variants(self) -> tuple[Variant, ...]:
        """Every arm that a conversation may be in."""
        return tuple(arm for arm in self.experiments if arm.weight > 0) or (Variant(name="default"),)

    @property
    def public_texts(self) -> tuple[str, ...]:
        """Words that customers are told as they stand."""
        own = [
            text for texts in (*self.texts.values(), *(event.text for event in self.events.values())) for text in texts.values()
        ]
        return (self.persona.greeting, *own, *(text for each in system_texts().values() for text in each.values()))

    def variant(self, conversation: str) -> Variant:
        """The arm of a conversation: the same whenever it is asked for, drawn by weight."""
        arms = self.variants
        drawn = int.from_bytes(hashlib.blake2b(conversation.encode(), digest_size=8).digest(), "big")
        point = drawn % sum(arm.weight for arm in arms)
        for arm in arms:
            point -= arm.weight
            if point < 0:
                return arm
        raise AssertionError("weights add up")


def load(path: Path) -> Assistant:
    """Read and check the file. Raises `ConfigurationError` with each mistake, its place and its line."""
    try:
        source = path.read_text(encoding="utf-8")
        tree = yaml.compose(source, Loader=yaml.SafeLoader)
        if twice := list(_repeated(tree)):
            raise ConfigurationError("\n".join(f"{path}:{line}: {key}: stands there twice" for key, line in twice))
        return Assistant.model_validate(yaml.safe_load(source))
    except OSError as error:
        raise ConfigurationError(f"FRONTDESK_ASSISTANT: cannot read {path}: {error.strerror}") from None
    except ValidationError as error:
        found = [f"{path}:{_line(tree, each['loc'])}: {_place(each['loc'])}: {each['msg']}" for each in error.errors()]
        raise ConfigurationError("\n".join(found)) from None
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise ConfigurationError(f"{path} is not YAML: {error}") from None


def _line(node: yaml.Node | None, place: tuple[int | str, ...]) -> int:
    """The line on which the value at `place` stands, or the nearest thing around it."""
    line = 1
    for step in place:
        if isinstance(node, yaml.MappingNode):
            found = next(((key, value) for key, value in node.value if key.value == str(step)), None)
            if found is None:
                break
            line, node = found[0].start_mark.line + 1, found[1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            node = node.value[step]
            line = node.start_mark.line + 1
    return line


def _repeated(node: yaml.Node | None) -> Iterator[tuple[str, int]]:
    """Keys that YAML would silently let win over an earlier one, with their lines."""
    if isinstance(node, yaml.SequenceNode):
        for each in node.value:
            yield from _repeated(each)
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            name = str(key.value)
            if name in seen:
                yield name, key.start_mark.line + 1
            seen.add(name)
            yield from _repeated(value)


def _place(loc: tuple[int | str, ...]) -> str:
    return ".".join(map(str, loc)) or "the file"


def _chosen(texts: dict[str, str], language: str | None) -> str:
    wanted = language or FALLBACK
    return texts.get(wanted) or texts.get(wanted.split("-")[0]) or texts[FALLBACK]


def _fields(text: str) -> set[str]:
    """The `{names}` that a text shows. Raises `ValueError` for braces that are no plain name."""
    names = {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}
    if strange := [name for name in names if not name.isidentifier()]:
        raise ValueError(f"{{{strange[0]}}} is no field: write a plain name, or double the braces to show them")
    return names
