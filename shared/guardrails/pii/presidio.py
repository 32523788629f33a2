"""Names of persons by a language model of spaCy, through Microsoft's Presidio: for a company that wants those found that no
word announces, and pays some milliseconds a message. Needs `pip install frontdesk[presidio]` and the model.

Of Presidio only what reads the language is used: its patterns know less than ours, and its e-mail recogniser asks the
network. A model takes many a product for a person: measure with your own messages before it is switched on.
"""

import importlib.util
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from shared.errors import ConfigurationError
from shared.guardrails.pii.span import Scope, Span

_SURE = 0.5


class Presidio:
    """A recogniser, as those of `recognisers/`. `model` is an installed package of spaCy, or the folder of one.

    Raises `ConfigurationError` when it is not there: nothing is downloaded.
    """

    NEEDED: str = r"\w"
    EXAMPLES: tuple[str, ...] = ("tell ⟦Ada Lovelace⟧ about it",)
    COUNTEREXAMPLES: tuple[str, ...] = ("tell them about it",)

    def __init__(self, model: str, language: str = "en") -> None:
        if importlib.util.find_spec("presidio_analyzer") is None:
            raise ConfigurationError("FRONTDESK_PRESIDIO_MODEL needs presidio: pip install 'frontdesk[presidio]'")
        if not Path(model).is_dir() and importlib.util.find_spec(model) is None:
            raise ConfigurationError(f"FRONTDESK_PRESIDIO_MODEL: there is no model {model!r} of spaCy")
        self._language = language
        self._recogniser, self._engine = _opened(model, language)

    def find(self, text: str, _: Scope) -> Iterator[Span]:
        """Names that the model is sure of."""
        read = self._engine.process_text(text, self._language)
        for found in self._recogniser.analyze(text, ["PERSON"], read):
            if found.score >= _SURE:
                yield Span(found.start, found.end, "PERSON")


def _opened(model: str, language: str) -> tuple[Any, Any]:
    from presidio_analyzer.nlp_engine import NerModelConfiguration, SpacyNlpEngine
    from presidio_analyzer.predefined_recognizers import SpacyRecognizer

    labels = NerModelConfiguration(labels_to_ignore=[], model_to_presidio_entity_mapping={"PERSON": "PERSON", "PER": "PERSON"})
    engine = SpacyNlpEngine(models=[{"lang_code": language, "model_name": model}], ner_model_configuration=labels)
    engine.load()
    return SpacyRecognizer(supported_language=language, supported_entities=["PERSON"]), engine
