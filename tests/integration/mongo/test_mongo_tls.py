"""TLS as a company sets it: whom we trust, who we are, and what is told when one of both is wrong."""

import asyncio
import ssl
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from shared.errors import ConfigurationError, StoreUnavailable
from shared.stores.customers import Memory
from shared.stores.mongo.settings import MongoSettings
from shared.stores.open import migrate_records, open_records
from tests.integration.mongo.certificates import Authority, Pair
from tests.integration.mongo.proxy import Proxy, proxy_before
from tests.mongo import MongoServer


@dataclass
class X509(Proxy):
    """Answers `authenticate` for the server, and cuts whoever asks for anything before it:
    https://github.com/mongodb/specifications/blob/master/source/auth/auth.md#mongodb-x509
    """

    known: dict[asyncio.StreamWriter, str] = field(default_factory=dict)

    def instead(self, command: str, client: asyncio.StreamWriter) -> dict | None:
        if command == "authenticate":
            subject = dict(part[0] for part in client.get_extra_info("peercert")["subject"])
            self.known[client] = subject["commonName"]
            return {"ok": 1.0, "dbname": "$external"}
        if command not in ("", "hello", "ismaster", "isMaster") and client not in self.known:
            raise ConnectionRefusedError
        return None


@pytest.fixture
def authority(tmp_path: Path) -> Authority:
    return Authority(tmp_path)


@pytest.fixture
def tls_server(mongo_server: MongoServer, authority: Authority) -> MongoServer:
    """Speaks TLS only, and only with clients that show a certificate of the authority."""
    own = authority.issue("server")
    mongo_server.stop()
    files = ["--tls-cert-file", str(own.certificate), "--tls-key-file", str(own.key), "--tls-ca-file", str(authority.path)]
    mongo_server.start(*files, "--tls-require-client-cert")
    return mongo_server


async def writes_and_reads(url: str, settings: MongoSettings) -> None:
    assert await migrate_records(url, settings, do=True)
    records = await open_records(url, settings)
    memory = Memory(id="a", at=1.0, customer="c", text="there")
    assert await records.insert(memory)
    assert await records.get(Memory, "a") == memory
    await records.close()


@pytest.mark.parametrize("password", ["", "of the key"])
async def test_both_sides_show_a_certificate(tls_server: MongoServer, authority: Authority, password: str) -> None:
    own = authority.issue("frontdesk", password)
    settings = MongoSettings(
        tls=True, tls_ca_file=authority.path, tls_certificate_key_file=own.both, tls_certificate_key_file_password=password
    )
    await writes_and_reads(tls_server.url, settings)


async def test_whom_we_do_not_trust_gets_nothing_and_is_named(
    tls_server: MongoServer, authority: Authority, tmp_path: Path
) -> None:
    own = authority.issue("frontdesk")
    stranger = Authority(tmp_path, "stranger")
    trusting_others = MongoSettings(timeout=1, tls=True, tls_ca_file=stranger.path, tls_certificate_key_file=own.both)
    with pytest.raises(StoreUnavailable, match="certificate verify failed"):
        await open_records(tls_server.url, trusting_others)
    for refused in (
        MongoSettings(timeout=1, tls=True, tls_ca_file=authority.path),
        MongoSettings(timeout=1, tls=True, tls_ca_file=authority.path, tls_certificate_key_file=stranger.issue("nobody").both),
        MongoSettings(timeout=1),
    ):
        with pytest.raises(StoreUnavailable):
            await open_records(tls_server.url, refused)


@pytest.mark.parametrize("wrong", ["no such file", "no certificate", "wrong password"])
async def test_a_file_that_cannot_be_used_stops_the_start(tmp_path: Path, authority: Authority, wrong: str) -> None:
    file, password = tmp_path / "own.pem", None
    if wrong == "no certificate":
        file.write_text("nothing of the kind")
    if wrong == "wrong password":
        file, password = authority.issue("frontdesk", "right").both, "wr0ng"
    settings = MongoSettings(tls=True, tls_certificate_key_file=file, tls_certificate_key_file_password=password)
    with pytest.raises(ConfigurationError, match="FRONTDESK_MONGODB_") as refused:
        await open_records("mongodb://127.0.0.1:1/", settings)
    assert "wr0ng" not in repr(refused.value)


async def test_the_certificate_is_who_we_are(mongo_url: str, authority: Authority) -> None:
    """The stand-in checks certificates, but knows no users by them: the proxy before it does as MongoDB does."""
    own = authority.issue("frontdesk")
    async with proxy_before(mongo_url, X509, listening(authority, authority.issue("server"))) as proxy:
        url = f"mongodb://127.0.0.1:{proxy.port}/x509?directConnection=true"
        settings = MongoSettings(
            tls=True, tls_ca_file=authority.path, tls_certificate_key_file=own.both, auth_mechanism="MONGODB-X509"
        )
        await writes_and_reads(url, settings)
        assert set(proxy.known.values()) == {"frontdesk"}


def listening(authority: Authority, own: Pair) -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH, cafile=str(authority.path))
    context.load_cert_chain(own.certificate, own.key)
    context.verify_mode = ssl.CERT_REQUIRED
    return context
