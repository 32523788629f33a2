"""What is called for what customers say: from the request alone, and always the same."""

import pytest

from tests.unit.understudy.asking import SYSTEM, TOOLS, WITH_ORDERS, ask, calls, function, status

REFUND = "refund_order"


@pytest.mark.parametrize(
    ("said", "called"),
    [
        ("Where is my order ORD-10001?", [status("ORD-10001")]),
        ("hey so i ordered a lamp ages ago, ord-10001, has it shipped yet??", [status("ORD-10001")]),
        ("Hi! I hope you're well. My parcel is late. The number is ORD 10001. When will it arrive?", [status("ORD-10001")]),
        ("What's in order #ORD-10002, and what did I pay?", [status("ORD-10002")]),
        ("Wo ist meine Bestellung ORD-10001?", [status("ORD-10001")]),
        ("¿Dónde está mi pedido ORD-10001?", [status("ORD-10001")]),
        ("Où est ma commande ORD-10001 ?", [status("ORD-10001")]),
        ("track ORD-10001 and ORD-10003", [status("ORD-10001"), status("ORD-10003")]),
        ("Show me my orders please", [("list_orders", {})]),
        ("What did I order last month?", [("list_orders", {})]),
        ("I don't have the order number with me", [("list_orders", {})]),
        ("Do you sell wool blankets?", [("search_products", {"query": "wool blankets"})]),
        ("Hi, I'm looking for a reading light for less than $200", [("search_products", {"query": "reading light"})]),
        ("Please call me back tomorrow at 3pm", [("schedule_callback", {"when": "tomorrow at 3pm"})]),
    ],
)
def test_a_tool_is_picked_by_the_requests_own_schema(said, called):
    assert calls(ask(said)) == called


@pytest.mark.parametrize(
    ("said", "order", "reason"),
    [
        ("I want my money back for ORD-10002, it arrived damaged", "ORD-10002", "arrived damaged"),
        ("I'd like to return ORD-10002 because the colour is not what I expected.", "ORD-10002", "colour"),
        ("Ich möchte mein Geld zurück für ORD-10002, die Decke ist kaputt", "ORD-10002", "kaputt"),
        ("Quiero un reembolso de ORD-10002 porque llegó roto", "ORD-10002", "llegó roto"),
        ("I want to cancel and get my money back for ORD-10004, I changed my mind", "ORD-10004", "changed my mind"),
    ],
)
def test_a_refund_names_its_order_and_the_customers_reason(said, order, reason):
    ((tool, arguments),) = calls(ask(said))
    assert (tool, arguments["order_id"]) == (REFUND, order)
    assert reason in arguments["reason"]


@pytest.mark.parametrize(
    "said",
    [
        "I want to talk to a human",
        "let me speak with your manager about ORD-10001, where is it",
        "agent please",
        "Kann ich mit einem Menschen sprechen?",
        "Quiero hablar con una persona",
        "Je veux parler à un conseiller",
        "This is a scam, I will call my lawyer",
    ],
)
def test_a_person_is_brought_in_when_asked_for_or_furious(said):
    ((tool, arguments),) = calls(ask(said))
    assert tool == "transfer_to_human"
    assert arguments["reason"] == said


def test_who_loses_patience_twice_gets_a_person():
    first = ask("This is ridiculous")
    assert "sorry" in first.text
    assert calls(ask("This is ridiculous", first.text, "You are useless"))[0][0] == "transfer_to_human"
    assert calls(ask("This is ridiculous", first.text, "yes please"))[0][0] == "transfer_to_human"


def test_an_order_is_found_by_what_is_in_it_or_as_the_latest_if_the_request_says_so():
    assert calls(ask("Where is my lamp?", system=WITH_ORDERS)) == [status("ORD-10001")]
    assert calls(ask("Any news of my last order?", system=WITH_ORDERS)) == [status("ORD-10003")]
    assert calls(ask("I want a refund for the blanket, it is torn", system=WITH_ORDERS))[0][1]["order_id"] == "ORD-10002"
    assert calls(ask("Where is 10001?", system=WITH_ORDERS)) == [status("ORD-10001")]
    assert "Which order" in ask("Where is my lamp?").text


