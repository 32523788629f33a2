"""The language of a message: told when it is clear, kept when it is not."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.guardrails.language import detect


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Where is my order? It should have arrived on Monday.", "en"),
        ("Wo bleibt meine Bestellung? Sie sollte am Montag kommen.", "de"),
        ("¿Dónde está mi pedido? Debía llegar el lunes.", "es"),
        ("Où est ma commande ? Elle devait arriver lundi.", "fr"),
        ("Dov'è il mio ordine? Doveva arrivare lunedì.", "it"),
        ("Где мой заказ? Он должен был прийти в понедельник.", "ru"),
        ("注文はどこですか", "ja"),
        ("我的订单在哪里?", "zh"),
        ("주문은 어디에 있나요", "ko"),
        ("Πού είναι η παραγγελία μου", "el"),
        ("איפה ההזמנה שלי", "he"),
        ("คำสั่งซื้อของฉันอยู่ที่ไหน", "th"),
        ("hola", "es"),
        ("Danke!", "de"),
    ],
)
def test_a_clear_message_tells_its_language(text: str, language: str):
    assert detect(text) == language


@pytest.mark.parametrize("text", ["", "12", "ORD-10001", "<EMAIL_1>", "ok", "https://example.com/a", "…!?", "no"])
def test_what_says_nothing_keeps_what_was(text: str):
    assert detect(text) is None
    assert detect(text, "fr") == "fr"


def test_a_short_message_does_not_change_the_language_and_a_sentence_does():
    assert detect("merci", "de") == "de"
    assert detect("Alex Morgan", "de") == "de"
    assert detect("Where is my order? It should have arrived on Monday.", "de") == "en"


@settings(deadline=None)
@given(st.text(max_size=120), st.sampled_from([None, "en", "pt"]))
def test_the_answer_is_a_two_letter_code_or_what_was_before(text: str, previous: str | None):
    language = detect(text, previous)
    assert language == previous or (language is not None and len(language) == 2 and language.islower())
