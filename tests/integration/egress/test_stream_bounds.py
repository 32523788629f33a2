"""Streams have an end: slow clients, too many of them, sessions that run out, processes that stop."""

import asyncio
import contextlib

import pytest

from tests.integration.egress.conftest import Opening, Running, token
from tests.integration.egress.listener import listening
from tests.unit.egress.stand import drafted
from tests.waiting import until


@pytest.fixture
async def desk(opening: Opening) -> Running:
    desk = await opening()
    await desk.stand.open()
    return desk


async def test_a_client_that_does_not_read_is_bounded_and_then_closed(opening: Opening) -> None:
    desk = await opening(stream_patience=0.5, stream_deltas=64)
    await desk.stand.open()
    await desk.stand.ask("m1")
    host, port = desk.url.removeprefix("http://").split(":")
    reader, writer = await asyncio.open_connection(host, int(port), limit=1024)
    head = (
        f"GET /v1/conversations/c1/events HTTP/1.1\r\nhost: {host}\r\nauthorization: {desk.bearer()['authorization']}\r\n\r\n"
    )
    writer.write(head.encode())
    await reader.readuntil(b"\r\n\r\n")
    boxes = desk.stage.closing.__self__._boxes  # type: ignore[attr-defined]
    (box,) = await until(lambda: boxes.get("c1"))
    for number in range(4000):  # 16 MB, in runs of four: each begins a preview, so that a lost delta does not end it all
        await desk.delta(1, number % 4, "x" * 4000, run=f"r{number // 4}")
        if number % 50 == 0:
            await desk.client.flush()
            await asyncio.sleep(0.001)
        assert len(box._deltas) <= 64
        assert box._length <= 65_536
    await until(lambda: not boxes, timeout=10)
    writer.close()
    with contextlib.suppress(ConnectionError):
        await writer.wait_closed()


async def test_a_slow_client_loses_its_preview_and_no_answer(opening: Opening) -> None:
    desk = await opening(stream_deltas=4)
    await desk.stand.open()
    async with desk.http(headers=desk.bearer()) as http, listening(http) as heard:
        await desk.stand.ask("m1")
        for number in range(500):
            await desk.delta(1, number, f"{number} ")
        await desk.publish(drafted(1, "whole"))
        reply = await heard.until("reply")
        assert reply.data["text"] == "whole"
        shown = "".join(each.data["text"] for each in heard.named("delta"))
        assert "".join(f"{number} " for number in range(500)).startswith(shown), "a preview has no holes"


async def test_who_leaves_is_forgotten(desk: Running) -> None:
    boxes = desk.stage.closing.__self__._boxes  # type: ignore[attr-defined]
    async with desk.http(headers=desk.bearer()) as http, listening(http):
        await until(lambda: "c1" in boxes)
    await until(lambda: not boxes)


async def test_room_for_streams_is_bounded(opening: Opening) -> None:
    desk = await opening(streams_of_conversation=1, streams_of_process=2)
    for id in ("c1", "c2", "c3"):
        await desk.stand.open(id)
    async with desk.http(headers=desk.bearer()) as http, listening(http), listening(http, "/v1/conversations/c2/events"):
        answer = await http.get("/v1/conversations/c1/events")
        assert (answer.status_code, answer.headers["retry-after"]) == (429, "5")
        assert (await http.get("/v1/conversations/c3/events")).status_code == 503


async def test_a_stop_ends_the_streams_so_that_clients_come_again(desk: Running) -> None:
    async with desk.http(headers=desk.bearer()) as http, listening(http) as heard:
        await desk.stand.ask("m1")
        await desk.delta(1, 0, "x ")
        await heard.until("delta")
        desk.stage.closing()
        farewell = await heard.until("error")
        assert farewell.data["code"] == "draining"
        assert farewell.data["retry_after"] > 0
        await until(lambda: heard.ended)
        async with listening(http) as late:
            await until(lambda: late.ended)


async def test_a_stream_lasts_no_longer_than_its_session(opening: Opening) -> None:
    desk = await opening(stream_heartbeat=0.1)
    await desk.stand.open()
    headers = {"authorization": f"Bearer {token('u1', lifetime=2.0)}"}
    async with desk.http(headers=headers) as http, listening(http) as heard:
        farewell = await heard.until("error")
        assert farewell.data["code"] == "expired"
        await until(lambda: heard.ended)
