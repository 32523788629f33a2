"""The tools that there are: every module of `tools/` that names a class in `TOOL`. A file that is dropped in is found."""

from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType

from services.actions import tools
from services.actions.domain import Policy
from services.actions.tool import Means, Tool
from shared.errors import ConfigurationError


def classes(package: ModuleType = tools) -> Iterator[type[Tool]]:
    """The tool classes, by file name."""
    for module in iter_modules(package.__path__, f"{package.__name__}."):
        found = import_module(module.name)
        if (tool := getattr(found, "TOOL", None)) is not None:
            yield tool


def build(means: Means, policy: Callable[[str], Policy], named: Mapping[str, object]) -> dict[str, Tool]:
    """The tools that are enabled and have what they need, by name.

    Raises `ConfigurationError` when the assistant's file names (`named`) a tool that does not exist, or two files name one.
    """
    found: dict[str, Tool] = {}
    for kind in classes():
        if kind.name in found:
            raise ConfigurationError(f"two files of services/actions/tools are the tool {kind.name}")
        found[kind.name] = kind(means, policy(kind.name))
    if missing := sorted(set(named) - set(found)):
        raise ConfigurationError(f"assistant.yaml: tools: there is no tool {', '.join(missing)}; there are {', '.join(found)}")
    return {name: tool for name, tool in found.items() if tool.policy.enabled and tool.available}
