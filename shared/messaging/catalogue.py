"""The catalogue of tools: a key-value bucket that actions fills at its start and the agent reads."""

from collections.abc import Mapping

import nats.errors
import nats.js.errors
from nats.js.kv import KeyValue

from shared.errors import Retryable
from shared.messaging.publisher import Publisher
from shared.messaging.topology import TOOLS


class Catalogue:
    """Entries by name, bytes as they are. Raises `Retryable` while the broker does not answer."""

    def __init__(self, publisher: Publisher) -> None:
        self._publisher = publisher

    async def _bucket(self) -> KeyValue:
        return await self._publisher.client.jetstream().key_value(TOOLS)

    async def put(self, entries: Mapping[str, bytes]) -> None:
        """Write every entry; others stay, because another release may still offer them. Names match `[A-Za-z0-9_-]+`."""
        try:
            bucket = await self._bucket()
            for name, value in entries.items():
                await bucket.put(name, value)
        except (nats.errors.Error, nats.js.errors.Error) as error:
            raise Retryable(f"the tool catalogue did not answer: {type(error).__name__}") from error

    async def drop(self, name: str) -> None:
        """Take an entry out; nothing happens when there is none."""
        try:
            bucket = await self._bucket()
            await bucket.delete(name)
        except (nats.errors.Error, nats.js.errors.Error) as error:
            raise Retryable(f"the tool catalogue did not answer: {type(error).__name__}") from error

    async def read(self) -> dict[str, bytes]:
        """All entries."""
        try:
            bucket = await self._bucket()
            found = {}
            for name in await bucket.keys():
                found[name] = (await bucket.get(name)).value or b""
        except nats.js.errors.NoKeysError:
            return {}
        except (nats.errors.Error, nats.js.errors.Error) as error:
            raise Retryable(f"the tool catalogue did not answer: {type(error).__name__}") from error
        return found
