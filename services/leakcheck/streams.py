"""Every message of every stream, as the server gives it out."""

from collections.abc import AsyncIterator

import nats
import nats.js.errors

from services.leakcheck.search import Find, Searcher


async def in_streams(searcher: Searcher, url: str) -> AsyncIterator[Find]:
    """Subjects, headers and bodies; buckets are streams, too."""
    client = await nats.connect(url)
    try:
        js = client.jetstream()
        for info in await js.streams_info():
            name = info.config.name or ""
            for sequence in range(max(1, info.state.first_seq), info.state.last_seq + 1):
                try:
                    message = await js.get_msg(name, seq=sequence)
                except nats.js.errors.NotFoundError:
                    continue
                headers = "\n".join(f"{key}: {value}" for key, value in (message.headers or {}).items())
                whole = b"\n".join(((message.subject or "").encode(), headers.encode(), message.data or b""))
                for find in searcher.within(whole, f"stream {name}, message {sequence} ({message.subject})"):
                    yield find
    finally:
        await client.close()
