"""The language of a message: told when it is clear, kept when it is not."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.guardrails.language import Spoken, detect, spoken


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Where is my order? It should have arrived on Monday.", "en"),
        ("Wo bleibt meine Bestellung? Sie sollte am Montag kommen.", "de"),
        ("¿Dónde está mi pedido? Debía llegar el lunes.", "es"),
        ("Où est ma commande ? Elle devait arriver lundi.", "fr"),
        ("Dov'è il mio ordine? Doveva arrivare lunedì.", "it"),
        ("Onde está a minha encomenda? Devia ter chegado na segunda-feira.", "pt"),
        ("Waar is mijn bestelling? Die had maandag moeten aankomen.", "nl"),
        ("Gdzie jest moje zamówienie? Miało przyjść w poniedziałek.", "pl"),
        ("Siparişim nerede? Pazartesi günü gelmesi gerekiyordu.", "tr"),
        ("Var är min beställning? Den skulle ha kommit i måndags.", "sv"),
        ("Hvor er ordren min? Den skulle ha kommet på mandag.", "no"),
        ("Kde je moje objednávka? Měla přijít v pondělí.", "cs"),
        ("Где мой заказ? Он должен был прийти в понедельник.", "ru"),
        ("Де моє замовлення? Воно мало прийти в понеділок.", "uk"),
        ("أين طلبي؟ كان من المفترض أن يصل يوم الاثنين.", "ar"),
        ("मेरा ऑर्डर कहाँ है? उसे सोमवार को आना था।", "hi"),
        ("注文はどこですか", "ja"),
        ("我的订单在哪里?", "zh"),
        ("주문은 어디에 있나요", "ko"),
        ("Πού είναι η παραγγελία μου", "el"),
        ("איפה ההזמנה שלי", "he"),
        ("คำสั่งซื้อของฉันอยู่ที่ไหน", "th"),
        ("mera order kab aayega", "hi"),
        ("मेरो अर्डर कहाँ छ?", "ne"),
        ("Cancel my order please", "en"),
        ("gdzie jest moje zamowienie, mialo przyjsc w poniedzialek", "pl"),
        ("播放 Bohemian Rhapsody", "zh"),
        ("我的订单ORD-10001在2026年10月5日已经发货了,为什么还没有到?", "zh"),
        ("注文番号10001はまだ届いていません", "ja"),
        ("คำสั่งซื้อ10001ยังไม่ถึง", "th"),
        ("全大 합의 1대1 지분은 유지", "ko"),
        ("hola", "es"),
        ("Danke!", "de"),
    ],
)
def test_a_clear_message_tells_its_language(text: str, language: str):
    assert detect(text) == language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Suche nach dem Buch The Lord Of The Rings", "de"),
        ("Je voudrais retourner mon Galaxy Watch Active", "fr"),
        ("Please cancel my order for the Fjällräven Kånken", "en"),
        ("szukam książki The Lord Of The Rings", "pl"),
        ("Where Is My Order", "en"),
    ],
)
def test_what_something_is_called_does_not_hide_the_language_around_it(text: str, language: str):
    assert detect(text) == language


def test_a_message_in_two_languages_is_in_the_one_spoken_so_far_or_in_the_one_that_says_more():
    mixed = "Where is my order? It should be here. ¿Dónde está?"
    assert detect(mixed) == detect(mixed, "en") == "en"
    assert detect("Hello! ¿Dónde está mi pedido? Debía llegar el lunes.", "en") == "es"


def test_what_follows_a_clear_beginning_changes_nothing():
    clear = "Where is my order? It should have arrived on Monday. "
    assert detect(clear) == detect(clear * 2000) == "en"


@pytest.mark.parametrize(
    "text", ["", "12", "ORD-10001", "<EMAIL_1>", "ok", "https://example.com/a", "…!?", "no", "😀👍🏽", '{"order": 12}']
)
def test_what_says_nothing_keeps_what_was(text: str):
    assert detect(text) is None
    assert detect(text, "fr") == "fr"
    assert spoken(text, preferred="fr") == Spoken("fr", assumed=True)
    assert spoken(text, "de", preferred="fr") == Spoken("de")


def test_a_short_message_does_not_change_the_language_and_a_sentence_does():
    assert detect("merci", "de") == "de"
    assert detect("Alex Morgan", "de") == "de"
    assert detect("iPhone 15 Pro Max", "de") == "de"
    assert detect("Galaxy Watch Active", "de") == "de"
    assert detect("console.log('x')", "de") == "de"
    assert detect("hotel taxi", "de") == "de"
    assert detect("hotel taxi", "th") == "th"
    assert detect("¿Dónde está mi pedido? Debía llegar el lunes.", "en") == "es"
    assert detect("Where is my order? It should have arrived on Monday.", "de") == "en"


def test_what_two_languages_share_is_in_the_one_that_was_spoken():
    shared = "Hvor er ordren?"  # the same in Danish and Norwegian
    assert detect(shared, "no") == "no"
    assert detect(shared, "da") == "da"
    assert detect("東京都", "ja") == "ja"
    assert detect("東京都") == "zh"


@pytest.mark.parametrize(
    ("text", "preferred"),
    [
        ("hotel taxi", "de"),
        ("Status", "fr"),
        ("Kontakt", "de"),
        ("Hvor er ordren?", "no"),
        ("Hvor er ordren?", "da"),
        ("Hi", "sv"),
        ("Hallo!", "nl"),
        ("por favor", "pt"),
        ("返品", "ja"),
    ],
)
def test_a_message_that_may_be_in_several_languages_is_in_the_preferred_one(text: str, preferred: str):
    assert spoken(text, preferred=preferred).language == preferred


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Where is my order? It should have arrived on Monday.", "en"),
        ("¿dónde está?", "es"),
        ("wo ist es", "de"),
        ("gracias", "es"),
        ("Bonjour", "fr"),
        ("주문은 어디에 있나요", "ko"),
        ("我的订单在哪里?", "zh"),
    ],
)
@pytest.mark.parametrize("preferred", ["en", "de", "pt", "ja", "xx"])
def test_a_clear_message_is_in_its_own_language_whatever_is_preferred(text: str, language: str, preferred: str):
    assert spoken(text, preferred=preferred) == Spoken(language)


def test_once_something_was_said_the_preference_counts_no_more():
    assert spoken("hotel taxi", "en", preferred="de") == Spoken("en")
    assert spoken("Hi", "fr", preferred="de") == Spoken("fr")
    assert spoken("返品", "zh", preferred="ja") == Spoken("zh")


SCRIPTS = {
    "el": "αβγδεζηθλ",
    "he": "אבגדהוז",
    "th": "กขคงจฉ",
    "ko": "가나다라마",
    "ja": "あいうえおカキク",
    "zh": "的是不了人我",
    "ka": "აბგდევ",
    "hy": "աբգդեզ",
    "bn": "অআকখগ",
    "ta": "அஆகஙச",
    "am": "አበገደ",
}


@settings(deadline=None)
@given(st.data(), st.sampled_from(sorted(SCRIPTS)), st.sampled_from([None, "en", "de"]))
def test_a_script_of_one_language_decides_alone(data: st.DataObject, language: str, previous: str | None):
    words = st.lists(st.text(SCRIPTS[language], min_size=1, max_size=8), min_size=1, max_size=6)
    assert detect(" ".join(data.draw(words)) + " 12 ORD-7!", previous) == language


@settings(deadline=None)
@given(st.text(max_size=120), st.sampled_from([None, "en", "pt"]), st.sampled_from([None, "sv"]))
def test_any_text_has_one_answer_a_two_letter_code_or_what_was_before(text: str, previous: str | None, preferred: str | None):
    language, assumed = spoken(text, previous, preferred)
    assert language == (previous or preferred) or (language is not None and len(language) == 2 and language.islower())
    assert not assumed or (previous, language) == (None, preferred)
    assert spoken(text, previous, preferred) == (language, assumed)
