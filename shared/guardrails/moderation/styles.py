"""Ways of writing that people read and word lists do not: letters apart, words together, digits and look-alikes for letters."""

import re
import unicodedata
from collections.abc import Iterator

from shared.guardrails.moderation.plain import Written

_SPELLED = re.compile(r"(?<!\w)\w(?:[ .\-_*|/]{1,5}\w){6,400}(?!\w)")
_ALONE = 6
"""Characters that stand alone in any text."""
_SEPARATORS = re.compile(r"[ .\-_*|/]+")
_TIED = re.compile(r"(?<![^\W_])[^\W_]++([_.\-+*~|/])[^\W_]++(?:\1[^\W_]++){2,}+")
_TIES = 3
_HUMPS = re.compile(r"(?<=[a-z])(?=[A-Z])")
_HUMP = re.compile(r"[A-Z][a-z]+[A-Z]")
_CAMEL = re.compile(r"(?<![A-Za-z])[a-z]*+(?:[A-Z][a-z]++){4,}+")
_LEET = str.maketrans("013457@$!|8", "oieastasilb")
_LEET_WORD = re.compile(r"[a-z][013457@$!|8]+[a-z]|\b[013457@$][a-z]{2}")
_FIGURE = re.compile(r"[013457@$!|8]")
_TAGS = re.compile("[\U000e0020-\U000e007e]{4,}")
_SELECTORS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]{8,}")
_PICTURED = re.compile("[\U0001f1e6-\U0001f1ff](?:[ \ufe0f\u200b]{0,2}[\U0001f1e6-\U0001f1ff]){2,}")
_UNSEEN = re.compile("[\ufe00-\ufe0f\U0001f1e6-\U0001f1ff\U000e0020-\U000e01ef]")
_TO_TAG = 0xE0000
_TO_LETTER = 0x1F1E6 - ord("a")
_DRAWN = str.maketrans(
    "ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘǫʀꜱᴛᴜᴠᴡʏᴢɐqɔǝɟƃɥᴉɾʞɯɹʇʌʍʎɓɗƙɱɳɲƥɽʂƭʋⱳƴʑɑɡıȷℓ",
    "abcdefghijklmnopqrstuvwyzaqcefghijkmrtvwybdkmnnprstvwyzagijl",
)
_DRAWN_LETTERS = re.compile(f"[{''.join(chr(drawn) for drawn, letter in _DRAWN.items() if drawn != letter)}]")
_TURNED = str.maketrans("ɐqɔpǝɟƃɥᴉɾʞlɯuodbɹsʇnʌʍxʎz", "abcdefghijklmnopqrstuvwxyz")
_TURNED_LETTERS = re.compile("[ɐɔǝɟƃɥᴉɾʞɯɹʇʌʍʎ]")
_LONG = 2_000
_AROUND = 100
_ACCENTED = 0.15
"""The share of a text's Latin letters that no language but Vietnamese writes with accents."""


def pictured(text: Written) -> Iterator[str]:
    """Text in characters that nobody sees (tags, variation selectors), or in flags' letters."""
    if text.written.isascii() or not _UNSEEN.search(text.written):
        return
    for match in _TAGS.finditer(text.written):
        yield "".join(chr(ord(char) - _TO_TAG) for char in match[0])
    for match in _SELECTORS.finditer(text.written):
        octets = bytes(ord(char) - 0xFE00 if char < "\ufe10" else ord(char) - 0xE0100 + 16 for char in match[0])
        yield octets.decode(errors="replace")
    if _PICTURED.search(text.written):
        letters = "".join(chr(ord(c) - _TO_LETTER) if "\U0001f1e6" <= c <= "\U0001f1ff" else c for c in text.written)
        yield _SPELLED.sub(_together, letters)


def joined(text: Written) -> Iterator[str]:
    """`i g n o r e   a l l`: single separators join letters, wider ones part words. `ignore_all` and `IgnoreAll`: parted."""
    if list(map(len, text.words)).count(1) + text.normal.count("_") > _ALONE and _SPELLED.search(text.normal):
        yield _SPELLED.sub(_together, _near(text.normal, _SPELLED))
    if any(text.normal.count(tie) >= _TIES for tie in "_.-+*~|/") and _TIED.search(text.normal):
        yield _TIED.sub(lambda match: match[0].replace(match[1], " "), _near(text.normal, _TIED))
    if _HUMP.search(text.normal) and _CAMEL.search(text.normal):
        yield _HUMPS.sub(" ", _near(text.normal, _CAMEL))


def _near(text: str, pattern: re.Pattern[str]) -> str:
    """Of a long text only what stands near matches: to read all of it twice would tell no more."""
    if len(text) <= _LONG:
        return text
    pieces, seen = [], 0
    for match in pattern.finditer(text):
        start, end = max(seen, match.start() - _AROUND), min(len(text), match.end() + _AROUND)
        if end > seen:
            pieces.append(text[start:end])
            seen = end
    return "".join(pieces)


def _together(match: re.Match[str]) -> str:
    spelled = re.sub(r"[ .\-_*|/]{2,}", "\n", match[0])
    return _SEPARATORS.sub("", spelled).replace("\n", " ")


def lettered(text: Written) -> Iterator[str]:
    """Digits and signs for letters."""
    if _FIGURE.search(text.plain) and len(_LEET_WORD.findall(text.plain)) > 1:
        yield _near(text.plain, _LEET_WORD).translate(_LEET)


def respelled(text: Written) -> Iterator[str]:
    """Small capitals and other drawn letters, letters upside down, and accents where no language has so many."""
    if text.plain.isascii():
        return
    if _TURNED_LETTERS.search(text.plain):
        yield text.plain.translate(_TURNED)[::-1]
    if _DRAWN_LETTERS.search(text.plain):
        yield text.plain.translate(_DRAWN)
    if len(text.plain) - len(text.plain.encode("ascii", "ignore")) > _ACCENTED * len(text.plain):
        bare = "".join(char for char in unicodedata.normalize("NFD", text.plain) if not "\u0300" <= char <= "\u036f")
        if bare.isascii():
            yield bare
