"""Addresses of crypto currencies: Bitcoin by its checksum, Ethereum by its form.

Sources: Bitcoin's Base58Check, BIP 173 and BIP 350 (Bech32, Bech32m); EIP-55 (Ethereum's 20 bytes in hexadecimal).
"""

import re
from collections.abc import Iterator
from hashlib import sha256

from shared.guardrails.pii.span import Scope, Span

NEEDED = r"[13][1-9A-HJ-NP-Za-km-z]{25,34}|bc1[0-9a-z]{11,71}|0x[0-9a-f]{40}"
EXAMPLES = (
    "pay ⟦16Yeky6GMjeNkAiNcBY7ZhrLoMSgg1BoyZ⟧",
    "⟦bc1q362mcakh9p0zr380s4uhhz26263yjep36c8se8⟧ is mine",
    "wallet ⟦0x52908400098527886E0F7030069857D2E4169EE7⟧.",
    "⟦bc1p5d7rjq7g6rdk2yhzks9smlaqtedr4dekq08ge8ztwac72sfr9rusxg3297⟧",
)
COUNTEREXAMPLES = (
    "16Yeky6GMjeNkAiNcBY7ZhrLoMSgg1BoyZ2",
    "bc1q362mcakh9p0zr380s4uhhz26263yjep36c8se9",
    "0x52908400",
)

_BASE58 = re.compile(r"(?<![A-Za-z\d])[13][1-9A-HJ-NP-Za-km-z]{25,34}(?![A-Za-z\d])")
_BECH32 = re.compile(r"(?<![A-Za-z\d])(?:bc1[02-9ac-hj-np-z]{11,71}|BC1[02-9AC-HJ-NP-Z]{11,71})(?![A-Za-z\d])")
_HEX = re.compile(r"(?<![A-Za-z\d])0x[0-9a-fA-F]{40}(?![A-Za-z\d])")
_DIGITS58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_DIGITS32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_BECH32_CHECKS = (1, 0x2BC830A3)  # Bech32, Bech32m


def find(text: str, _: Scope) -> Iterator[Span]:
    for pattern, valid in ((_BASE58, base58), (_BECH32, bech32), (_HEX, None)):
        for match in pattern.finditer(text):
            if valid is None or valid(match[0]):
                yield Span(*match.span(), "CRYPTO")


def base58(address: str) -> bool:
    """25 bytes, of which the last four are the beginning of the double SHA-256 of the others."""
    number = 0
    for char in address:
        number = number * 58 + _DIGITS58.index(char)
    if number.bit_length() > 200:
        return False
    raw = number.to_bytes(25, "big")
    return sha256(sha256(raw[:21]).digest()).digest()[:4] == raw[21:]


def bech32(address: str) -> bool:
    """The polynomial checksum of Bech32 or Bech32m over the prefix `bc` and the data."""
    values = [3, 3, 0, 2, 3, *(_DIGITS32.index(char) for char in address.lower()[3:])]  # `bc`, expanded
    check = 1
    for value in values:
        top, check = check >> 25, (check & 0x1FFFFFF) << 5 ^ value
        for place, generator in enumerate((0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)):
            check ^= generator if top >> place & 1 else 0
    return check in _BECH32_CHECKS
