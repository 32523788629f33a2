"""Event streams over HTTP: what a client is told, whatever is lost, late, cut or withheld on the way."""

import asyncio

import pytest

from shared.contracts import Draft, Text
from shared.lane.delivery import deliver
from shared.lane.documents import Conversation, Step, turn_of
from tests.integration.egress.conftest import Opening, Running, token
from tests.integration.egress.listener import listening
from tests.servers import NatsServer
from tests.unit.egress.stand import drafted
from tests.waiting import until


@pytest.fixture
async def desk(opening: Opening) -> Running:
    desk = await opening()
    await desk.stand.open()
    return desk


async def answer(desk: Running, id: str, text: str = "fine") -> None:
    """A whole turn, written behind egress' back: no hint is sent."""
    epoch = (await desk.stand.ask(id)).active
    assert epoch
    draft = Draft(kind="reply", parts=(Text(text=text),))
    await desk.stand.records.change(
        Conversation, "c1", lambda lane: deliver(lane, epoch.epoch, draft, "answered", now=desk.stand.clock())
    )


async def test_a_turn_as_its_customer_sees_it(desk: Running) -> None:
    async with desk.http(headers=desk.bearer()) as http, listening(http) as heard:
        await desk.stand.ask("m1")
        await desk.client.publish("live.c1.accepted", b'{"message_id":"m1","trace_id":"t"}')
        await heard.until("accepted")
        for number, text in enumerate(("Your order ", "is on ", "its way. ")):
            await desk.delta(1, number, text)
        await heard.until("delta", 3)
        assert heard.preview == "Your order is on its way. "
        await desk.publish(drafted(1, "Your order is on its way."))
        reply = await heard.until("reply")
        assert heard.names == ["accepted", "delta", "delta", "delta", "reply"]
        assert (reply.id, reply.data["turn_id"], reply.data["answers"]) == ("1", "c1:1", ["m1"])
        assert reply.data["text"] == "Your order is on its way."
        assert heard.headers
        assert heard.headers["content-type"].startswith("text/event-stream")
        assert (heard.headers["cache-control"], heard.headers["x-accel-buffering"]) == ("no-store", "no")
        assert heard.retry == "1000"


async def test_without_an_id_all_that_is_remembered_is_told_and_with_one_what_came_later(desk: Running) -> None:
    for number in range(1, 4):
        await answer(desk, f"m{number}", f"answer {number}")
    async with desk.http(headers=desk.bearer()) as http:
        async with listening(http) as heard:
            await heard.until("reply", 3)
            assert [each.id for each in heard.events] == ["1", "2", "3"]
        async with listening(http, headers={"last-event-id": "2"}) as heard:
            await heard.until("reply")
            assert [each.data["text"] for each in heard.events] == ["answer 3"]
        async with listening(http, params={"last_event_id": "1"}) as heard:
            await heard.until("reply", 2)
            assert [each.id for each in heard.events] == ["2", "3"]


async def test_older_than_the_record_comes_from_the_turns_documents(desk: Running) -> None:
    for number in range(1, 31):
        await answer(desk, f"m{number}")
        turn = turn_of("c1", number, float(number), answered_at=float(number))
        step = Step(answer={"role": "assistant", "content": f"stored {number} <b>x</b>"})
        await desk.stand.records.insert(turn.model_copy(update={"steps": (step,), "answers": (f"m{number}",)}))
    async with desk.http(headers=desk.bearer()) as http:
        async with listening(http, headers={"last-event-id": "7"}) as heard:
            await heard.until("reply", 23)
            assert [each.data["turn_id"] for each in heard.events] == [f"c1:{number}" for number in range(8, 31)]
            assert [each.id for each in heard.events] == [""] * 3 + [str(number) for number in range(11, 31)]
            assert heard.events[0].data["text"] == "stored 8 x"
            assert heard.events[0].data["answers"] == ["m8"]
        async with listening(http) as heard:
            await heard.until("reply", 20)
            assert heard.events[0].id == "11"


async def test_only_the_owner_is_let_in(desk: Running) -> None:
    async with desk.http() as http:
        for headers, status in (
            ({}, 401),
            ({"authorization": "Bearer forged"}, 401),
            (desk.bearer("mallory"), 404),
            ({"cookie": f"frontdesk_session={token('mallory')}"}, 404),
        ):
            answer = await http.get("/v1/conversations/c1/events", headers=headers)
            assert answer.status_code == status
            assert answer.headers["content-type"] == "application/problem+json"
            assert answer.json()["status"] == status
        for path in ("/v1/conversations/nobody/events", "/v1/conversations/a%20b/events", "/v1/conversations/c1/else"):
            answer = await http.get(path, headers=desk.bearer())
            assert (answer.status_code, answer.json()["type"]) == (404, "urn:frontdesk:problem:not-found")
        assert (await http.post("/v1/conversations/c1/events", headers=desk.bearer())).status_code == 405
        assert (await http.get(f"/v1/conversations/c1/events?access_token={token('u1')}")).status_code == 401
        bad = await http.get("/v1/conversations/c1/events", headers=desk.bearer() | {"last-event-id": "x"})
        assert (bad.status_code, bad.headers["content-type"]) == (400, "application/problem+json")
        async with listening(http, headers={"cookie": f"frontdesk_session={token('u1')}"}) as heard:
            await answer_of(desk)
            await heard.until("reply")
        head = await http.head("/v1/conversations/c1/events", headers=desk.bearer())
        assert head.status_code == 200


