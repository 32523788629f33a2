"""The catalogue lives in a stream, and a stream may be lost whole: tools are announced again, and used meanwhile."""

from nats.aio.client import Client

from services.actions.app import HANDLERS as ACTIONS
from services.agent.app import HANDLERS as AGENT
from services.agent.catalogue import BucketCatalogue
from shared.contracts import ReplyDrafted
from shared.messaging import Publisher, topology
from shared.messaging.catalogue import get_tools
from shared.messaging.provision import apply
from tests.integration.actions.conftest import Desk, stages
from tests.waiting import until


async def wipe(desk: Desk) -> Client:
    """What a broker without its store is after `frontdesk migrate apply`."""
    client: Client = desk.hand.client
    js = client.jetstream()
    for stream in ("KV_desk-tools", "DESK"):
        await js.delete_stream(stream)
    await apply(client, topology(desk.hand.settings, {"agent": AGENT, "actions": ACTIONS}))
    assert await get_tools(client) is None
    return client


async def test_tools_are_announced_again_to_a_broker_that_lost_them(desk: Desk, understudy: str) -> None:
    async with stages(desk, actions_announce_seconds=0.1):
        client = await wipe(desk)

        async def announced() -> bool:
            return bool(await get_tools(client))

        await until(announced)
    async with stages(desk):
        await desk.say("Where is my order ORD-10001?")
        [reply] = await desk.hand.published(ReplyDrafted)
        assert "shipped" in str(reply.draft.parts)


async def test_the_tools_that_were_read_last_serve_while_there_are_none_to_read(desk: Desk) -> None:
    clock = [0.0]
    async with stages(desk, actions_announce_seconds=3600.0):
        catalogue = BucketCatalogue(Publisher.on(desk.hand.client), keep=1.0, clock=lambda: clock[0])
        tools = await catalogue.tools()
        client = await wipe(desk)
        clock[0] = 2.0
        assert await catalogue.tools() == tools
        await client.jetstream().delete_stream("KV_desk-tools")
        clock[0] = 4.0
        assert await catalogue.tools() == tools
