"""The sender of webhooks against a receiver of its own: what it connects to, what it sends, what it believes."""

import asyncio
import datetime as dt
import ssl
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from standardwebhooks.webhooks import Webhook

from services.actions.webhooks import sender
from services.actions.webhooks.addresses import Target
from services.actions.webhooks.sender import Destination, Undelivered, Webhooks
from services.actions.webhooks.signing import parse_secret
from shared.errors import Retryable

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
HOST = "hooks.example.com"


class Receiver:
    """Answers with `status` (and a location, or a long body), after `delay`; keeps what came."""

    def __init__(self) -> None:
        self.heads: list[str] = []
        self.bodies: list[bytes] = []
        self.names: list[str | None] = []
        self.answer = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok"
        self.delay, self.connections, self.port, self.sent = 0.0, 0, 0, 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode()
            length = int(next(line for line in head.lower().split("\r\n") if line.startswith("content-length")).split(":")[1])
            self.heads.append(head)
            self.bodies.append(await reader.readexactly(length))
            await asyncio.sleep(self.delay)
            for start in range(0, len(self.answer), 16384):
                writer.write(self.answer[start : start + 16384])
                await writer.drain()
                self.sent += 16384
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    made = Receiver()
    server = await asyncio.start_server(made.serve, "127.0.0.1", 0)
    made.port = server.sockets[0].getsockname()[1]
    async with server:
        yield made


def webhooks(receiver: Receiver, url: str = "", **more: Any) -> Webhooks:
    url = url or f"http://127.0.0.1:{receiver.port}/in?x=1"
    loopback = more.pop("loopback", True)
    return Webhooks({"desk": Destination("desk", url, parse_secret(SECRET), loopback)}, **more)


async def test_it_is_signed_whole_and_names_its_receiver(receiver: Receiver) -> None:
    await webhooks(receiver).send("desk", "msg_1", {"type": "x", "text": "Grüße"})
    head, body = receiver.heads[0], receiver.bodies[0]
    assert head.startswith("POST /in?x=1 HTTP/1.1\r\n")
    sent = {key.lower(): value for key, _, value in (line.partition(": ") for line in head.split("\r\n")[1:])}
    assert sent["host"] == f"127.0.0.1:{receiver.port}"
    assert Webhook(SECRET).verify(body, sent) == {"type": "x", "text": "Grüße"}
    assert abs(int(sent["webhook-timestamp"]) - time.time()) < 5
    assert sent["webhook-id"] == "msg_1"


@pytest.mark.parametrize(
    ("status", "raised"),
    [
        (204, None),
        *((status, Undelivered) for status in (301, 302, 307, 400, 401, 404, 410)),
        *((status, Retryable) for status in (408, 429, 500, 502, 503)),
    ],
)
async def test_only_a_2xx_is_a_receipt_and_no_redirect_is_followed(
    status: int, raised: type[Exception] | None, receiver: Receiver
) -> None:
    location = f"location: http://127.0.0.1:{receiver.port}/elsewhere\r\n"
    receiver.answer = f"HTTP/1.1 {status} X\r\n{location}content-length: 0\r\n\r\n".encode()
    if raised:
        with pytest.raises(raised):
            await webhooks(receiver).send("desk", "msg_1", {})
    else:
        await webhooks(receiver).send("desk", "msg_1", {})
    assert receiver.connections == 1


async def test_a_long_answer_is_not_read(receiver: Receiver) -> None:
    receiver.answer = b"HTTP/1.1 200 OK\r\n\r\n" + b"x" * (32 << 20)
    await webhooks(receiver).send("desk", "msg_1", {})
    assert receiver.sent < 16 << 20


async def test_a_slow_or_dead_receiver_may_have_got_it(receiver: Receiver, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sender, "TIMEOUT", 0.2)
    receiver.delay = 2.0
    with pytest.raises(Retryable):
        await webhooks(receiver).send("desk", "msg_1", {})
    receiver.delay, receiver.answer = 0.0, b""
    with pytest.raises(Retryable):
        await webhooks(receiver).send("desk", "msg_1", {})


async def test_a_receiver_that_is_down_holds_no_worker_that_another_one_needs(receiver: Receiver) -> None:
    address = f"http://127.0.0.1:{receiver.port}/in"
    down, well = (Destination(name, address, parse_secret(SECRET), loopback=True) for name in ("down", "well"))
    both = Webhooks({"down": down, "well": well})
    receiver.answer = b"HTTP/1.1 503 X\r\ncontent-length: 0\r\n\r\n"
    for _ in range(8):
        with pytest.raises(Retryable):
            await both.send("down", "msg_1", {})
    assert receiver.connections == 5
    assert list(both.problems) == ["webhook down"]
    receiver.answer = b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n"
    await both.send("well", "msg_2", {})


async def test_an_unknown_destination_is_no_destination(receiver: Receiver) -> None:
    with pytest.raises(Undelivered):
        await webhooks(receiver).send("elsewhere", "msg_1", {})


@pytest.mark.parametrize("inside", ["127.0.0.1", "10.0.0.1", "169.254.169.254", "::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1"])
async def test_a_name_that_leads_inside_is_not_connected_to(inside: str, receiver: Receiver) -> None:
    asked: list[str] = []

    async def resolve(host: str, port: int) -> list[str]:
        asked.append(host)
        return ["93.184.215.14", inside]

    with pytest.raises(Undelivered, match="not public"):
        await webhooks(receiver, f"https://{HOST}/", loopback=False, resolve=resolve).send("desk", "msg_1", {})
    assert asked == [HOST]
    assert receiver.connections == 0


async def test_the_checked_address_is_connected_to_with_the_name_kept_and_its_certificate_proved(
    receiver: Receiver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The name is asked for once: what a second look-up would say (rebinding) does not matter."""
    certificate = self_signed(tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    context.sni_callback = lambda _socket, name, _context: receiver.names.append(name)
    server = await asyncio.start_server(receiver.serve, "127.0.0.1", 0, ssl=context)
    port = server.sockets[0].getsockname()[1]
    answers = [["127.0.0.1"], ["10.0.0.1"]]

    async def resolve(host: str, _: int) -> list[str]:
        return answers.pop(0)

    # The rules themselves are tested in test_addresses.py; here they let one loopback address pass as public.
    monkeypatch.setattr(sender, "check_url", lambda url, loopback: Target("https", HOST, port, "/in"))
    monkeypatch.setattr(sender, "choose", lambda _, resolved: resolved[0])
    async with server:
        trusting = ssl.create_default_context(cafile=str(certificate))
        await webhooks(receiver, loopback=False, resolve=resolve, trust=trusting).send("desk", "msg_1", {})
        assert receiver.names == [HOST]
        assert f"host: {HOST}:{port}\r\n" in receiver.heads[0].lower()
        assert answers == [["10.0.0.1"]]
        answers[:] = [["127.0.0.1"]]
        with pytest.raises(Retryable):  # nobody vouches for this certificate
            await webhooks(receiver, loopback=False, resolve=resolve).send("desk", "msg_2", {})
        assert len(receiver.heads) == 1


def self_signed(folder: Path) -> Path:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HOST)])
    now = dt.datetime.now(dt.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(HOST)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    path = folder / "receiver.pem"
    path.write_bytes(private + certificate.public_bytes(serialization.Encoding.PEM))
    return path
