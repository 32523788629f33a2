"""The guard over what leaves: one text, whole or in pieces as it is streamed, with the same result."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Protocol

from services.egress.guard.entities import Entities
from services.egress.guard.hidden import Hidden
from services.egress.guard.labels import Labels
from services.egress.guard.links import Links, is_allowed, readings
from services.egress.guard.personal import Find, Personal, Published
from services.egress.guard.prompt import Instructions, Recital
from services.egress.guard.tags import Tags
from services.egress.guard.values import Forbidden, Values


class Rewriting(Protocol):
    """Rewrites a text that comes in pieces; where it was cut makes no difference to what is given out in all."""

    @property
    def found(self) -> set[str]:
        """Names of what was rewritten, never the text."""
        ...

    def feed(self, piece: str, *, final: bool = False) -> str:
        """The next part of the result; with `final`, all that is left of it."""
        ...


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
        """Types of personal data, `hidden`, `markup`, `link`, `image`, `prompt`."""
        return set[str]().union(*(rewriting.found for rewriting in self._rewritings))


def _finds_nothing(_: str) -> tuple[()]:
    return ()


def _nothing_published(_kind: str, _value: str) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Rules:
    """What holds for every conversation: the hosts that may be linked, the recognisers of personal data and secrets, what
    of it the company publishes, and the instructions that stay inside."""

    hosts: Collection[str] = frozenset()
    find: Find = _finds_nothing
    published: Published = _nothing_published
    instructions: Instructions = field(default_factory=Instructions)


@dataclass(frozen=True)
class Guard:
    """What may leave one conversation. `originals`: placeholder to the customer's own value, from the vault.

    The order matters: what dropping a tag or a link brings together is still looked at for values. `removed` and `hidden`
    stand for what was taken out.
    """

    rules: Rules = field(default_factory=Rules)
    originals: Mapping[str, str] = field(default_factory=dict)
    removed: str = "(link removed)"
    hidden: str = "(hidden)"

    def masked(self) -> Chain:
        """For what is kept: values become placeholders."""
        return Chain(*self._rewritings())

    def shown(self, label: Callable[[str], str]) -> Chain:
        """For what is shown at once, such as deltas: the same, and placeholders become words."""
        return Chain(*self._rewritings(), Labels(label))

    def allows(self, url: str) -> bool:
        """Whether a link may point there: to a listed host, and with no value behind percent signs."""
        return is_allowed(url, self.rules.hosts) and ("%" not in url or not any(map(self._tells, readings(url)[1:])))

    def _tells(self, text: str) -> bool:
        chain = Chain(Values(self._forbidden), self._personal())
        chain.feed(text, final=True)
        return bool(chain.found)

    @cached_property
    def _forbidden(self) -> Forbidden:
        return Forbidden(self.originals)

    def _personal(self) -> Personal:
        return Personal(self.rules.find, self.rules.published, self.hidden)

    def _rewritings(self) -> tuple[Rewriting, ...]:
        return (
            Hidden(),
            Entities(),
            Tags(),
            Links(self.allows, self.removed),
            Values(self._forbidden),
            self._personal(),
            Recital(self.rules.instructions),
        )
