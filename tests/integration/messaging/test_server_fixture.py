import nats

from tests.servers import NatsServer


async def test_server_keeps_its_streams_over_a_kill_and_loses_them_when_wiped(nats_server: NatsServer) -> None:
    for wipe, kept in ((False, 1), (True, 0)):
        client = await nats.connect(nats_server.url)
        await client.jetstream().add_stream(name="S", subjects=["s"])
        await client.close()
        nats_server.kill()
        if wipe:
            nats_server.wipe()
        nats_server.start()
        client = await nats.connect(nats_server.url)
        assert len(await client.jetstream().streams_info()) == kept
        await client.close()
