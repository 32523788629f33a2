"""What hides a text: codes, ciphers and ways of writing. Each decoder gives the texts that it finds in another one.

A decoder costs next to nothing where it finds no hint of its code.
"""

import base64
import binascii
import html
import re
from collections.abc import Callable, Iterator
from urllib.parse import unquote_plus

from shared.guardrails.moderation.ciphers import morse, rotated, turned
from shared.guardrails.moderation.plain import Written
from shared.guardrails.moderation.styles import joined, lettered, pictured, respelled

Decoder = Callable[[Written], Iterator[str]]

_CODE = re.compile(r"[A-Za-z0-9+/_-]{16,}+={0,2}(?:\n[A-Za-z0-9+/_-]{2,}+={0,2})*+")
_ASCII85 = re.compile(r"[!-u]{20,}+(?:~>)?")
_HEX = re.compile(r"(?<![0-9a-zA-Z])(?:(?:0x|\\x)?[0-9a-fA-F]{2}[ ,:;]{0,2}+){8,}+")
_BINARY = re.compile(r"(?<![0-9a-zA-Z])[01]{7,8}(?:[ ,]{0,2}+[01]{7,8}){5,}+")
_OCTETS = re.compile(r"(?<!\w)\d{2,3}(?:[ ,;]{1,2}\d{2,3}){7,}+")
_ESCAPE = re.compile(
    r"(?P<bytes>(?:[%=\\]x?[0-9a-fA-F]{2}){2,}|(?:\\[0-7]{3}){2,})|"
    r"\\u\{?(?P<unicode>[0-9a-fA-F]{1,6})\}?|[uU]\+(?P<point>[0-9a-fA-F]{4,6}) ?"
)
_DIGIT = re.compile(r"\d")
_LONG = re.compile(r"\S{16}")
_LONGER = re.compile(r"\S{20}")
_RUNS = re.compile(r"\S{16,}+(?:\n\S{2,}+)*+")
_CODED = re.compile(r"\b[0-9a-fA-Fx]{2,8}[ ,:;]{1,2}[0-9a-fA-Fx]{2,8}[ ,:;]{1,2}[0-9a-fA-Fx]{2,8}\b")
_PERCENT = re.compile(r"%[0-9a-fA-F]{2}")
_MOST = 64
"""Codes of one kind that are read in a text."""


def escapes(text: Written) -> Iterator[str]:
    r"""`\x41`, `\u0041`, `\101`, `%41`, `=41`, `U+0041` and `&#65;` as the characters that they stand for."""
    if "&" in text.normal and (read := html.unescape(text.normal)) != text.normal:
        yield read
    if "%" in text.normal and _PERCENT.search(text.normal):
        yield unquote_plus(text.normal, errors="replace")
    if "\\" in text.normal or "u+" in text.plain or "=" in text.normal:
        read = _ESCAPE.sub(_unescaped, text.normal)
        if read != text.normal:
            yield read


def _unescaped(match: re.Match[str]) -> str:
    if run := match["bytes"]:
        if re.fullmatch(r"(?:\\[0-7]{3})+", run):
            return _text(bytes(int(octal, 8) & 255 for octal in run.split("\\")[1:]))
        return _text(bytes.fromhex(re.sub(r"[%=\\]x?", "", run)))
    point = int(match["unicode"] or match["point"], 16)
    return chr(point) if point < 0x110000 and not 0xD800 <= point < 0xE000 else " "


def _text(read: bytes) -> str:
    return read.decode(errors="replace")


def encoded(text: Written) -> Iterator[str]:
    """Base64, base32, base85, and hexadecimal, binary or decimal bytes."""
    runs = "\n\n".join(_RUNS.findall(text.normal)) if _LONG.search(text.normal) else ""
    if runs:
        for match, _ in zip(_CODE.finditer(runs), range(_MOST), strict=False):
            code = match[0].replace("\n", "")
            yield from _readable(_from_base64, code)
            if code.isupper():
                yield from _readable(_from_base32, code)
        if _LONGER.search(text.written):
            for match, _ in zip(_ASCII85.finditer(text.written), range(_MOST), strict=False):
                yield from _readable(_from_ascii85, match[0])
                yield from _readable(base64.b85decode, match[0])
    parted = _DIGIT.search(text.normal) and _CODED.search(text.normal)
    if parted or _DIGIT.search(runs):
        for pattern, read in ((_HEX, _from_hex), (_BINARY, _from_binary), (_OCTETS, _from_octets)):
            for match, _ in zip(pattern.finditer(text.normal if parted else runs), range(_MOST), strict=False):
                yield from _readable(read, match[0])


def _from_base64(code: str) -> bytes:
    padded = code.rstrip("=").translate(str.maketrans("-_", "+/"))
    return base64.b64decode(padded + "=" * (-len(padded) % 4), validate=True)


def _from_base32(code: str) -> bytes:
    padded = code.rstrip("=")
    return base64.b32decode(padded + "=" * (-len(padded) % 8))


def _from_ascii85(code: str) -> bytes:
    return base64.a85decode(code.removeprefix("<~").removesuffix("~>"))


def _from_hex(code: str) -> bytes:
    return bytes.fromhex(re.sub(r"0x|\\x|[ ,:;]", "", code))


def _from_binary(code: str) -> bytes:
    digits = re.sub("[ ,]", "", code)
    size = 8 if len(digits) % 8 == 0 else 7
    return bytes(int(digits[at : at + size], 2) for at in range(0, len(digits), size))


def _from_octets(code: str) -> bytes:
    return bytes(map(int, re.findall(r"\d+", code)))


def _readable(read: Callable[[str], bytes], code: str) -> Iterator[str]:
    try:
        decoded = read(code).decode()
    except (binascii.Error, ValueError):
        return
    if len(decoded) > 7 and decoded.replace("\n", " ").isprintable():
        yield decoded


_SIGNS = re.compile(r"[0-9@$|\\%&=_+<>~]")
_LONGEST_WORD = 16
_FEW_LETTERS = 7


def hinted(text: Written) -> bool:
    """Whether more than a cipher of letters may hide in a text: digits, signs, long runs, or letters that stand alone."""
    return (
        not text.written.isascii()
        or _SIGNS.search(text.normal) is not None
        or max(map(len, text.normal.split()), default=0) >= _LONGEST_WORD
        or list(map(len, text.words)).count(1) >= _FEW_LETTERS
    )


CIPHERS: tuple[tuple[str, Decoder], ...] = (("cipher", rotated), ("reversed", turned))
DECODERS: tuple[tuple[str, Decoder], ...] = (
    ("picture", pictured),
    ("escapes", escapes),
    ("code", encoded),
    *CIPHERS,
    ("morse", morse),
    ("spelled", joined),
    ("leet", lettered),
    ("respelled", respelled),
)
"""Every decoder with the name of what it undoes."""
