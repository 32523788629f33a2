"""Texts and spoken commands in many languages from the packages of Home Assistant (Apache-2.0).

Only strings that differ from the English ones count, and what stands in brackets to be filled in is left out.
"""

import json
import random
import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

PACKAGES = ("home-assistant-frontend==20250109.2", "home-assistant-intents==2026.10.27", "homeassistant==2026.2.3")
"""Which packages, at which versions."""
_FILLED = re.compile(r"\{[^}]*\}|\[%[^%]*%\]|<[^>]*>|https?://\S+|`[^`]*`")
_SLOT = re.compile(r"\{[^}]*\}")
_RULE = re.compile(r"<([^>]*)>")
_OPTIONAL = re.compile(r"\[([^\[\]()]*)\]")
_EITHER = re.compile(r"\(([^\[\]()]*)\)")
_REST = re.compile(r"[\[\]()|<>;]")
_DEEPEST = 6
_FORMS = 6
"""Ways in which a sentence of a grammar is said, at most."""


def texts(folder: Path, names: Sequence[str]) -> list[str]:
    """What the interface says under the locale `names`, each string once."""
    english = frozenset[str]() if "en" in names else _english(folder)
    return list(dict.fromkeys(text for name in names for text in _said(folder, name) if text not in english))


def commands(folder: Path, names: Sequence[str], chance: random.Random) -> list[str]:
    """What people tell the house under the locale `names`: sentences drawn from the intents' grammars."""
    found = []
    for name in names:
        for file in folder.glob(f"home_assistant_intents/data/{name}.json"):
            grammar = json.loads(file.read_text(encoding="utf-8"))
            rules = grammar.get("expansion_rules", {})
            for intent in grammar["intents"].values():
                for sentence in _strings([each.get("sentences", []) for each in intent["data"]]):
                    found += [_expanded(sentence, rules, chance) for _ in range(_FORMS)]
    return found


@cache
def _english(folder: Path) -> frozenset[str]:
    return frozenset(_said(folder, "en"))


def _said(folder: Path, name: str) -> Iterator[str]:
    shown = "hass_frontend/static/translations"
    hashed = f"{name}-{'?' * 32}.json"
    patterns = (f"{shown}/{hashed}", f"{shown}/*/{hashed}", f"homeassistant/components/*/translations/{name}.json")
    for pattern in patterns:
        for file in sorted(folder.glob(pattern)):
            for text in _strings(json.loads(file.read_text(encoding="utf-8"))):
                yield _FILLED.sub(" ", text)


def _strings(node: Any) -> Iterator[str]:
    if isinstance(node, str):
        yield node
    elif isinstance(node, dict | list):
        for each in node.values() if isinstance(node, dict) else node:
            yield from _strings(each)


def _expanded(sentence: str, rules: dict[str, str], chance: random.Random, depth: int = 0) -> str:
    """One sentence of the template: `[optional]`, `(one|other)`, `<rule>`, `{slot}`."""
    sentence = _SLOT.sub(" ", sentence)
    if depth < _DEEPEST:
        sentence = _RULE.sub(lambda rule: f"({_expanded(rules.get(rule[1], ''), rules, chance, depth + 1)})", sentence)
    while True:
        chosen = _OPTIONAL.sub(lambda part: chance.choice(("", chance.choice(part[1].split("|")))), sentence)
        chosen = _EITHER.sub(lambda part: chance.choice(part[1].split("|")), chosen)
        if chosen == sentence:
            return _REST.sub(" ", sentence)
        sentence = chosen
