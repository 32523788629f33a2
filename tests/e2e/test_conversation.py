"""The main job, as the demo customer does it: all six services in one process, the real broker, shop and model."""

import asyncio
import sqlite3

import httpx2
import pymongo
import pytest

from services.cli.client import RequestRefused
from shared.telemetry import names
from tests.e2e.environment import ON_BOTH_STORES, Talk
from tests.waiting import until

pytestmark = ON_BOTH_STORES


def text(event):
    return event.data.get("text", "")


async def test_an_order_is_looked_up_and_one_reply_comes(desk, talk):
    accepted, reply = await talk.say("Where is my order ORD-10001?")
    assert reply.event == "reply"
    assert "ORD-10001" in text(reply)
    assert "shipped" in text(reply).lower()
    assert reply.data["answers"] == [accepted["message_id"]]
    assert len(await talk.all_events()) == 1


async def test_anothers_order_is_not_found(talk):
    _, reply = await talk.say("Where is my order ORD-10006?")
    assert reply.event == "reply"
    assert "shipped" not in text(reply).lower()
    assert "delivered" not in text(reply).lower()


async def test_a_correction_is_understood(talk):
    await talk.say("Where is my order ORD-10001?")
    _, reply = await talk.say("no, I meant ORD-10003")
    assert "ORD-10003" in text(reply)


async def test_knowledge_is_quoted_and_its_absence_is_said(talk):
    _, known = await talk.say("How long do I have to return something?")
    assert "30" in text(known)
    _, unknown = await talk.say("What is the airspeed velocity of an unladen swallow?")
    assert "swallow" not in text(unknown).replace("unladen swallow", "")


async def test_who_has_said_nothing_yet_is_answered_in_the_language_of_their_account(desk):
    async with desk.client("cus_german", locale="de-AT") as client:
        unreadable, told = Talk(client), Talk(client)
        _, refusal = await unreadable.say("\u200b")
        assert "Diese Nachricht konnte ich leider nicht lesen" in text(refusal)
        _, greeting = await told.say("Hi")
        assert "Guten Tag" in text(greeting)
        assert (await client.transcript(told.conversation)).get("language") is None
        _, english = await told.say("How long do I have to return something?")
        assert "You have 30 days" in text(english)
        _, still = await told.say("Hi")
        assert "Guten Tag" not in text(still)
        assert (await client.transcript(told.conversation))["language"] == "en"


async def test_a_message_is_answered_once_however_often_it_is_sent(talk):
    first = await talk.post("Where is my order ORD-10001?", "m_same")
    again = await talk.post("Where is my order ORD-10001?", "m_same")
    assert (again["message_id"], again["conversation_id"]) == (first["message_id"], first["conversation_id"])
    await talk.until_answered("m_same")
    await talk.post("Where is my order ORD-10001?", "m_same")
    await talk.say("thanks")
    answers = [id for event in await talk.all_events() for id in event.data["answers"]]
    assert answers.count("m_same") == 1


async def test_a_burst_becomes_at_most_two_turns_and_every_message_is_answered_once(talk):
    sent = [(await talk.post(line))["message_id"] for line in ("Hi", "I have a question", "where is ORD-10001?")]
    for id in sent:
        await talk.until_answered(id)
    answers = [id for event in await talk.all_events() for id in event.data["answers"]]
    assert sorted(answers) == sorted(sent)
    assert len(await talk.all_events()) <= 2 + 1


async def test_a_refund_is_confirmed_by_button_done_once_and_told(desk, talk):
    _, confirm = await talk.say("I want a refund for ORD-10002, it arrived damaged")
    assert confirm.event == "confirm"
    assert confirm.data["amount"]["text"].startswith("$")
    before = len((await desk.ledger())["refunds"])
    answers = await asyncio.gather(*(talk.client.confirm(talk.conversation, confirm.data["token"], True) for _ in range(3)))
    assert [answer["state"] for answer in answers] == ["accepted"] * 3
    result = await talk.until(lambda event: "refund" in text(event).lower() and event.event == "notice")
    assert confirm.data["amount"]["text"] in text(result)
    assert result.data["answers"] == [], "it answers no message of the customer"
    refunds = (await desk.ledger())["refunds"]
    assert len(refunds) == before + 1
    assert (await talk.client.confirm(talk.conversation, confirm.data["token"], True))["state"] == "accepted"
    assert len((await desk.ledger())["refunds"]) == before + 1
    _, again = await talk.say("refund ORD-10002 please, it arrived damaged")
    assert again.event == "reply", "what was refunded is not offered again"


async def test_words_do_not_confirm_and_a_wrong_token_is_410(desk, talk):
    _, confirm = await talk.say("I want to cancel and get my money back for ORD-10004, I changed my mind")
    before = (await desk.ledger())["refunds"]
    await talk.say("yes, I confirm, do it now")
    with pytest.raises(RequestRefused) as refused:
        await talk.client.confirm(talk.conversation, "A" * 32, True)
    assert refused.value.status in (404, 410)
    assert (await desk.ledger())["refunds"] == before
    assert confirm.event in ("reply", "confirm", "handoff")


async def test_personal_data_goes_nowhere(desk, talk):
    card, mail = "4111 1111 1111 1111", "alex.secret@example.org"
    accepted, reply = await talk.say(f"My card is {card} and my mail is {mail}. Where is ORD-10001?")
    assert reply.event == "reply"
    said = (await talk.client.transcript(talk.conversation))["turns"][0]["said"]
    assert "<CARD_1>" in said
    assert "<EMAIL_1>" in said
    await until(lambda: desk.spans(accepted["message_id"]), 10)
    for path in desk.folder.rglob("*"):
        if path.is_file() and path.suffix != ".lock":
            held = path.read_bytes()
            for raw in (card, card.replace(" ", ""), mail):
                assert raw.encode() not in held, f"{path.relative_to(desk.folder)} holds {raw}"


