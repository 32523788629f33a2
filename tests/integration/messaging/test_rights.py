"""Credentials with exactly the subjects of one service, and a connection that can no longer be trusted."""

import asyncio
import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import nats
import nkeys
import pytest
from pydantic import SecretStr

from shared.errors import ConfigurationError
from shared.messaging import Limits, Publisher, StageBroker, connected, stage, topology
from shared.messaging.provision import apply
from tests.integration.messaging.sample import Owner, asked, bus
from tests.servers import NatsServer, nats_server_in
from tests.waiting import until

DEMO = {
    "publish": [
        "$JS.API.STREAM.INFO.*",
        "$JS.API.CONSUMER.INFO.DESK.demo-asked",
        "$JS.API.CONSUMER.MSG.NEXT.DESK.demo-asked",
        "$JS.ACK.DESK.demo-asked.>",
        "desk.v1.answered.*",
        "desk.v1.notice-due.*",
        "dlq.desk.v1.asked.*",
    ],
    "subscribe": ["_INBOX_demo.>"],
}
USERS = [{"user": "demo", "password": "demo-secret", "permissions": DEMO}, {"user": "root", "password": "root-secret"}]
QUICK = Limits(expires=4.0, idle_heartbeat=0.5)


@pytest.fixture
def guarded(tmp_path: Path) -> Iterator[NatsServer]:
    with nats_server_in(tmp_path, {"authorization": {"users": USERS}}) as server:
        yield server


@pytest.fixture
async def root(guarded: NatsServer) -> AsyncIterator[nats.NATS]:
    client = await nats.connect(guarded.url, user="root", password="root-secret")
    await apply(client, topology(bus(guarded.url), {"demo": (Owner.answer,)}))
    yield client
    await client.close()


def demo(server: NatsServer, owner: Owner, fatal: list[str], **more: Any) -> StageBroker:
    login = {"user": "demo", "password": SecretStr("demo-secret"), "inbox_prefix": "_INBOX_demo"}
    settings = bus(server.url, **login | more.pop("login", {}))
    return stage("demo", settings, owner, (Owner.answer,), limits=QUICK, on_fatal=fatal.append, **more)


async def test_a_stage_lives_on_its_own_subjects_and_its_own_inbox(guarded: NatsServer, root: nats.NATS) -> None:
    owner, fatal = Owner(), list[str]()
    broker = demo(guarded, owner, fatal)
    await broker.start()
    for event in (asked("hi"), asked("poison"), asked("flaky")):
        await root.jetstream().publish("desk.v1.asked.c1", event.model_dump_json().encode())
    await until(lambda: sorted(owner.ended) == ["flaky", "hi"])
    await until(lambda: not any(each.running_jobs for each in broker.consumers))
    await broker.stop()
    stored = (await root.jetstream().stream_info("DESK", subjects_filter=">")).state.subjects
    assert stored == {"desk.v1.asked.c1": 3, "desk.v1.answered.c1": 2, "desk.v1.notice-due.c1": 1}
    assert (await root.jetstream().stream_info("DESK_DLQ")).state.messages == 1
    assert fatal == []


async def test_a_forbidden_publish_is_fatal_not_silent(guarded: NatsServer, root: nats.NATS) -> None:
    fatal, publisher = list[str](), Publisher()
    broker = demo(guarded, Owner(), fatal, publisher=publisher)
    await broker.start()
    await publisher.live("live.c1.delta", b"{}")  # core NATS: returns as if it had been sent
    await until(lambda: fatal)
    assert 'permissions violation for publish to "live.c1.delta"' in fatal[0]
    assert "forbids" in broker.problem
    await broker.stop()


async def test_a_wrong_password_is_fatal(guarded: NatsServer, root: nats.NATS) -> None:
    settings = bus(guarded.url, user="demo", password=SecretStr("wrong"))
    with pytest.raises(ConfigurationError, match="Authorization Violation"):
        async with connected(settings, "test"):
            pass
    fatal: list[str] = []
    with pytest.raises(ConfigurationError, match="Authorization Violation"):
        await asyncio.wait_for(demo(guarded, Owner(), fatal, login={"password": SecretStr("wrong")}).start(), 5)
    assert fatal == [], "a start that fails says so itself"


async def test_a_stage_that_may_not_look_says_what_it_needs(guarded: NatsServer, root: nats.NATS) -> None:
    broker = stage("other", bus(guarded.url, user="demo", password=SecretStr("demo-secret")), Owner(), (Owner.answer,))
    with pytest.raises(ConfigurationError, match='permissions violation for subscription to "_inbox'):
        await asyncio.wait_for(broker.start(), 5)


async def test_an_nkey_or_a_wrong_one(tmp_path: Path) -> None:
    seeds = [nkeys.encode_seed(os.urandom(32), nkeys.PREFIX_BYTE_USER) for _ in range(2)]
    public = nkeys.from_seed(seeds[0]).public_key.decode()
    with nats_server_in(tmp_path, {"authorization": {"users": [{"nkey": public}]}}) as server:
        async with connected(bus(server.url, nkey=SecretStr(seeds[0].decode())), "test") as client:
            await apply(client, topology(bus(server.url), {"demo": (Owner.answer,)}))
        with pytest.raises(ConfigurationError, match="Authorization Violation"):
            async with connected(bus(server.url, nkey=SecretStr(seeds[1].decode())), "test"):
                pass


async def test_a_connection_closed_by_nobody_ends_the_process(guarded: NatsServer, root: nats.NATS) -> None:
    fatal: list[str] = []
    broker = demo(guarded, Owner(), fatal)
    await broker.start()
    client = await broker.connect()
    await client.close()
    assert fatal == ["the connection to NATS was closed"]
    assert broker.problem == "the connection to NATS was closed"
    await broker.stop()
