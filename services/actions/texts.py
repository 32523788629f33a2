"""Words that a customer is told. The assistant's file has the last say; a tool brings its own, so that one file adds a tool."""

from collections.abc import Mapping
from typing import Any, Protocol

Words = Mapping[str, Mapping[str, str]]
"""Texts by key and language; English is there always."""


class Texts(Protocol):
    """Words of the system in a language, or in English. Raises `KeyError` for a key that nobody defined."""

    def text(self, key: str, language: str | None = None, **fields: Any) -> str: ...


class Wording:
    """Texts of the assistant's file, else those that came with the code."""

    def __init__(self, texts: Texts, words: Words | None = None) -> None:
        self._texts, self._words = texts, words or {}

    def of(self, words: Words) -> "Wording":
        """The same with the words of one tool."""
        return Wording(self._texts, words)

    def text(self, key: str, language: str | None = None, **fields: Any) -> str:
        try:
            return self._texts.text(key, language, **fields)
        except KeyError:
            choices = self._words[key]
            wanted = language or "en"
            return (choices.get(wanted) or choices.get(wanted.split("-")[0]) or choices["en"]).format_map(fields)
