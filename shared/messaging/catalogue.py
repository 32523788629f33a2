"""The catalogue of tools: one value in the bucket `desk-tools`, so that a reader never sees half of a release.

The stage that runs the tools puts it at its start, the stage that calls them gets it, and hears when it is put anew.
"""

import nats.errors
import nats.js.errors
from nats.aio.client import Client
from pydantic import TypeAdapter

from shared.contracts.tool import ToolSpec
from shared.errors import Retryable, TopologyError
from shared.messaging.topology import TOOLS

_KEY = "catalogue"
_SPECS: TypeAdapter[tuple[ToolSpec, ...]] = TypeAdapter(tuple[ToolSpec, ...])

CATALOGUE_CHANGED = f"$KV.{TOOLS}.{_KEY}"
"""The subject on which the server stores the value: whoever listens there learns of a change."""


async def put_tools(client: Client, specs: tuple[ToolSpec, ...]) -> None:
    """Make `specs` the catalogue, unless it is so already.

    Raises `TopologyError` when there is no bucket, `Retryable` when the server does not answer.
    """
    if await get_tools(client) == specs:
        return
    try:
        bucket = await client.jetstream(timeout=5).key_value(TOOLS)
        await bucket.put(_KEY, _SPECS.dump_json(specs))
    except (nats.errors.Error, OSError) as error:
        raise Retryable(f"the catalogue of tools was not stored: {type(error).__name__}") from error


async def get_tools(client: Client) -> tuple[ToolSpec, ...] | None:
    """The catalogue, or None when none was put yet.

    Raises `TopologyError` when there is no bucket, `Retryable` when the server does not answer.
    """
    try:
        bucket = await client.jetstream(timeout=5).key_value(TOOLS)
        entry = await bucket.get(_KEY)
    except nats.js.errors.BucketNotFoundError as error:
        raise TopologyError(f"there is no bucket {TOOLS}: run `frontdesk migrate apply`") from error
    except nats.js.errors.KeyNotFoundError:
        return None
    except (nats.errors.Error, OSError) as error:
        raise Retryable(f"the catalogue of tools was not read: {type(error).__name__}") from error
    return _SPECS.validate_json(entry.value or b"[]")
