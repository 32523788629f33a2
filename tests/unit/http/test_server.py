"""The server under all doors: who it says is calling, and how its answers leave."""

import asyncio

from services.dev.environment import free_port
from services.http import GatheringTransport, Server


async def asked(app, request: bytes) -> bytes:
    port = free_port()
    async with Server(app, "127.0.0.1", port):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(request)
        try:
            return await reader.read()
        finally:
            writer.close()
            await writer.wait_closed()


async def test_what_a_stranger_writes_into_a_header_is_not_their_address():
    async def app(scope, receive, send):
        body = f"{scope['client'][0]} {scope['scheme']}".encode()
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"%d" % len(body))]})
        await send({"type": "http.response.body", "body": body})

    forged = (
        b"GET / HTTP/1.1\r\nhost: desk\r\nconnection: close\r\nx-forwarded-for: 10.9.8.7\r\nx-forwarded-proto: https\r\n\r\n"
    )
    assert (await asked(app, forged)).endswith(b"\r\n\r\n127.0.0.1 http")


async def test_a_stream_leaves_as_it_comes_and_whole():
    async def app(scope, receive, send):
        await send({"type": "http.response.start", "status": 200, "headers": []})
        for number in range(3):
            await send({"type": "http.response.body", "body": b"%d" % number * 100_000, "more_body": True})
            await asyncio.sleep(0)
        await send({"type": "http.response.body", "body": b"end"})

    _, body = (await asked(app, b"GET / HTTP/1.1\r\nhost: desk\r\nconnection: close\r\n\r\n")).split(b"\r\n\r\n", 1)
    assert body == b"".join(b"186a0\r\n%b\r\n" % (b"%d" % number * 100_000) for number in range(3)) + b"3\r\nend\r\n0\r\n\r\n"


class Wire(asyncio.Transport):
    def __init__(self):
        super().__init__()
        self.written: list[bytes] = []
        self.closed = False

    def write(self, data):
        assert not self.closed
        self.written.append(bytes(data))

    def close(self):
        self.closed = True


async def test_what_is_written_in_one_tick_of_the_loop_leaves_in_one_write():
    wire = Wire()
    transport = GatheringTransport(wire, asyncio.get_running_loop())
    transport.write(b"head ")
    transport.write(b"body")
    assert wire.written == []
    await asyncio.sleep(0)
    assert wire.written == [b"head body"]
    transport.write(b"last")
    transport.close()
    assert wire.written == [b"head body", b"last"]
    assert wire.closed
    await asyncio.sleep(0)
    assert wire.written == [b"head body", b"last"]
