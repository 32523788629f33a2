"""Presidio behind the recognisers' interface. Its own model is not needed: a ruler of spaCy stands for one."""

import re
from importlib.util import find_spec
from pathlib import Path

import pytest

from shared.errors import ConfigurationError
from shared.guardrails.pii import Scope, find
from shared.guardrails.pii.presidio import Presidio

installed = pytest.mark.skipif(find_spec("presidio_analyzer") is None, reason="the extra presidio is not installed")


@pytest.fixture(scope="module")
def recogniser(tmp_path_factory: pytest.TempPathFactory) -> Presidio:
    import spacy

    folder: Path = tmp_path_factory.mktemp("model") / "names"
    pipeline = spacy.blank("en")
    ruler = pipeline.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": "PERSON", "pattern": "Ada Lovelace"}])
    pipeline.to_disk(folder)
    return Presidio(str(folder))


@installed
@pytest.mark.filterwarnings("ignore")  # of spaCy's own
def test_a_name_that_nothing_announces_is_found(recogniser: Presidio):
    for example in recogniser.EXAMPLES:
        text = re.sub("[⟦⟧]", "", example)
        spans = find(text, extra=(recogniser,))
        assert [text[span.start : span.end] for span in spans] == re.findall(r"⟦([^⟧]*)⟧", example)
    assert find(recogniser.COUNTEREXAMPLES[0], extra=(recogniser,)) == []


@installed
@pytest.mark.filterwarnings("ignore")
def test_a_model_that_is_not_there_stops_the_start():
    with pytest.raises(ConfigurationError, match="no model 'nowhere'"):
        Presidio("nowhere")


@pytest.mark.skipif(find_spec("presidio_analyzer") is not None, reason="the extra presidio is installed")
def test_without_the_extra_the_setting_says_what_to_install():
    with pytest.raises(ConfigurationError, match=r"frontdesk\[presidio\]"):
        Presidio("en_core_web_sm")


def test_an_extra_recogniser_is_asked_where_no_other_one_is_needed():
    class Everybody:
        NEEDED = r"\w"
        EXAMPLES = COUNTEREXAMPLES = ()

        def find(self, text: str, _: Scope, /):
            return list(_spans(text))

    assert [(span.start, span.end) for span in find("tell ada", extra=(Everybody(),))] == [(5, 8)]


def _spans(text: str):
    from shared.guardrails.pii import Span

    for match in re.finditer("ada", text):
        yield Span(*match.span(), "PERSON")
