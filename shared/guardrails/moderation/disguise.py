"""The readings of a text: as it stands, and as it reads once decoded. A model reads base64; so must its guard."""

import base64
import binascii
import codecs
import re
from collections.abc import Iterator

from shared.guardrails.normal import view

_SPACES = re.compile(r"\s+")
_QUOTES = str.maketrans("\u2018\u2019\u02bc\u201c\u201d\u00b4`", "'''\"\"''")
_LOOKALIKES = str.maketrans("аеорсухіјѕԁһӏαειοκνρτυχ", "aeopcyxijsdhlaeiokvptux")
_MIXED = re.compile(r"[a-z][\u0370-\u04ff]|[\u0370-\u04ff][a-z]")
_BASE64 = re.compile(r"(?<![\w+/=-])[A-Za-z0-9+/_-]{16,8192}={0,2}(?![\w+/=])")
_HEX = re.compile(r"(?<![\w])(?:[0-9a-fA-F]{2}[ :]?){12,4096}(?![\w])")
_SPELLED = re.compile(r"(?<!\w)\w(?:[ .\-_*]{1,5}\w){6,400}(?!\w)")
_LEET = str.maketrans("013457@$", "oieastas")
_LEET_WORD = re.compile(r"[a-z][013457@$][a-z]")
_ROT13_HINT = re.compile(r"\b(?:gur|naq|vf|lbhe|nyy|zr|cerivbhf|vafgehpgvbaf?|flfgrz|cebzcg|vtaber)\b")


def plain(text: str) -> str:
    """Normalised, in lower case, with single spaces and plain quotes; letters that only look Latin made so in mixed words."""
    lower = _SPACES.sub(" ", view(text).text.casefold().translate(_QUOTES)).strip()
    return lower.translate(_LOOKALIKES) if _MIXED.search(lower) else lower


def readings(text: str) -> Iterator[tuple[str, str]]:
    """Each reading with the name of its disguise, the plain one first."""
    seen = plain(text)
    yield "", seen
    normal = view(text).text
    for pattern, name, decode in ((_BASE64, "base64", _from_base64), (_HEX, "hex", bytes.fromhex)):
        for match in pattern.finditer(normal):
            if decoded := _decoded(match[0].replace(":", ""), decode):
                yield name, plain(decoded)
    if len(_ROT13_HINT.findall(seen)) >= 2:
        yield "rot13", codecs.decode(seen, "rot13")
    if _SPELLED.search(normal):
        yield "spelled", plain(_SPELLED.sub(lambda match: _joined(match[0]), normal))
    if _LEET_WORD.search(seen):
        yield "leet", seen.translate(_LEET)


def _from_base64(text: str) -> bytes:
    padded = text.rstrip("=").translate(str.maketrans("-_", "+/"))
    return base64.b64decode(padded + "=" * (-len(padded) % 4), validate=True)


def _decoded(text: str, decode: object) -> str | None:
    try:
        decoded = decode(text).decode() if callable(decode) else ""
    except (binascii.Error, ValueError):
        return None
    return decoded if len(decoded) > 8 and decoded.replace("\n", " ").isprintable() else None


def _joined(spelled: str) -> str:
    """`i g n o r e   a l l`: single separators join letters, wider ones part words."""
    return re.sub(r"[ .\-_*]", "", re.sub(r"[ .\-_*]{2,}", "\n", spelled)).replace("\n", " ")
