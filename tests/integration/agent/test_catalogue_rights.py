"""The rights that the catalogue needs, and no more: actions may write it, the agent may only read it."""

import asyncio
from pathlib import Path

import nats
import pytest

from services.agent.catalogue import BucketCatalogue
from shared.contracts import ToolSpec
from shared.errors import Retryable
from shared.messaging import BusSettings, Publisher, topology
from shared.messaging.catalogue import CATALOGUE_CHANGED, put_tools
from shared.messaging.provision import apply
from tests.servers import nats_server_in
from tests.waiting import until

READ = ["$JS.API.STREAM.INFO.KV_desk-tools", "$JS.API.DIRECT.GET.KV_desk-tools.>"]
USERS = [
    {"user": "root", "password": "r"},
    {
        "user": "agent",
        "password": "a",
        "permissions": {"publish": READ, "subscribe": ["_INBOX_agent.>", CATALOGUE_CHANGED]},
    },
    {
        "user": "actions",
        "password": "x",
        "permissions": {"publish": [*READ, CATALOGUE_CHANGED], "subscribe": ["_INBOX_actions.>"]},
    },
]
TOOL = ToolSpec(name="look", description="Looks.", parameters={"type": "object"}, kind="lookup")


async def test_actions_write_the_agent_only_reads(tmp_path: Path) -> None:
    refused: list[str] = []

    async def heard(error: Exception) -> None:
        refused.append(str(error))

    with nats_server_in(tmp_path, {"authorization": {"users": USERS}}) as server:
        root = await nats.connect(server.url, user="root", password="r")
        await apply(root, topology(BusSettings(url=server.url), {}))
        agent = await nats.connect(server.url, user="agent", password="a", inbox_prefix=b"_INBOX_agent", error_cb=heard)
        actions = await nats.connect(server.url, user="actions", password="x", inbox_prefix=b"_INBOX_actions", error_cb=heard)
        catalogue = BucketCatalogue(Publisher.on(agent))
        with pytest.raises(Retryable):
            await catalogue.tools()
        await put_tools(actions, (TOOL,))
        assert await catalogue.tools() == (TOOL,)
        more = (TOOL, TOOL.model_copy(update={"name": "listen"}))
        await put_tools(actions, more)

        async def seen() -> bool:
            return await catalogue.tools() == more

        await until(seen)
        assert refused == []
        writing = asyncio.create_task(put_tools(agent, ()))
        await until(lambda: refused)
        assert f'permissions violation for publish to "{CATALOGUE_CHANGED.lower()}"' in refused[0].lower()
        writing.cancel()
        await asyncio.gather(writing, return_exceptions=True)
        assert await BucketCatalogue(Publisher.on(root)).tools() == more
        for client in (agent, actions, root):
            await client.close()
