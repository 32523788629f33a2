"""What tools say is there in every language of the system."""

from importlib import import_module
from pkgutil import iter_modules
from string import Formatter

import pytest

from services.actions import tools
from services.actions.texts import Words
from shared.texts import texts

WORDS: dict[str, Words] = {
    name: words
    for _, name, _ in iter_modules(tools.__path__)
    if (words := getattr(import_module(f"{tools.__name__}.{name}"), "WORDS", None))
}


def test_the_tools_with_effects_bring_words() -> None:
    assert {"refund_order", "notify_partner"} <= WORDS.keys()


@pytest.mark.parametrize("tool", WORDS)
def test_no_words_of_a_tool_are_missing_in_a_language_and_each_have_the_fields_of_the_english_ones(tool: str) -> None:
    for key, choices in WORDS[tool].items():
        assert choices.keys() == texts().keys(), key
        assert {language: fields(text) for language, text in choices.items()} == dict.fromkeys(
            choices, fields(choices["en"])
        ), key


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}
