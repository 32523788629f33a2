import contextlib
from pathlib import Path
from string import Formatter

import jsonschema
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from shared.assistant import Assistant, load
from shared.errors import ConfigurationError
from shared.guardrails.language import detect
from shared.guardrails.pii import Span, find
from shared.texts import texts

DEMO = Path(__file__).parents[3] / "demo/assistant.yaml"
LEAST = "persona: {name: R, company: C, tone: t}\nmodels: [{name: m}]\n"


def written(tmp_path, text):
    path = tmp_path / "assistant.yaml"
    path.write_text(text)
    return path


def test_the_demo_file_loads():
    assistant = load(DEMO)
    assert assistant.persona.company == "Harbour & Pine"
    assert assistant.event_fields("com.example.order.shipped") == ("carrier", "order_id", "tracking_number")
    assert assistant.event_fields("com.example.unheard") is None


def test_what_is_the_companys_own_is_no_personal_data():
    own = load(DEMO).own
    assert find("Hi Robin, I am Robin Miller", company=own, whole=True) == [Span(15, 27, "PERSON")]
    assert find("Harbour & Pine sold me ord-10001", company=own) == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (LEAST + "tools:\n  refund_order:\n    confirmatoin: true\n", "assistant.yaml:5: tools.refund_order.confirmatoin"),
        ("persona: {name: R}\nmodels: []\n", "models"),
        (LEAST + "order_pattern: '['\n", "order_pattern"),
        (LEAST + "country: usa\n", ":3: country"),
        (LEAST + "texts: {hand_off: {en: x}}\n", "hand_off"),
        (LEAST + "events: {a.b: {text: {de: x}}}\n", "events.a.b"),
        (LEAST + "webhooks: {a: {url: x, secret: plain-secret}}\n", "webhooks.a.secret"),
        ("persona: [", "is not YAML"),
        ("", "the file"),
        (LEAST + "country: 2026-99-99\n", "is not YAML"),
        (LEAST + "a: &a [*a]\n", "is not YAML"),
        (LEAST + "? [a]\n: b\n", "is not YAML"),
        (LEAST + "country: US\ncountry: DE\n", ":4: country: stands there twice"),
        (LEAST + "events: {a.b: {text: {en: 'Shipped with {}'}}}\n", "plain name"),
        (LEAST + "events: {a.b: {text: {en: 'Shipped with {carrier'}}}\n", "events.a.b"),
        (LEAST + "events: {a.b: {text: {en: '{order.__class__}'}}}\n", "plain name"),
        (LEAST + "texts: {handoff: {en: 'Hold on, {name}'}}\n", "name, which nothing fills"),
        (LEAST + "experiments: [{name: a}, {name: a}]\n", ":3: experiments"),
        (LEAST + "tools: {refund_order: {assurance: sure}}\n", "tools.refund_order.assurance"),
        (LEAST + "models: [{name: m, output_price: -1}]\n", "stands there twice"),
        ("persona: {name: R, company: C, tone: t}\nmodels: [{name: m, output_price: -1}]\n", "models.0.output_price"),
    ],
)
def test_a_mistake_is_named_by_its_place_and_nothing_is_loaded(tmp_path, text, told):
    with pytest.raises(ConfigurationError) as error:
        load(written(tmp_path, text))
    assert told in str(error.value)


def test_a_missing_file_names_its_setting(tmp_path):
    with pytest.raises(ConfigurationError, match="FRONTDESK_ASSISTANT"):
        load(tmp_path / "none.yaml")


def test_texts_fall_back_to_english_and_can_be_replaced(tmp_path):
    assistant = load(written(tmp_path, LEAST + "texts: {handoff: {en: Hold on., it: Un momento.}}\n"))
    assert assistant.text("handoff", "it") == "Un momento."
    assert assistant.text("handoff", "fi") == assistant.text("handoff") == "Hold on."
    assert assistant.text("failed", "de-AT") == texts()["de"]["failed"]
    assert assistant.text("label_never_heard_of", "de") == texts()["de"]["label_other"]
    with pytest.raises(KeyError):
        assistant.text("no_such_text")


@pytest.mark.parametrize("language", [code for code in texts() if code != "en"])
def test_no_text_is_missing_in_a_language_and_each_has_the_fields_of_the_english_one(language):
    english, other = texts()["en"], texts()[language]
    assert other.keys() == english.keys()
    for key, text in english.items():
        assert fields(other[key]) == fields(text), key
        assert len(other[key].strip().splitlines()) == len(text.strip().splitlines()), key


def test_the_system_speaks_twelve_languages_each_in_its_own_file():
    assert texts().keys() == {"de", "en", "es", "fr", "it", "ja", "nl", "pl", "pt", "sv", "tr", "zh"}
    for language, words in texts().items():
        said = [text for key, text in words.items() if not key.startswith(("label_", "alternatives"))]
        assert {text: told for text in said if len(text) > 60 and (told := detect(text)) != language} == {}


def fields(text):
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_an_event_without_a_field_that_its_notice_shows_has_no_notice():
    assistant = load(DEMO)
    data = {"order_id": "ORD-10003", "carrier": "UPS", "tracking_number": "1Z"}
    assert "ORD-10003" in (assistant.event_text("com.example.order.shipped", "en", data) or "")
    assert assistant.event_text("com.example.order.shipped", "en", {"order_id": "ORD-10003"}) is None
    assert assistant.event_text("com.example.order.shipped", "en", data | {"carrier": None}) is None


def test_a_conversation_stays_in_its_arm_and_weights_are_kept():
    persona = {"name": "R", "company": "C", "tone": "t"}
    arms = [{"name": "a", "weight": 3}, {"name": "b", "weight": 1}, {"name": "off", "weight": 0}]
    assistant = Assistant.model_validate({"persona": persona, "models": [{"name": "m"}], "experiments": arms})
    drawn = [assistant.variant(f"c{n}").name for n in range(4000)]
    assert drawn == [assistant.variant(f"c{n}").name for n in range(4000)]
    assert set(drawn) == {"a", "b"}
    assert 0.7 < drawn.count("a") / len(drawn) < 0.8


def test_the_demo_file_is_valid_by_the_schema_that_editors_use():
    schema = Assistant.model_json_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(yaml.safe_load(DEMO.read_text()), schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**yaml.safe_load(LEAST), "temprature": 1}, schema)


def test_a_destination_is_an_address_once_its_variables_are_known(monkeypatch):
    monkeypatch.setenv("FRONTDESK_SHOP_URL", "http://127.0.0.1:9")
    assert load(DEMO).webhooks["carrier_desk"].address == "http://127.0.0.1:9/webhooks/receiver"


@given(st.text(max_size=200))
def test_any_text_is_an_assistant_or_a_configuration_error(tmp_path_factory, text):
    path = tmp_path_factory.mktemp("any") / "assistant.yaml"
    path.write_text(LEAST + text, encoding="utf-8", errors="replace")
    with contextlib.suppress(ConfigurationError):
        assert load(path).models