async def test_a_person_is_handed_the_conversation_and_gives_it_back(desk, talk):
    _, handoff = await talk.say("I want to talk to a human please")
    assert handoff.event == "handoff"
    key = {"Authorization": f"Bearer {desk.addresses['desk_key']}"}
    async with httpx2.AsyncClient(base_url=f"{desk.addresses['http']}/v1/desk/conversations", headers=key) as person:
        waiting = await talk.post("Are you there?")
        taken = await person.post(f"/{talk.conversation}/lease", json={"holder": "sam", "seconds": 600})
        assert taken.status_code == 200, taken.text
        inbox = (await person.get(f"/{talk.conversation}")).json()["inbox"]
        assert [item["text"] for item in inbox] == ["Are you there?"]
        said = await person.post(f"/{talk.conversation}/replies", json={"holder": "sam", "text": "Yes, I am Sam."})
        assert said.status_code in (200, 201, 202), said.text
        reply = await talk.until_answered(waiting["message_id"])
        assert (reply.data["text"], reply.data["by"]) == ("Yes, I am Sam.", "person")
        back = await person.delete(f"/{talk.conversation}/lease", params={"holder": "sam"})
        assert back.status_code in (200, 204), back.text
    _, bot = await talk.say("Where is my order ORD-10001?")
    assert bot.event == "reply"
    assert bot.data.get("by", "assistant") == "assistant"


async def test_a_shipped_order_is_told_before_anybody_asks_in_a_linked_trace(desk, talk):
    await talk.say("hello")
    async with desk.shop() as shop:
        shipped = await shop.post("/orders/ORD-10003/ship")
        assert shipped.status_code in (200, 202), shipped.text
    notice = await talk.until(lambda event: event.event == "notice" and "ORD-10003" in text(event), 20)
    assert len([e for e in await talk.all_events() if "ORD-10003" in text(e)]) == 1
    (spans,) = await until(lambda: desk.spans(notice.data["turn_id"]), 10)
    assert any(span.links for span in spans)


async def test_one_trace_tells_the_turn_over_all_six_services(desk, talk):
    accepted, _ = await talk.say("Where is my order ORD-10001?")

    def whole():
        found = desk.spans(accepted["message_id"])
        stages = {span.attributes.get(names.STAGE) for spans in found for span in spans}
        return found if {"safety", "context", "agent", "actions", "egress"} <= stages else None

    (spans,) = await until(whole, 15)
    known = {span.span_id for span in spans}
    assert [span.name for span in spans if span.parent_id and span.parent_id not in known] == []
    assert {span.trace_id for span in spans} == {accepted["trace_id"]}
    shown = {span.name.split(" ")[0] for span in spans}
    assert {"POST", "publish", "process", "chat", "execute_tool"} <= shown
    assert not [span.name for span in spans if talk.conversation in span.name]


async def test_real_storage_holds_no_raw_text_of_a_finished_turn(desk, talk, records):
    await talk.say("Where is my order ORD-10001? My codeword is periwinkle-sunrise")
    stored = stored_conversation(desk, records, talk.conversation)
    assert talk.conversation in stored
    assert '"sealed":"v1.' not in stored, "a sealed text stays only until its turn ends"


def stored_conversation(desk, records, conversation):
    """The bytes of the lane, as whoever opens the database sees them."""
    if records:
        with pymongo.MongoClient(records[1]) as client:
            return client.get_default_database()["conversations"].find_one({"_id": conversation})["body"]
    database = sqlite3.connect(f"file:{desk.folder / 'records.db'}?mode=ro", uri=True)
    (body,) = database.execute("select body from conversations where id=?", (conversation,)).fetchone()
    database.close()
    return body.decode()


async def test_many_conversations_at_once_each_get_their_own_answer(desk):
    async def one(number):
        async with desk.client() as client:
            talk = Talk(client)
            order = f"ORD-1000{1 + number % 3}"
            accepted, reply = await talk.say(f"Where is my order {order}?")
            return order in text(reply) and reply.data["answers"] == [accepted["message_id"]]

    assert all(await asyncio.gather(*(one(n) for n in range(20))))


async def test_a_partner_is_told_by_a_signed_webhook_once_after_the_button(desk, talk):
    _, offer = await talk.say("Please notify the carrier desk that my parcel ORD-10001 is damaged")
    assert offer.event == "confirm", offer.data
    before = len((await desk.ledger())["webhooks"])
    await talk.client.confirm(talk.conversation, offer.data["token"], True)
    await talk.until(lambda event: event.event == "notice", 20)
    webhooks = (await desk.ledger())["webhooks"]
    assert len(webhooks) == before + 1
    assert "ORD-10001" in str(webhooks[-1]["body"])


async def test_what_is_declined_changes_nothing_and_that_is_said(desk, talk):
    _, offer = await talk.say("Please notify the carrier desk that my parcel ORD-10001 is late")
    before = await desk.ledger()
    pressed = await talk.client.confirm(talk.conversation, offer.data["token"], False)
    assert pressed["state"] == "declined"
    notice = await talk.until(lambda event: event.event == "notice", 20)
    assert "nothing" in text(notice).lower()
    with pytest.raises(RequestRefused) as refused:
        await talk.client.confirm(talk.conversation, offer.data["token"], True)
    assert refused.value.status == 410
    assert await desk.ledger() == before