async def answer_of(desk: Running) -> None:
    await desk.stand.ask("m1")
    await desk.publish(drafted(1, "fine"))


async def test_a_lost_hint_is_healed_by_the_next_heartbeat(opening: Opening) -> None:
    desk = await opening(stream_heartbeat=0.15)
    await desk.stand.open()
    async with desk.http(headers=desk.bearer()) as http, listening(http) as heard:
        await until(lambda: heard.comments >= 1)
        await answer(desk, "m1")
        await heard.until("reply")
        await until(lambda: heard.comments >= 3)
        assert len(heard.named("reply")) == 1


async def test_hints_lost_with_the_broker_are_healed_when_it_is_back(desk: Running, nats_server: NatsServer) -> None:
    async with desk.http(headers=desk.bearer()) as http, listening(http) as heard:
        await answer(desk, "m1")
        await desk.client.publish("live.c1.settled", b'{"seq":1}')
        await heard.until("reply")
        nats_server.kill()
        await answer(desk, "m2")
        nats_server.start()
        await heard.until("reply", 2)


async def test_hints_and_deltas_that_are_nonsense_hurt_nobody(desk: Running) -> None:
    async with desk.http(headers=desk.bearer()) as http, listening(http) as heard:
        await desk.stand.ask("m1")
        for kind, body in (
            ("delta", b"{"),
            ("delta", b'{"epoch":"x"}'),
            ("accepted", b"[]"),
            ("wave", b""),
            ("settled", b"\xff"),
        ):
            await desk.client.publish(f"live.c1.{kind}", body)
        await desk.delta(1, 0, "still here ")
        await heard.until("delta")
        assert heard.preview == "still here "


async def test_values_of_the_vault_never_leave_in_deltas_wherever_they_are_cut(desk: Running) -> None:
    (placeholder,) = await desk.vault.keep("c1", "u1", [("EMAIL", "jane.doe@example.com")])
    text = (
        "We write to Jane.Doe@Example.com, see https://evil.example/?q=1 or <b>[us](https://shop.example/x)</b> at <EMAIL_1>."
    )
    async with desk.http(headers=desk.bearer()) as http, listening(http) as heard:
        for epoch, size in enumerate((1, 2, 3, 7), start=1):
            await desk.stand.ask(f"m{epoch}")
            pieces = [text[at : at + size] for at in range(0, len(text), size)]
            for number, piece in enumerate(pieces):
                await desk.delta(epoch, number, piece, run=f"r{epoch}")
            await desk.delta(epoch, len(pieces), " Bye ", run=f"r{epoch}")
            await until(lambda: "Bye" in heard.preview)
            assert "doe" not in heard.preview.lower()
            await desk.publish(drafted(epoch, text + " Bye"))
            reply = await heard.until("reply", epoch)
            mail, link = "(your e-mail address)", "[us](https://shop.example/x)"
            assert reply.data["text"] == f"We write to {mail}, see (link removed) or {link} at {mail}. Bye"
            shown = "".join(each.data["text"] for each in heard.named("delta") if each.data["turn_id"] == f"c1:{epoch}")
            assert shown.strip() == reply.data["text"]
    (done, *_) = (await desk.lane()).done
    assert placeholder in done.draft.parts[0].text  # type: ignore[union-attr]


async def test_a_new_run_withdraws_the_preview_and_a_gap_stops_it(desk: Running) -> None:
    async with desk.http(headers=desk.bearer()) as http, listening(http) as heard:
        await desk.stand.ask("m1")
        await desk.delta(1, 0, "I thi ", run="a")
        await desk.delta(1, 0, "I know ", run="b")
        await desk.delta(1, 1, "nk", run="a")
        await desk.delta(1, 2, "lost", run="b")
        await desk.publish(drafted(1, "I know it."))
        await heard.until("reply")
        assert heard.names == ["accepted", "delta", "withdrawn", "delta", "reply"] or heard.names == [
            "delta",
            "accepted",
            "withdrawn",
            "delta",
            "reply",
        ]
        assert heard.named("withdrawn")[0].data["reason"] == "superseded"
        assert heard.named("delta")[1].data == {"turn_id": "c1:1", "number": 0, "text": "I know ", "restart": True}


async def test_a_take_over_withdraws_the_preview_at_once(desk: Running) -> None:
    async with desk.http(headers=desk.bearer()) as http, listening(http) as heard:
        await desk.stand.ask("m1")
        await desk.delta(1, 0, "I would ")
        await heard.until("delta")
        assert await desk.stand.take_over() == "granted"
        await desk.client.publish("live.c1.lease", b'{"owner":"person"}')
        handoff = await heard.until("handoff")
        assert heard.names[-2:] == ["withdrawn", "handoff"]
        assert handoff.data["owner"] == "person"
        await desk.delta(1, 1, "say")
        await desk.publish(drafted(1, "I would say"))
        await desk.client.publish("live.c1.settled", b"{}")
        await asyncio.sleep(0.2)
        assert heard.names[-1] == "handoff"
        assert (await desk.lane()).done == ()


async def test_two_clients_of_a_conversation_and_none_of_another(desk: Running) -> None:
    await desk.stand.open("c2")
    async with (
        desk.http(headers=desk.bearer()) as http,
        listening(http) as one,
        listening(http) as two,
        listening(http, "/v1/conversations/c2/events") as other,
    ):
        await answer_of(desk)
        await one.until("reply")
        await two.until("reply")
        assert other.events == []
