"""The provisioner and the check at a stage's start, on a real server; and on one that pretends to be old."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
from nats.js.api import StreamConfig

from shared.errors import ConfigurationError, TopologyError
from shared.messaging import connected, stage, topology
from shared.messaging.provision import apply, plan, status, verify
from shared.messaging.topology import Change
from tests.integration.messaging.conftest import Bus
from tests.integration.messaging.sample import Owner, bus

STAGES = {"demo": (Owner.answer,)}


def names(changes: list[Change]) -> list[str]:
    return [str(change).partition(":")[0] for change in changes]


async def test_apply_does_what_plan_says_and_the_second_time_nothing(desk: Bus) -> None:
    wanted = topology(desk.settings, STAGES)
    planned = await plan(desk.client, wanted)
    assert names(planned) == [
        "create stream DESK",
        "create stream DESK_EVENTS",
        "create stream DESK_DLQ",
        "create bucket desk-tools",
        "create consumer demo-asked of stream DESK",
    ]
    assert await apply(desk.client, wanted) == planned
    assert await plan(desk.client, wanted) == []
    assert await apply(desk.client, wanted) == []
    await verify(desk.client, wanted)
    await (await desk.js.key_value("desk-tools")).put("refund_order", b"{}")


async def test_drift_is_named_and_mended_without_losing_a_message(desk: Bus) -> None:
    await desk.provision()
    await desk.ask("hi")
    changed = (await desk.js.stream_info("DESK")).config
    await desk.js.update_stream(changed, max_age=3600, discard="old", duplicate_window=120)
    consumer = (await desk.js.consumer_info("DESK", "demo-asked")).config
    await desk.js.add_consumer("DESK", consumer, ack_wait=60)
    wanted = topology(desk.settings, STAGES)
    with pytest.raises(TopologyError, match=r"(?s)stream DESK: .*discard is 'old', needed is 'new'.*ack_wait is 60000000000"):
        await verify(desk.client, wanted)
    assert names(await apply(desk.client, wanted)) == ["update stream DESK", "update consumer demo-asked of stream DESK"]
    assert await plan(desk.client, wanted) == []
    assert (await desk.js.stream_info("DESK")).state.messages == 1


async def test_what_no_update_can_mend_is_refused_with_an_instruction(desk: Bus) -> None:
    await desk.js.add_stream(StreamConfig(name="DESK", subjects=["desk.>"], retention="workqueue"))  # type: ignore[arg-type]
    with pytest.raises(
        TopologyError, match=r"retention is 'workqueue', needed is 'limits'.*nats stream rm DESK.*migrate apply"
    ):
        await apply(desk.client, topology(desk.settings, STAGES))
    assert len(await desk.js.streams_info()) == 1, "nothing was changed"


async def test_a_stage_stops_at_its_start_and_names_what_differs(desk: Bus) -> None:
    broker = stage("demo", desk.settings, Owner(), (Owner.answer,))
    with pytest.raises(TopologyError, match=r"(?s)migrate apply.*stream DESK is missing.*consumer demo-asked.*is missing"):
        await broker.start()
    await desk.provision(ack_wait=timedelta(seconds=3))
    broker = stage("demo", bus(desk.server.url), Owner(), (Owner.answer,))
    with pytest.raises(TopologyError, match="ack_wait is 3000000000, needed is 1000000000"):
        await broker.start()
    assert broker.problem == "not connected to NATS"


async def test_status_counts_and_tells_what_is_missing_or_unknown(desk: Bus) -> None:
    wanted = topology(desk.settings, STAGES)
    assert (await status(desk.client, wanted)).missing[0] == "stream DESK"
    await desk.provision()
    await desk.js.pull_subscribe("desk.v1.old.*", durable="demo-old", stream="DESK")
    await desk.ask("one", "two")
    found = await status(desk.client, wanted)
    assert (found.missing, found.unknown) == ((), ("DESK/demo-old",))
    assert found.streams["DESK"]["messages"] == 2
    assert found.consumers["DESK/demo-asked"] == {"num_pending": 2, "num_ack_pending": 0, "num_redelivered": 0}
    assert found.version.startswith("2.")


@pytest.fixture
async def old_server() -> AsyncIterator[str]:
    """Speaks just enough of the protocol to be connected to, and says it is Debian's 2.9.10."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        info = b'INFO {"server_id":"x","version":"2.9.10","proto":1,"headers":true,"jetstream":true,"max_payload":1048576}\r\n'
        writer.write(info)
        while line := await reader.readline():
            if line.startswith(b"PING"):
                writer.write(b"PONG\r\n")
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    yield f"nats://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    server.close()


async def test_an_old_server_is_refused_by_provisioner_and_stage(old_server: str) -> None:
    settings = bus(old_server)
    async with connected(settings, "test") as client:
        with pytest.raises(TopologyError, match=r"2\.9\.10 is too old: 2\.14 or later"):
            await apply(client, topology(settings, STAGES))
    with pytest.raises(TopologyError, match="too old"):
        await stage("demo", settings, Owner(), (Owner.answer,)).start()


async def test_a_setting_that_the_server_drops_is_noticed(desk: Bus, monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = topology(desk.settings, STAGES)
    wanted.streams[0].config["a_setting_of_tomorrow"] = True
    answer = desk.client.request

    async def lenient(subject: str, payload: bytes = b"", **rest: Any) -> Any:
        return await answer(subject, payload.replace(b', "a_setting_of_tomorrow": true', b""), **rest)

    monkeypatch.setattr(desk.client, "request", lenient)  # 2.9 took what it did not know; today's server says so
    with pytest.raises(TopologyError, match="a_setting_of_tomorrow is None, needed is True"):
        await apply(desk.client, wanted)


async def test_without_jetstream_or_without_a_server_the_message_says_so(desk: Bus) -> None:
    gone = bus("nats://127.0.0.1:9")
    with pytest.raises(ConfigurationError, match="FRONTDESK_NATS_URL"):
        async with connected(gone, "test"):
            pass
