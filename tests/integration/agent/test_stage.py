"""The agent on a real broker: the catalogue of tools, and a model that is away, back, or never ends."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from time import time
from typing import Any

import pytest
from prometheus_client import REGISTRY

from services.agent.app import HANDLERS, open_stage
from services.agent.catalogue import BucketCatalogue
from services.agent.settings import AgentSettings
from shared.assistant import load
from shared.contracts import ActionCompleted, Customer, Delta, LookupRequested, ReplyDrafted, ToolSpec, TurnAssembled
from shared.errors import Retryable, TopologyError
from shared.lane.admission import admit
from shared.lane.documents import Item, Turn, opened
from shared.messaging import Publisher
from shared.messaging.catalogue import get_tools, put_tools
from shared.platform import Platform
from shared.stores.open import open_records
from shared.telemetry import names
from tests.integration.agent.conftest import HEAD, ModelServer, calls_tool, endless, raw, status, streams
from tests.integration.stagehand import Stagehand, provisioned
from tests.servers import NatsServer
from tests.waiting import until

CUSTOMER = Customer(id="cus_demo", assurance="verified")
SCHEMA = {"type": "object", "properties": {"order_id": {"type": "string"}}, "additionalProperties": False}
TOOL = ToolSpec(name="check_order_status", description="Tells the status of an order.", parameters=SCHEMA, kind="lookup")


@pytest.fixture
async def hand(nats_server: NatsServer, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Stagehand]:
    monkeypatch.setenv("FRONTDESK_NATS_ACK_WAIT", "PT1S")
    async with provisioned(nats_server, "agent", HANDLERS) as made:
        yield made


@asynccontextmanager
async def running(hand: Stagehand, model: str, folder: Path, **settings: Any) -> AsyncIterator[Any]:
    records = await open_records(f"sqlite:///{folder}/records.db")
    assistant = load(Path(__file__).parents[3] / "demo" / "assistant.yaml")
    platform = Platform(hand.settings, records, assistant, Any)  # type: ignore[arg-type]
    chosen = AgentSettings(api_key="k", base_url=model, **{"patience_seconds": 0.0, "model": "m"} | settings)  # type: ignore[arg-type]
    async with open_stage(chosen, platform) as stage:
        await stage.broker.start()
        yield records
        await stage.broker.stop()
    await records.close()


def assembled(text: str = "Hi", epoch: int = 1) -> TurnAssembled:
    event = TurnAssembled(
        conversation="c1", epoch=epoch, channel="web", customer=CUSTOMER, inputs=("m1",), text=text, language="en", parts=()
    )
    return event.first_of(event.turn)


def text(reply: ReplyDrafted) -> str:
    return str(getattr(reply.draft.parts[0], "text", ""))


async def test_a_turn_waits_for_the_first_catalogue_and_sees_the_next_one_at_once(
    hand: Stagehand, model_server: ModelServer, tmp_path: Path
) -> None:
    model_server.behaviours = [streams("Hello")]
    async with running(hand, model_server.url, tmp_path):
        await hand.send(assembled())
        await hand.client.flush()
        await asyncio.sleep(0.3)
        assert model_server.requests == []
        await put_tools(hand.client, (TOOL,))
        [reply] = await hand.published(ReplyDrafted)
        assert text(reply) == "Hello"
        await put_tools(hand.client, (TOOL, TOOL.model_copy(update={"name": "list_orders"})))
        await hand.client.flush()
        await hand.send(assembled(epoch=2))
        await hand.published(ReplyDrafted, 2)
    names = [[each["function"]["name"] for each in request["tools"]] for request in model_server.requests]
    assert names == [["check_order_status"], ["check_order_status", "list_orders"]]


async def test_the_catalogue_is_kept_while_the_server_is_away(hand: Stagehand, nats_server: NatsServer) -> None:
    assert await get_tools(hand.client) is None
    await put_tools(hand.client, (TOOL,))
    await put_tools(hand.client, (TOOL,))  # the same again writes nothing
    assert (await hand.js.stream_info("KV_desk-tools")).state.last_seq == 1
    clock = [0.0]
    catalogue = BucketCatalogue(Publisher.on(hand.client), keep=1.0, clock=lambda: clock[0])
    assert await catalogue.tools() == (TOOL,)
    await hand.js.delete_stream("KV_desk-tools")
    with pytest.raises(TopologyError):
        await get_tools(hand.client)
    nats_server.stop()
    clock[0] = 5.0
    assert await catalogue.tools() == (TOOL,)
    with pytest.raises(Retryable):
        await BucketCatalogue(Publisher()).tools()


@pytest.mark.parametrize(
    "behaviour",
    [status(500), status(429, retry_after="30"), raw(HEAD + b"data: {garbage\n\n"), endless(), status(401)],
    ids=["500", "429", "garbage", "never", "401"],
)
async def test_a_model_that_gives_no_answer_ends_in_a_notice_with_an_offer(
    behaviour: Any, hand: Stagehand, model_server: ModelServer, tmp_path: Path
) -> None:
    model_server.behaviours = [behaviour]
    await put_tools(hand.client, (TOOL,))
    async with running(hand, model_server.url, tmp_path, attempt_seconds=0.3, answer_seconds=0.8) as records:
        await hand.send(assembled())
        [reply] = await hand.published(ReplyDrafted)
        turn = await records.get(Turn, "c1:1")
    assert reply.draft.kind == "notice"
    assert text(reply).startswith("Sorry, I cannot think right now")
    assert reply.draft.parts[1].model_dump() == {"type": "quick_replies", "options": ("Talk to a person",)}
    assert turn is not None
    assert len(turn.steps) == 1


async def test_a_model_that_comes_back_in_time_answers(hand: Stagehand, model_server: ModelServer, tmp_path: Path) -> None:
    model_server.behaviours = [status(500)] * 3 + [streams("Back")]
    await put_tools(hand.client, (TOOL,))
    async with running(hand, model_server.url, tmp_path, patience_seconds=30.0) as records:
        lane, _ = admit(opened("c1", "cus_demo", "web", time()), Item(id="m1", at=time(), customer=CUSTOMER), time())
        await records.insert(lane)
        await hand.send(assembled())
        [reply] = await hand.published(ReplyDrafted)
    assert text(reply) == "Back"
    assert len(model_server.requests) == 4


async def test_a_refused_request_is_a_dead_letter(hand: Stagehand, model_server: ModelServer, tmp_path: Path) -> None:
    model_server.behaviours = [status(400)]
    await put_tools(hand.client, (TOOL,))
    async with running(hand, model_server.url, tmp_path):
        await hand.send(assembled())
        assert len(await hand.dead()) == 1


async def test_a_redelivery_after_a_crash_publishes_the_stored_call_without_asking(
    hand: Stagehand, model_server: ModelServer, tmp_path: Path
) -> None:
    model_server.behaviours = [calls_tool("check_order_status", {"order_id": "ORD-10001"}), streams("never asked")]
    await put_tools(hand.client, (TOOL,))
    deltas: list[Delta] = []

    async def heard(message: Any) -> None:
        deltas.append(Delta.model_validate_json(message.data))

    await hand.client.subscribe("live.c1.delta", cb=heard)
    event = assembled("Where is ORD-10001?")
    async with running(hand, model_server.url, tmp_path):
        await hand.send(event)
        [request] = await hand.published(LookupRequested)
    async with running(hand, model_server.url, tmp_path):  # another process, told by the sweeper
        event.attempt = "sweep-1"
        await hand.send(event)
        again = (await hand.published(LookupRequested, 2))[1]
    assert again.model_dump(exclude={"attempt"}) == request.model_dump(exclude={"attempt"})
    assert (request.message_id + "#sweep-1") == again.message_id
    assert len(model_server.requests) == 1
    await until(lambda: deltas == [])


async def test_a_result_that_its_guard_breaks_at_is_shown_to_no_model(
    hand: Stagehand, model_server: ModelServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(text: str, *_: object) -> None:
        raise OSError(text)

    model_server.behaviours = [calls_tool("check_order_status", {"order_id": "ORD-1"})]
    await put_tools(hand.client, (TOOL,))
    async with running(hand, model_server.url, tmp_path):
        await hand.send(assembled())
        [wanted] = await hand.published(LookupRequested)
        monkeypatch.setattr("shared.guardrails.indirect.judge", broken)
        note = {"note": "A note that nobody has looked at so far."}
        done = ActionCompleted(conversation="c1", epoch=1, action=wanted.action, tool=TOOL.name, ok=True, result=note)
        before = REGISTRY.get_sample_value(names.GUARD_FAILURES, {"stage": "agent", "cause": "error"}) or 0.0
        await hand.send(done.first_of(wanted.action))
        [reply] = await hand.published(ReplyDrafted)
    assert (reply.draft.kind, text(reply)[:22]) == ("notice", "Sorry, a safety check ")
    assert REGISTRY.get_sample_value(names.GUARD_FAILURES, {"stage": "agent", "cause": "error"}) == before + 1
    assert len(model_server.requests) == 1
