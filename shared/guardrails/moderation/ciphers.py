"""Ciphers of letters: shifted alphabets, Atbash, words or lines turned round, Morse."""

import re
from collections import Counter
from collections.abc import Iterator
from string import ascii_lowercase

from shared.guardrails.moderation.plain import Written

_WORDS = (
    "ignore ignoring disregard forget previous prior above instructions instruction prompt system reveal password secret "
    "rules pretend restrictions developer bypass override hidden print repeat everything"
)
MARKERS = tuple(_WORDS.split(" "))
"""Words of attacks that honest text does not hold in cipher. Two of them tell which cipher it is."""
_ALPHABET = ascii_lowercase
_SHIFTED = {shift: str.maketrans(_ALPHABET, _ALPHABET[shift:] + _ALPHABET[:shift]) for shift in range(1, 26)}
_ATBASH = str.maketrans(_ALPHABET, _ALPHABET[::-1])
_HIDDEN: dict[str, int] = {
    **{word.translate(table): 26 - shift for shift, table in _SHIFTED.items() for word in MARKERS if len(word) > 4},
    **{word.translate(_ATBASH): 26 for word in MARKERS},
}
"""A marker as each cipher writes it, and the shift that reads it; 26 stands for Atbash."""
_ABROAD = (
    "ignoriere vergiss anweisungen vorherigen passwort kennwort geheime geheimes zeige ignorez oublie oubliez consignes "
    "précédentes passe secrète affiche ignora olvida instrucciones anteriores contraseña clave secreta muestra instruções "
    "senha mostre dimentica istruzioni precedenti parola segreta mostra игнорируй забудь инструкции предыдущие пароль "
    "секретный покажи"
)
_BACKWARDS = frozenset(word[::-1] for word in (*MARKERS, *_ABROAD.split(" ")))
_TOLD = (
    "backwards backward reversed reverse right rückwärts umgekehrt envers revés invertido contrario trás наоборот задом "
    "wspak tersten"
)
_SAYS_SO = frozenset(_TOLD.split(" "))
_ENOUGH = 2
_CODES = (
    ".- -... -.-. -.. . ..-. --. .... .. .--- -.- .-.. -- -. --- .--. --.- .-. ... - ..- ...- .-- -..- -.-- --.. "
    "----- .---- ..--- ...-- ....- ..... -.... --... ---.. ----."
)
_MORSE = dict(zip(_CODES.split(" "), _ALPHABET + "0123456789", strict=True))
_MORSE_RUN = re.compile(r"(?<![\w.-])[.-]{1,6}(?: (?:[/|] )?[.-]{1,6}){7,}+")


def rotated(text: Written) -> Iterator[str]:
    """ROT13 and every other shift, and Atbash, where two words of attacks stand in the same one."""
    if _HIDDEN.keys().isdisjoint(text.words):
        return
    found = _HIDDEN.keys() & set(text.words)
    if len(found) >= _ENOUGH:
        shift, times = Counter(map(_HIDDEN.__getitem__, found)).most_common(1)[0]
        if times >= _ENOUGH:
            yield text.plain.translate(_ATBASH if shift == len(_ALPHABET) else _SHIFTED[shift])


def turned(text: Written) -> Iterator[str]:
    """Text from its end to its start, or word by word: by two words of attacks, or by one where the text says that it is so."""
    found = len(_BACKWARDS.intersection(text.words))
    if found >= _ENOUGH or (found and not _SAYS_SO.isdisjoint(text.words)):
        yield text.plain[::-1]
        yield " ".join(word[::-1] for word in text.plain.split(" "))


def morse(text: Written) -> Iterator[str]:
    """Dots and dashes of eight letters or more."""
    if "- " in text.plain or ". ." in text.plain:
        for match in _MORSE_RUN.finditer(text.plain):
            words = re.split(r" [/|] ", match[0])
            yield " ".join("".join(_MORSE.get(code, "") for code in word.split(" ")) for word in words)
