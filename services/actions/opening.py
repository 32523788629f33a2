"""Personal data for the tools that declare that they need it, at the last moment, and masked again in what they answer."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from services.actions.tool import Lookup, Result
from shared.contracts import ActionRequested
from shared.stores.vault import Opened


class Placeholders(Protocol):
    async def opened(self, conversation: str, customer: str, text: str, kinds: Collection[str]) -> Opened:
        """The text with the originals of this customer's placeholders of these kinds in this conversation."""
        ...


@dataclass(frozen=True, slots=True)
class Arguments:
    """What a tool is given, and the originals in it by placeholder."""

    written: dict[str, Any]
    values: Mapping[str, str]

    def masked(self, result: Result) -> Result:
        """The result with placeholders in the place of the originals that the tool was given."""
        return Result(result.ok, self._masked(result.data)) if self.values else result

    def _masked(self, value: Any) -> Any:
        if isinstance(value, str):
            for placeholder, original in self.values.items():
                value = value.replace(original, placeholder)
            return value
        if isinstance(value, Mapping):
            return {key: self._masked(each) for key, each in value.items()}
        return [self._masked(each) for each in value] if isinstance(value, list | tuple) else value


async def arguments_for(tool: Lookup[Any], event: ActionRequested, vault: Placeholders) -> Arguments:
    """The arguments that a model wrote; for a tool that `opens` kinds of personal data, with their originals, if they were
    told in this conversation by this very customer."""
    if not tool.opens:
        return Arguments(event.arguments, {})
    values: dict[str, str] = {}

    async def opened(value: Any) -> Any:
        if isinstance(value, str):
            told = await vault.opened(event.conversation, event.customer.id, value, tool.opens)
            values.update(told.values)
            return told.text
        if isinstance(value, Mapping):
            return {key: await opened(each) for key, each in value.items()}
        return [await opened(each) for each in value] if isinstance(value, list) else value

    return Arguments(await opened(event.arguments), values)
