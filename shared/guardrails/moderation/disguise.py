"""The readings of a text: as it stands, and as it reads once decoded. A model reads base64; so must its guard."""

import base64
import binascii
import codecs
import re
from collections.abc import Callable, Iterator
from functools import cache
from urllib.parse import unquote_plus

import re2

from shared.guardrails.normal import view

_SPACES = re.compile(r"\s+")
_QUOTES = str.maketrans("\u2018\u2019\u02bc\u201c\u201d\u00b4`", "'''\"\"''")
_LOOKALIKES = str.maketrans("аеорсухіјѕԁһӏαειοκνρτυχ", "aeopcyxijsdhlaeiokvptux")
_MIXED = re.compile(r"[a-z][\u0370-\u04ff]|[\u0370-\u04ff][a-z]")
_BASE64 = re.compile(r"(?<![\w+/=-])[A-Za-z0-9+/_-]{16,8192}={0,2}(?![\w+/=])")
_HEX = re.compile(r"(?<![\w])(?:[0-9a-fA-F]{2}[ :]?){12,4096}(?![\w])")
_PERCENT = re.compile(r"(?:%[0-9a-fA-F]{2}|[\w.+-]){8,4096}")
_SPELLED = re.compile(r"(?<!\w)\w(?:[ .\-_*]{1,5}\w){6,400}(?!\w)")
_LEET = str.maketrans("013457@$", "oieastas")
_LEET_WORD = re.compile(r"[a-z][013457@$][a-z]")
_ROT13_HINT = re.compile(r"\b(?:gur|naq|vf|lbhe|nyy|zr|cerivbhf|vafgehpgvbaf?|flfgrz|cebzcg|vtaber)\b")
_TAGS = re.compile("[\U000e0020-\U000e007e]{4,}")
_PICTURED = re.compile("[\U0001f1e6-\U0001f1ff](?:[ \ufe0f\u200b]{0,2}[\U0001f1e6-\U0001f1ff]){2,}")
_TO_TAG = 0xE0000
_TO_LETTER = 0x1F1E6 - ord("a")
_HINTS = (
    ("encoded", r"[a-z0-9+/_-]{16}|(?:[0-9a-f]{2}[ :]?){12}|(?:%[0-9a-f]{2}.{0,8}){4}"),
    ("rot13", r"\b(?:gur|naq|vf|lbhe|nyy|zr|cerivbhf|vafgehpgvbaf?|flfgrz|cebzcg|vtaber)\b"),
    ("spelled", r"\b\w(?:[ .\-_*]{1,5}\w\b){6}"),
    ("leet", r"[a-z][013457@$][a-z]"),
)
"""What a disguise needs: one pass of RE2 over the plain text tells which decoders are worth their time."""


def plain(text: str) -> str:
    """Normalised, in lower case, with single spaces and plain quotes; letters that only look Latin made so in mixed words."""
    if text.isascii():
        return " ".join(text.lower().replace("`", "'").split())
    lower = _SPACES.sub(" ", view(text).text.casefold().translate(_QUOTES)).strip()
    return lower.translate(_LOOKALIKES) if _MIXED.search(lower) else lower


@cache
def _hints() -> Callable[[str], list[int] | None]:
    patterns = re2.Set.SearchSet()
    for _, pattern in _HINTS:
        patterns.Add(pattern)
    patterns.Compile()
    match: Callable[[str], list[int] | None] = patterns.Match
    return match


def readings(text: str) -> Iterator[tuple[str, str]]:
    """Each reading with the name of its disguise, the plain one first."""
    seen = plain(text)
    yield "", seen
    if text.isascii():
        hinted = {_HINTS[index][0] for index in _hints()(seen) or ()}
        if not hinted:
            return
    else:
        hinted = {name for name, _ in _HINTS}
        yield from _pictured(text)
    normal = view(text).text
    if "encoded" in hinted:
        yield from _encoded(normal)
    if "rot13" in hinted and len(_ROT13_HINT.findall(seen)) > 1:
        yield "rot13", codecs.decode(seen, "rot13")
    if "spelled" in hinted and _SPELLED.search(normal):
        yield "spelled", plain(_SPELLED.sub(lambda match: _joined(match[0]), normal))
    if "leet" in hinted and _LEET_WORD.search(seen):
        yield "leet", seen.translate(_LEET)


def _pictured(text: str) -> Iterator[tuple[str, str]]:
    """What was written with characters that nobody sees, or with flags' letters."""
    for match in _TAGS.finditer(text):
        yield "tags", plain("".join(chr(ord(char) - _TO_TAG) for char in match[0]))
    if _PICTURED.search(text):
        letters = "".join(chr(ord(c) - _TO_LETTER) if "\U0001f1e6" <= c <= "\U0001f1ff" else c for c in text)
        yield "emoji", plain(_SPELLED.sub(lambda match: _joined(match[0]), letters))


def _encoded(normal: str) -> Iterator[tuple[str, str]]:
    decoders: tuple[tuple[re.Pattern[str], str, Callable[[str], bytes]], ...] = (
        (_BASE64, "base64", _from_base64),
        (_HEX, "hex", bytes.fromhex),
    )
    for pattern, name, decode in decoders:
        for match in pattern.finditer(normal):
            if decoded := _decoded(match[0].replace(":", ""), decode):
                yield name, plain(decoded)
    if normal.count("%") > 3:
        yield "percent", plain(_PERCENT.sub(lambda match: unquote_plus(match[0]), normal))


def _from_base64(text: str) -> bytes:
    padded = text.rstrip("=").translate(str.maketrans("-_", "+/"))
    return base64.b64decode(padded + "=" * (-len(padded) % 4), validate=True)


def _decoded(text: str, decode: Callable[[str], bytes]) -> str | None:
    try:
        decoded = decode(text).decode()
    except (binascii.Error, ValueError):
        return None
    return decoded if len(decoded) > 8 and decoded.replace("\n", " ").isprintable() else None


def _joined(spelled: str) -> str:
    """`i g n o r e   a l l`: single separators join letters, wider ones part words."""
    return re.sub(r"[ .\-_*]", "", re.sub(r"[ .\-_*]{2,}", "\n", spelled)).replace("\n", " ")