def test_other_names_of_the_same_tools_are_found_by_what_they_say():
    number = {"type": "string", "description": "order"}
    tools = [function("tool_b", "Gives tracking and status of an order", ["number"], number=number)]
    assert calls(ask("where is ORD-10001", tools=tools)) == [("tool_b", {"number": "ORD-10001"})]


def test_a_tool_of_another_trade_is_found_by_its_name_and_filled_by_its_schema():
    city = {"type": "string", "enum": ["Portland", "Boston"]}
    tools = [function("get_weather", "Weather of a city.", ["city", "days"], city=city, days={"type": "integer"})]
    answer = ask("What is the weather in Boston for 3 days?", tools=tools)
    assert calls(answer) == [("get_weather", {"city": "Boston", "days": 3})]
    assert "city" in ask("How is the weather?", tools=tools).text


def test_a_missing_slot_is_asked_for_and_its_answer_kept():
    asked = ask("Where is my order?")
    assert "Which order" in asked.text
    assert calls(ask("Where is my order?", asked.text, "ORD-10001")) == [status("ORD-10001")]
    reason = ask("I want a refund for ORD-10002")
    assert "reason" in reason.text
    given = ask("I want a refund for ORD-10002", reason.text, "The colour is not what I expected")
    assert calls(given) == [(REFUND, {"order_id": "ORD-10002", "reason": "The colour is not what I expected"})]


def test_two_missing_slots_are_asked_for_one_after_the_other():
    first = ask("I want a refund")
    second = ask("I want a refund", first.text, "it's ORD-10002")
    assert "reason" in second.text
    last = ask("I want a refund", first.text, "it's ORD-10002", second.text, "too small for my bed")
    assert calls(last) == [(REFUND, {"order_id": "ORD-10002", "reason": "too small for my bed"})]


@pytest.mark.parametrize("evasion", ["Thank you so much for your help!", "yes, go ahead", "I'm Sam Hill and my zip is 80273"])
def test_courtesy_is_no_answer_to_a_question(evasion):
    asked = ask("I want a refund for ORD-10002")
    assert not ask("I want a refund for ORD-10002", asked.text, evasion).calls


def test_who_does_not_know_the_number_is_shown_the_orders_and_chooses():
    first = "I want a refund, it is broken"
    asked = ask(first)
    assert calls(ask(first, asked.text, "I don't remember the order number")) == [("list_orders", {})]
    orders = {"ok": True, "orders": [{"order_id": "ORD-10003", "status": "shipped"}, {"order_id": "ORD-10002"}]}
    listed = ask(first, asked.text, "I don't remember the order number", results=[("list_orders", {}, orders)])
    assert "Which order" in listed.text
    chosen = ask(first, asked.text, "I don't remember the order number", listed.text, "the second one")
    assert calls(chosen)[0][1]["order_id"] == "ORD-10002"


def test_a_question_is_left_when_the_customer_asks_something_else():
    asked = ask("I want a refund for ORD-10002")
    assert calls(ask("I want a refund for ORD-10002", asked.text, "Actually where is ORD-10001?")) == [status("ORD-10001")]
    assert "$6.90" in ask("I want a refund for ORD-10002", asked.text, "How much is shipping?").text


def test_who_is_asked_twice_is_offered_a_person():
    asked = ask("I want a refund for ORD-10002")
    again = ask("I want a refund for ORD-10002", asked.text, "hmm?")
    assert "person" in again.text
    accepted = ask("I want a refund for ORD-10002", asked.text, "hmm?", again.text, "yes please")
    assert calls(accepted)[0][0] == "transfer_to_human"


