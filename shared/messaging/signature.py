"""What a handler's signature says: the type it takes and the types it may return are the topology."""

import types
from collections.abc import Awaitable, Callable, Iterator, Sequence
from typing import Any, Union, get_args, get_origin, get_type_hints

from shared.contracts.backend import BackendEvent
from shared.contracts.base import Event
from shared.errors import TopologyError

Returned = Event | Sequence[Event] | None
Handler = Callable[[Any, Any], Awaitable[Returned]]
"""A method of a stage's owner, unbound: `async def screen(self, event: MessageReceived) -> TurnScreened | TurnBlocked`."""

Taken = type[Event] | type[BackendEvent]
_CONTAINERS = (Sequence, list, tuple)


def signature(handler: Handler) -> tuple[Taken, tuple[type[Event], ...]]:
    """The event that `handler` takes and those that it may return, in the order written. Needs no instance.

    Raises `TopologyError` for a signature that names no topology: not exactly one event taken, something returned that
    is no event, or an abstract event, which has no subject.
    """
    where = f"handler {handler.__qualname__}"
    hints = get_type_hints(handler)
    if "return" not in hints:
        raise TopologyError(f"{where} has no return annotation")
    returned = hints.pop("return")
    if len(hints) != 1:
        raise TopologyError(f"{where} must take exactly one annotated parameter, an event; it has {sorted(hints)}")
    (taken,) = hints.values()
    if taken is not BackendEvent:
        _check_concrete(taken, where)
    outputs = tuple(dict.fromkeys(_events_in(returned, where)))
    return taken, outputs


def _events_in(hint: Any, where: str) -> Iterator[type[Event]]:
    if hint is types.NoneType or hint is Ellipsis:
        return
    origin = get_origin(hint)
    if origin in (Union, types.UnionType) or origin in _CONTAINERS:
        for part in get_args(hint):
            yield from _events_in(part, where)
    else:
        _check_concrete(hint, where)
        yield hint


def _check_concrete(hint: Any, where: str) -> None:
    if not (isinstance(hint, type) and issubclass(hint, Event)):
        raise TopologyError(f"{where} names {hint!r}, which is no event")
    if "name" not in hint.__dict__ or any("name" in kind.__dict__ for kind in hint.__subclasses__()):
        raise TopologyError(f"{where} names {hint.__name__}, a base of events: write the concrete events")
