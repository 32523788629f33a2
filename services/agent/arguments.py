"""The arguments that a model wrote: parsed and checked against the tool's schema before anything leaves the agent. Pure."""

import json
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from jsonschema import Draft202012Validator

from shared.contracts import ToolSpec

_MOST_PROBLEMS = 3


@dataclass(frozen=True, slots=True)
class Faulty:
    """Why a call is not made, in words for the model."""

    problem: str


def parse(spec: ToolSpec | None, text: str, *, checked: bool = True) -> dict[str, Any] | Faulty:
    """The arguments as an object. An unknown tool, unknown field, wrong type or missing field is `Faulty`.

    Unknown fields are refused whatever the schema says of them, so that no tool can be handed what it does not know.
    """
    if checked and spec is None:
        return Faulty("There is no such tool.")
    try:
        arguments = json.loads(text or "{}")
    except (ValueError, RecursionError):
        return Faulty("The arguments are not valid JSON.")
    if not isinstance(arguments, dict):
        return Faulty("The arguments are not a JSON object.")
    if spec and checked and (problem := _problem(spec, arguments)):
        return Faulty(problem)
    return arguments


def _problem(spec: ToolSpec, arguments: dict[str, Any]) -> str:
    known = spec.parameters.get("properties", {})
    problems = [f"{name}: there is no such field" for name in arguments if name not in known]
    found = _validator(json.dumps(spec.parameters, sort_keys=True)).iter_errors(arguments)
    for error in found:
        if error.validator != "additionalProperties":
            problems.append(f"{error.json_path.removeprefix('$.')}: {_told(error)}")
    if not problems:
        return ""
    return f"Invalid arguments. {'; '.join(sorted(set(problems))[:_MOST_PROBLEMS])}."


def _told(error: Any) -> str:
    """The rule that was broken; the value is not repeated, it may be a page long."""
    if error.validator == "required":
        missing = [name for name in error.validator_value if name not in error.instance]
        return f"missing {', '.join(missing)}"
    return f"must satisfy {error.validator} {json.dumps(error.validator_value)[:200]}"


@lru_cache(maxsize=256)
def _validator(schema: str) -> Draft202012Validator:
    return Draft202012Validator(json.loads(schema))
