"""The guard over what leaves: one text, whole or in pieces as it is streamed, with the same result."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from services.egress.guard.labels import Labels
from services.egress.guard.links import Links, is_allowed
from services.egress.guard.tags import Tags
from shared.guardrails.stream import StreamGuard


class Rewriting(Protocol):
    """Rewrites a text that comes in pieces; where it was cut makes no difference to what is given out in all."""

    @property
    def found(self) -> set[str]:
        """Names of what was rewritten, never the text."""
        ...

    def feed(self, piece: str, *, final: bool = False) -> str:
        """The next part of the result; with `final`, all that is left of it."""
        ...


class Values:
    """A customer's own values become their placeholders again: what was masked on the way in is not said on the way out."""

    def __init__(self, originals: Mapping[str, str]) -> None:
        self._guard = StreamGuard(originals)

    @property
    def found(self) -> set[str]:
        """Types of personal data, such as EMAIL."""
        return {placeholder.strip("<>").rpartition("_")[0] for placeholder in self._guard.withheld}

    def feed(self, piece: str, *, final: bool = False) -> str:
        """What may be released by now."""
        released = self._guard.push(piece)
        return released + self._guard.flush() if final else released


class Chain:
    """Rewritings one after another; each reads what the one before gives out."""

    def __init__(self, *rewritings: Rewriting) -> None:
        self._rewritings = rewritings

    def feed(self, piece: str, *, final: bool = False) -> str:
        """The next part of the result. With `final` all of it has been given out."""
        for rewriting in self._rewritings:
            piece = rewriting.feed(piece, final=final)
        return piece

    @property
    def found(self) -> set[str]:
        """Types of personal data, `markup`, `link`, `image`."""
        return set[str]().union(*(rewriting.found for rewriting in self._rewritings))


@dataclass(frozen=True, slots=True)
class Guard:
    """What may leave one conversation. `originals`: placeholder to the customer's own value, from the vault.

    The order matters: what dropping a tag or a link brings together is still looked at for values.
    """

    hosts: Collection[str] = frozenset()
    originals: Mapping[str, str] = field(default_factory=dict)
    removed: str = "(link removed)"

    def masked(self) -> Chain:
        """For what is kept: values become placeholders."""
        return Chain(Tags(), Links(self.hosts, self.removed), Values(self.originals))

    def shown(self, label: Callable[[str], str]) -> Chain:
        """For what is shown at once, such as deltas: the same, and placeholders become words."""
        return Chain(Tags(), Links(self.hosts, self.removed), Values(self.originals), Labels(label))

    def allows(self, url: str) -> bool:
        """Whether a link may point there."""
        return is_allowed(url, self.hosts)
