"""The sentences of the understudy, in the languages it speaks. Everything else in a reply comes from the request."""

from functools import cache
from importlib.resources import files

import yaml

from demo.understudy.conversation import SPOKEN

_QUESTION = "ask_"


@cache
def sentences(language: str) -> dict[str, str]:
    """All sentences of a language, by key. They are data of this package, read once."""
    text = files("demo.understudy").joinpath("sentences", f"{language}.yaml").read_text(encoding="utf-8")
    loaded: dict[str, str] = yaml.safe_load(text)
    return loaded


def say(language: str, key: str, **fields: object) -> str:
    """A sentence in a language. Raises `KeyError` for a key that does not exist."""
    return sentences(language)[key].format(**fields)


def question(language: str, kind: str, slot: str = "") -> str:
    """How we ask for a slot of this kind."""
    key = _QUESTION + kind
    return say(language, key if key in sentences(language) else "ask_other", slot=slot.replace("_", " "))


def status_word(language: str, status: str) -> str:
    """A status in the customer's language; one that we do not know stays as it is."""
    plain = status.replace("_", " ")
    return sentences(language).get(f"status_{plain}", plain)


def asked(reply: str) -> tuple[str, ...]:
    """The kinds of things that a reply of ours asked for, whatever its language, in their order."""
    found = {kind: reply.rfind(start) for kind, start in _starts() if start in reply}
    return tuple(sorted(found, key=found.__getitem__))


@cache
def _starts() -> tuple[tuple[str, str], ...]:
    """The fixed beginning of each question, in each language."""
    return tuple(
        (key.removeprefix(_QUESTION), text.split("{")[0])
        for language in SPOKEN
        for key, text in sentences(language).items()
        if key.startswith(_QUESTION)
    )
