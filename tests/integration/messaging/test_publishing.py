"""Publishing without a cause, live messages, and the events of backends."""

import asyncio
import json
from datetime import timedelta
from uuid import UUID

import pytest
from nats.js.api import StreamConfig

from shared.contracts.backend import BackendEvent
from shared.contracts.reply import NoticeDue
from shared.contracts.tool import ToolSpec
from shared.errors import Rejected, Retryable, TopologyError
from shared.messaging import Limits, Publisher, StageBroker, connected, live_subject, stage
from shared.messaging.catalogue import CATALOGUE_CHANGED, get_tools, put_tools
from tests.integration.messaging.conftest import Bus, Running
from tests.integration.messaging.sample import Answered, Asked, Owner, asked
from tests.waiting import until

QUICK = Limits(attempts=3, patience=4, expires=4.0, idle_heartbeat=0.5)


async def test_an_event_is_stored_once_with_its_id_and_headers(desk: Bus) -> None:
    settings = await desk.provision()
    async with connected(settings, "test") as client:
        publisher = Publisher.on(client)
        for _ in range(2):
            await publisher.publish(asked("hi"), headers={"traceparent": "00-1-2-01"})
    [stored] = await desk.stored("desk.v1.asked.c1")
    assert stored.headers == {"Nats-Msg-Id": asked("hi").id, "traceparent": "00-1-2-01"}
    assert Asked.model_validate_json(stored.data or b"") == asked("hi")


async def test_it_says_so_when_nothing_can_be_promised(desk: Bus) -> None:
    with pytest.raises(Retryable, match="not connected"):
        await Publisher().publish(asked("hi"))
    async with connected(desk.settings, "test") as client:
        publisher = Publisher.on(client)
        with pytest.raises(Retryable, match=r"no stream takes desk\.v1\.asked\.c1"):
            await publisher.publish(asked("hi"))
        with pytest.raises(ValueError, match="has no id"):
            await publisher.publish(Asked(conversation="c1", epoch=1, text="hi"))
        await desk.provision()
        with pytest.raises(Rejected):
            await publisher.publish(asked("x" * 600_000))
        with pytest.raises(Rejected):
            await publisher.publish(asked("x" * 1_200_000))
        desk.server.kill()
        with pytest.raises(Retryable):
            await publisher.publish(asked("hi"))


async def test_a_full_stream_refuses_and_drops_nothing(desk: Bus) -> None:
    settings = await desk.provision()
    await desk.ask("one")
    config: StreamConfig = (await desk.js.stream_info("DESK")).config
    await desk.js.update_stream(config, max_msgs=1)
    async with connected(settings, "test") as client:
        with pytest.raises(Retryable, match="maximum messages exceeded"):
            await Publisher.on(client).publish(asked("two"))
    assert len(await desk.stored("desk.")) == 1


class Streaming:
    """Sends deltas, then the event that ends its turn, as the agent does."""

    def __init__(self, publisher: Publisher) -> None:
        self.publisher = publisher

    async def answer(self, event: Asked) -> Answered:
        for number in range(50):
            await self.publisher.live(live_subject(event.conversation, "delta"), str(number).encode())
        return Answered(conversation=event.conversation, epoch=event.epoch, text="done")


async def test_deltas_arrive_in_order_and_before_the_end_of_their_turn(desk: Bus, running: Running) -> None:
    settings = await desk.provision((Streaming.answer,))
    publisher = Publisher()
    await running(stage("demo", settings, Streaming(publisher), (Streaming.answer,), limits=QUICK, publisher=publisher))
    heard: list[str] = []
    async with connected(settings, "test") as client:
        ears = Publisher.on(client)

        async def on_message(subject: str, data: bytes) -> None:
            if subject.startswith("desk.v1.answered."):
                heard.append(subject)
            elif subject.startswith("live."):
                heard.append(data.decode())
            if data == b"7":
                raise KeyError("a listener's own bug")

        await ears.listen(">", on_message)  # one subscription: there is no order between two
        await client.flush()
        await desk.ask("go")
        await until(lambda: "desk.v1.answered.c1" in heard)
    assert heard == [*map(str, range(50)), "desk.v1.answered.c1"]


async def test_live_messages_are_dropped_not_kept_while_the_server_is_away(desk: Bus) -> None:
    await Publisher().live("live.c1.delta", b"nobody is connected")
    async with connected(desk.settings, "test") as client:
        publisher = Publisher.on(client)
        desk.server.kill()
        await until(lambda: not client.is_connected)
        for _ in range(10_000):
            await asyncio.wait_for(publisher.live("live.c1.delta", b"x" * 1000), 1)
        assert client.pending_data_size < 1000


class Desk:
    def __init__(self) -> None:
        self.seen: list[BackendEvent] = []

    async def receive(self, event: BackendEvent) -> NoticeDue | None:
        self.seen.append(event)
        if event.type == "shop.broken":
            raise Rejected("no such customer")
        return NoticeDue(conversation="c9", epoch=4, reason="event") if event.subject else None


SHIPPED = {"specversion": "1.0", "id": "e-1", "source": "/shop", "type": "shop.order.shipped", "subject": "cust-1"}


