"""The language of a message: ISO 639-1, or None when it cannot be told.

Where the script decides alone it does (Greek, Hebrew, Thai, Hangul, kana, ...). Else a small model of the repository's own
answers, and what is known of the conversation and of the customer counts as a prior (Bayes' rule): the less a message
says, the more it decides.
"""

import re

from shared.guardrails.language.sayings import SAYINGS
from shared.guardrails.language.scripts import LETTERS, UNUSUAL, decided
from shared.guardrails.language.weights import likely

__all__ = ["detect"]

_LEAST = 0.35
"""A language is told when it has this share. On the development rows of `evals/language.py`, without a conversation: of 23
below it the likeliest is right once, of 33 up to 0.45 seven times, of 40 up to 0.55 in 23, of 783 from 0.95 on in
98 of 100. Lower than where right and wrong are level (about 0.45): the evaluation counts no answer as a wrong one.
"""
_PREVIOUS = 20.0
_PREFERRED = 4.0
"""How many times likelier the language so far is than another one, and that of the customer's profile."""
_LETTERS_TO_TELL = 3
_LETTERS_FOR_A_CHANGE = 8
_SEEN = 240
"""Characters looked at: more of them change no answer."""
_NOISE = re.compile(r"[\d@#<]|://|www\.")
"""In a word that is none of a language: a number, an address, a handle, a placeholder."""


def detect(text: str, previous: str | None = None, preferred: str | None = None) -> str | None:
    """The language of `text`, or `previous` when `text` does not say.

    `previous`, the conversation's language so far, is kept unless the message is long enough, and clear enough, to be in
    another one: a name, an order number or an "ok" changes nothing. `preferred` is the language of the customer's
    profile; it decides between likely ones only.
    """
    said = text[:_SEEN]
    if _NOISE.search(said):
        said = " ".join([word for word in said.split() if not _NOISE.search(word) or UNUSUAL.search(word)])
    runs = LETTERS.findall(said)
    letters = sum(map(len, runs))
    if script := decided(said, letters, previous):
        return script
    words = " ".join(runs).lower()
    if saying := SAYINGS.get(words):
        return previous or saying
    if letters < _LETTERS_TO_TELL:
        return previous
    if previous and (letters < _LETTERS_FOR_A_CHANGE or all(run[0].isupper() for run in runs)):
        return previous  # an answer in a word, a name
    weighed = {
        language: probability * (_PREVIOUS if language == previous else 1.0) * (_PREFERRED if language == preferred else 1.0)
        for language, probability in likely(words).items()
    }
    best = max(weighed, key=lambda language: weighed[language], default=None)
    if best is None or weighed[best] < _LEAST * sum(weighed.values()):
        return previous
    return best
