"""Every message of every stream, as the server gives it out."""

from collections.abc import AsyncIterator, Mapping

import nats.js.errors
from nats.aio.client import Client

from services.leakcheck.search import Find, Searcher


async def ends(client: Client) -> dict[str, int]:
    """The number of the last message of each stream."""
    return {info.config.name or "": info.state.last_seq for info in await client.jetstream().streams_info()}


async def in_streams(searcher: Searcher, client: Client, after: Mapping[str, int] | None = None) -> AsyncIterator[Find]:
    """Subjects, headers and bodies; buckets are streams, too. `after`: only what came later, by stream."""
    js = client.jetstream()
    for info in await js.streams_info():
        name = info.config.name or ""
        first = max(info.state.first_seq, (after or {}).get(name, 0) + 1)
        for sequence in range(first, info.state.last_seq + 1):
            try:
                message = await js.get_msg(name, seq=sequence)
            except nats.js.errors.NotFoundError:
                continue
            headers = "\n".join(f"{key}: {value}" for key, value in (message.headers or {}).items())
            whole = b"\n".join(((message.subject or "").encode(), headers.encode(), message.data or b""))
            for find in searcher.within(whole, f"stream {name}, message {sequence} ({message.subject})"):
                yield find
