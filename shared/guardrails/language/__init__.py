"""The language of a message: ISO 639-1, or None when it cannot be told.

Where the script decides alone it does (Greek, Hebrew, Thai, Hangul, kana, ...). Else a small model of the repository's own
answers, and what is known of the conversation, or before it of the customer, counts as a prior (Bayes' rule): the less a
message says, the more it decides.
"""

import re
from collections.abc import Mapping
from typing import NamedTuple

from shared.guardrails.language.sayings import ALSO, ANYWHERE, SAYINGS
from shared.guardrails.language.scripts import UNUSUAL, decided, runs
from shared.guardrails.language.weights import likely

__all__ = ["Spoken", "detect", "spoken"]

_LEAST = 0.35
"""A language is told when it has this share. Of texts that were kept back from training, the likeliest language is right in 36
of 143 below it, in 68 of 228 up to 0.45, in 185 of 439 up to 0.55, and in 99 of 100 from 0.95 on. Lower than where right and
wrong are level (about 0.6): the evaluation counts no answer as a wrong one.
"""
_KNOWN = 20.0
"""How many times likelier than another language is that of the conversation so far, or before it that which the customer
prefers.

Of words, word pairs and utterances in the language that is preferred, .93, .98 and .99 are told rightly (without a preference
.78, .90 and .92); where English is preferred by who writes another one, .77, .90 and .85 (`frontdesk eval guardrails
language`).
"""
_LETTERS_TO_TELL = 3
_LETTERS_FOR_A_CHANGE = 8
_IDEOGRAPHS_OF_WORDS = 6
"""As many may be Japanese words for a customer who prefers Japanese; a sentence of theirs has kana."""
_SEEN = 240
"""Characters looked at: more of them change no answer."""
_MARK_OF_NOISE = re.compile(r"[\d@#<{}=_(/]")
"""In every text that has such a word, or `www.`: quicker to look for."""
_NAME = re.compile(r"(?<=\w )[A-ZÀ-Þ][a-zß-ÿ']*(?: [A-ZÀ-Þ][a-zß-ÿ']*)+(?!\w)")
"""Two words in capital initials, or more, after another word: who or what something is called, in whatever language."""
_CAPITALISED = re.compile(r"[A-ZÀ-Þ][a-zß-ÿ']* [A-ZÀ-Þ]")
"""In every text that has such a name: quicker to look for."""
_PHRASE, _LETTERS_OF_A_PHRASE = 2, 8
"""Words in lower case, and letters, that must be left for a name to be left out."""
_NOISE = re.compile(r"[\d@#<{}=_]|\w\(|://|www\.")
"""In a word that is none of a language: a number, an address, a handle, a placeholder, code."""


class Spoken(NamedTuple):
    """A message's language. `assumed`: the message does not say so, it is what the customer prefers."""

    language: str | None
    assumed: bool = False


def detect(text: str, previous: str | None = None) -> str | None:
    """The language of `text`, or `previous` when `text` does not say."""
    return spoken(text, previous).language


def spoken(text: str, previous: str | None = None, preferred: str | None = None) -> Spoken:
    """The language of `text`, or what it is most likely to be when `text` does not say.

    `previous`, the conversation's language so far, is kept unless the message is long enough, and clear enough, to be in
    another one: a name, an order number or an "ok" changes nothing. `preferred`, the language of the customer's account or
    browser, counts as long as nothing was said, and less than a clear message.
    """
    said = _told(text[:_SEEN])
    found = runs(said)
    joined = " ".join(found)
    letters = len(joined) - len(found) + 1 if found else 0
    unsaid = Spoken(previous) if previous or not preferred else Spoken(preferred, assumed=True)
    if script := decided(said, letters, previous):
        may_be_japanese = script == "zh" and unsaid == ("ja", True) and letters <= _IDEOGRAPHS_OF_WORDS
        return unsaid if may_be_japanese else Spoken(script)
    words = joined.lower()
    if saying := SAYINGS.get(words):
        theirs = words in ANYWHERE or preferred in ALSO.get(words, ())
        return unsaid if previous or (preferred and theirs) else Spoken(saying)
    if letters < _LETTERS_TO_TELL:
        return unsaid
    if previous and (letters < _LETTERS_FOR_A_CHANGE or all(run[0].isupper() for run in found)):
        return unsaid  # an answer in a word, a name
    weighed = likely(words)
    best = _likeliest(_favouring(previous or preferred, weighed))
    if best not in (None, preferred) or not unsaid.assumed:
        return Spoken(best or previous)
    return Spoken(preferred, assumed=_likeliest(weighed) != preferred)


def _favouring(known: str | None, weighed: Mapping[str, float]) -> Mapping[str, float]:
    """`weighed`, with what is known. A language that is none of the candidates is as likely as the least of them, or as all
    that they leave; where one is clear there are no others."""
    if known is None or len(weighed) < 2:
        return weighed
    share = weighed.get(known, min(1.0 - sum(weighed.values()), *weighed.values()))
    return {**weighed, known: _KNOWN * max(share, 0.0)}


def _likeliest(weighed: Mapping[str, float]) -> str | None:
    best = max(weighed, key=weighed.__getitem__, default=None)
    return None if best is None or weighed[best] < _LEAST * sum(weighed.values()) else best


def _told(said: str) -> str:
    """`said` without the words that are none of a language, and without names where enough else is left."""
    if _MARK_OF_NOISE.search(said) or "www." in said:
        said = " ".join([word for word in said.split() if not _NOISE.search(word) or UNUSUAL.search(word)])
    if not _CAPITALISED.search(said) or not _NAME.search(said):
        return said
    rest = _NAME.sub(" ", said)
    found = runs(rest)
    told = sum(run[0].islower() for run in found) >= _PHRASE and sum(map(len, found)) >= _LETTERS_OF_A_PHRASE
    return rest if told else said
