"""The tools as actions announced them last: read once, kept, read again when the bucket says that they changed."""

import time
from collections.abc import Callable

from shared.contracts import ToolSpec
from shared.errors import Retryable, TopologyError
from shared.messaging import Publisher
from shared.messaging.catalogue import CATALOGUE_CHANGED, get_tools


class BucketCatalogue:
    """Reads on the stage's own connection. A change that was not heard of is seen after `keep` seconds.

    While the bucket cannot be read, or has lost what stood in it, what was read last is used. Raises `Retryable` before
    the first reading.
    """

    def __init__(self, outlet: Publisher, *, keep: float = 30.0, clock: Callable[[], float] = time.monotonic) -> None:
        self._outlet, self._keep, self._clock = outlet, keep, clock
        self._tools: tuple[ToolSpec, ...] | None = None
        self._fresh_until = 0.0
        self._listening = False

    async def tools(self) -> tuple[ToolSpec, ...]:
        """The tools of the moment, in the order they were announced."""
        if self._tools is not None and self._clock() < self._fresh_until:
            return self._tools
        if not self._listening:
            self._listening = True
            await self._outlet.listen(CATALOGUE_CHANGED, self._changed)
        self._fresh_until = self._clock() + self._keep  # before reading: a change during it makes it stale again
        problem = "no tools were announced yet: is actions running?"
        try:
            read = await get_tools(self._outlet.client)
        except (Retryable, TopologyError) as error:  # no bucket: the broker lost its store, and is being set up again
            read, problem = None, str(error)
        self._tools = read if read is not None else self._tools
        if self._tools is None:
            self._fresh_until = 0.0
            raise Retryable(problem, after=0.5)
        return self._tools

    def _changed(self, _subject: str, _data: bytes) -> None:
        self._fresh_until = 0.0
