"""The guard over what leaves: one text, whole or in pieces as it is streamed, with the same result."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field

from services.egress.guard.labels import Labels
from services.egress.guard.links import Links, is_allowed
from services.egress.guard.scanner import Scanner
from services.egress.guard.tags import Tags
from services.egress.guard.values import Values


class Chain:
    """Scanners one after another; each reads what the one before gives out."""

    def __init__(self, *scanners: Scanner) -> None:
        self._scanners = scanners

    def feed(self, piece: str, *, final: bool = False) -> str:
        """The next part of the result. With `final` all of it has been given out."""
        for scanner in self._scanners:
            piece = scanner.feed(piece, final=final)
        return piece

    @property
    def found(self) -> frozenset[str]:
        """Names of what was rewritten: types of personal data, `markup`, `link`, `image`."""
        return frozenset[str]().union(*(scanner.found for scanner in self._scanners))


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