async def test_backend_events_come_structured_or_binary_and_are_one_event(desk: Bus, running: Running) -> None:
    settings, owner = await desk.provision((Desk.receive,)), Desk()
    broker: StageBroker = await running(stage("demo", settings, owner, (Desk.receive,), limits=QUICK))
    assert broker.consumers[0].durable == "demo-backend-event"
    structured = json.dumps(SHIPPED | {"data": {"order": "ORD-1"}, "unknownattr": "x"}).encode()
    await desk.js.publish("events.shop.order.shipped", structured)
    binary = {f"ce-{key}": value for key, value in SHIPPED.items()} | {"content-type": "application/json"}
    await desk.js.publish("events.shop.order.shipped", b'{"order":"ORD-1"}', headers=binary)
    await until(lambda: len(owner.seen) == 2)
    first, second = owner.seen
    assert first.data == second.data == {"order": "ORD-1"}
    assert (second.id, second.source, second.type, second.subject) == ("e-1", "/shop", "shop.order.shipped", "cust-1")
    await until(desk.settled_backend)
    [notice] = await desk.stored("desk.v1.notice-due.c9")
    assert UUID((notice.headers or {})["Nats-Msg-Id"]), "its id derives from source and id, so the second was swallowed"


async def test_a_backend_event_that_is_none_is_dead_lettered_without_a_notice(desk: Bus, running: Running) -> None:
    settings = await desk.provision((Desk.receive,))
    await running(stage("demo", settings, Desk(), (Desk.receive,), limits=QUICK))
    await desk.js.publish("events.x", b"\x00\x01")
    await desk.js.publish("events.x", b"[1]", headers={"ce-specversion": "1.0", "ce-id": "1"})
    await desk.js.publish("events.x", b"not json", headers={f"ce-{key}": value for key, value in SHIPPED.items()})
    await desk.js.publish("events.x", json.dumps(SHIPPED | {"type": "shop.broken"}).encode())
    await until(desk.settled_backend)
    dead = await desk.dead()
    assert [(each.headers or {})["Desk-Error"] for each in dead] == ["ValidationError"] * 2 + ["Rejected"] * 2
    assert {each.subject for each in dead} == {"dlq.events.x"}
    assert (await desk.js.stream_info("DESK")).state.messages == 0


async def test_headers_of_a_backend_cannot_steer_the_server_or_keep_it_unburied(desk: Bus, running: Running) -> None:
    settings = await desk.provision((Desk.receive,))
    await desk.js.add_stream(StreamConfig(name="HOLD", subjects=["hold"]))
    await running(stage("demo", settings, Desk(), (Desk.receive,), limits=QUICK))
    evil = b"Nats-Expected-Last-Msg-Id:\r\nNats-Rollup: \r\nreply_to: hold\r\nDesk-Stream: DESK\r\nBad(Key): x\r\n"
    await _raw_publish(desk.server.port, "events.x", evil + b"Latin: \xfc\r\n", b"nonsense")
    await until(lambda: _count(desk, 1))
    await _raw_publish(desk.server.port, "events.x", b"", b"nonsense")
    await until(lambda: _count(desk, 2))
    first, _ = await desk.dead()
    assert (first.headers or {})["Desk-Stream"] == "DESK_EVENTS"
    assert first.data == b"nonsense"
    assert (await desk.js.stream_info("HOLD")).state.messages == 0


async def _count(desk: Bus, number: int) -> bool:
    return len(await desk.dead()) == number and await desk.settled_backend()


async def _raw_publish(port: int, subject: str, headers: bytes, body: bytes) -> None:
    """What a client in any language may send: header lines as they are."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    await reader.readline()
    head = b"NATS/1.0\r\n" + headers + b"\r\n"
    writer.write(b'CONNECT {"headers":true,"verbose":false}\r\n')
    writer.write(f"HPUB {subject} {len(head)} {len(head) + len(body)}\r\n".encode() + head + body + b"\r\nPING\r\n")
    while (line := await reader.readline()) != b"PONG\r\n":
        assert not line.startswith(b"-ERR"), line
    writer.close()
    await writer.wait_closed()


async def test_an_output_that_cannot_be_stored_keeps_its_cause(desk: Bus, running: Running) -> None:
    settings, owner = await desk.provision(ack_wait=timedelta(seconds=2)), Owner()
    await running(stage("demo", settings, owner, (Owner.answer,), limits=Limits(expires=4.0, idle_heartbeat=0.5)))
    config: StreamConfig = (await desk.js.stream_info("DESK")).config
    await desk.js.update_stream(config, max_msgs=1)
    await desk.ask("hi")
    await until(lambda: len(owner.ended) >= 2)
    assert not await desk.settled()
    await desk.js.update_stream(config, max_msgs=-1)
    await until(desk.settled)
    assert len(await desk.stored("desk.v1.answered.")) == 1


async def test_tools_are_catalogued_and_a_change_is_heard(desk: Bus) -> None:
    settings = await desk.provision()
    heard: list[str] = []
    async with connected(settings, "test") as client:
        await Publisher.on(client).listen(CATALOGUE_CHANGED, lambda subject, _: heard.append(subject))
        assert await get_tools(client) is None
        refund = ToolSpec(name="refund_order", description="Refunds.", parameters={"type": "object"}, kind="effect")
        specs = (refund, refund.model_copy(update={"name": "check_order_status"}))
        for _ in range(2):
            await put_tools(client, specs)
            assert await get_tools(client) == specs
        await put_tools(client, specs[:1])
        assert await get_tools(client) == specs[:1]
        await until(lambda: len(heard) == 2, 2)
        await desk.js.delete_key_value("desk-tools")
        with pytest.raises(TopologyError, match="migrate apply"):
            await get_tools(client)