@pytest.mark.parametrize(
    "correction", ["no, I meant ORD-10003", "sorry, wrong number: ORD-10003", "ORD-10003", "nein, ich meinte ORD-10003"]
)
def test_a_correction_repeats_the_request_with_the_other_order(correction):
    answer = ask("Where is my order ORD-10001?", "Your order ORD-10001 was shipped.", correction)
    assert calls(answer) == [status("ORD-10003")]


def test_a_follow_up_is_about_the_order_that_was_spoken_of():
    answer = ask("Where is my order ORD-10001?", "Your order ORD-10001 was shipped.", "and when will it arrive?")
    assert calls(answer) == [status("ORD-10001")]


def test_two_requests_in_one_message_are_two_calls():
    answer = ask("Where is ORD-10001, and do you sell oak lamps?")
    assert calls(answer) == [status("ORD-10001"), ("search_products", {"query": "oak lamps"})]
    both = ask("Where is ORD-10001? And I want a refund for ORD-10002 because it is torn.")
    assert calls(both) == [status("ORD-10001"), (REFUND, {"order_id": "ORD-10002", "reason": "it is torn"})]


def test_what_no_tool_does_is_said_and_becomes_a_ticket_if_wanted():
    offer = ask("Please change the delivery address of ORD-10003")
    assert not offer.calls
    assert "ticket" in offer.text
    ((tool, arguments),) = calls(ask("Please change the delivery address of ORD-10003", offer.text, "yes please"))
    assert tool == "create_ticket"
    assert "ORD-10003" in arguments["subject"]


def test_a_partner_is_notified_with_the_customers_words():
    ((tool, arguments),) = calls(ask("Tell the carrier that the gate of ORD-10001 is on the left side"))
    assert tool == "notify_partner"
    assert arguments["partner"] == "carrier_desk"
    assert "left side" in arguments["message"]


def test_it_knows_nothing_that_the_request_does_not_hold():
    assert "30 days" not in ask("How long do I have to return something?", system="You are Robin.").text
    assert not ask("Where is my order ORD-10001?", tools=[]).calls
    assert ask("Where is my order ORD-10001?", tools=TOOLS, system=SYSTEM) == ask("Where is my order ORD-10001?")


def test_what_is_wrong_with_a_known_order_is_a_refund_to_confirm():
    assert calls(ask("the blanket in ORD-10002 is torn")) == [(REFUND, {"order_id": "ORD-10002", "reason": "is torn"})]
    assert not ask("my lamp is broken, is it under warranty?").calls


def test_and_what_about_asks_the_same_of_something_else():
    answer = ask("Do you have any desk lamps?", "This is what I found:\n- Oak desk lamp", "what about wool blankets?")
    assert calls(answer) == [("search_products", {"query": "wool blankets"})]
    lamp = ask("Where is my lamp?", "Your order ORD-10001 was shipped.", "and the mugs?", system=WITH_ORDERS)
    assert calls(lamp) == [status("ORD-10003")]


def test_an_order_number_in_an_answer_is_the_order_and_not_the_reason():
    dialogue = ["Where is ORD-10001?", "It was shipped.", "I want my money back"]
    asked = ask(*dialogue)
    again = ask(*dialogue, asked.text, "ORD-10002")
    assert "reason" in again.text
    given = ask(*dialogue, asked.text, "ORD-10002", again.text, "it has a hole in it")
    assert calls(given) == [(REFUND, {"order_id": "ORD-10002", "reason": "it has a hole in it"})]


def test_what_a_ticket_is_about_may_be_anything():
    asked = ask("open a ticket")
    ((tool, arguments),) = calls(ask("open a ticket", asked.text, "My invoice has the wrong name on it"))
    assert (tool, arguments["subject"]) == ("create_ticket", "My invoice has the wrong name on it")


def test_goodbye_ends_a_question_even_if_it_could_be_answered_by_now():
    asked = ask("Where is my lamp?")
    dialogue = ["Where is my lamp?", asked.text, "the one with the linen shade", asked.text, "never mind, bye"]
    assert not ask(*dialogue, system=WITH_ORDERS).calls
