"""Sealing: text that only Frontdesk can read, and only in the place that it was sealed for.

AES-256-GCM with a random 96-bit nonce (NIST SP 800-38D: at most 2^32 seals with one key, then rotate). A sealed text is
`v1.<key id>.<base64url of nonce, ciphertext and tag>`; its additional data is what it is bound to.
"""

import base64
import binascii
import hashlib
import hmac
import re
import secrets
from collections.abc import Mapping
from typing import NoReturn

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from shared.errors import ConfigurationError, Rejected

_NONCE = 12
_KEY_ID = re.compile(r"[A-Za-z0-9_-]{1,32}")


class SealBroken(Rejected):
    """Not sealed by a key we have, not for this place, or changed since."""


class Keyring:
    """The keys of a deployment, by id: the first seals, all open. A key is retired once nothing is sealed with it."""

    def __init__(self, keys: Mapping[str, bytes]) -> None:
        """Raises `ConfigurationError` without a key, or with one that is not 32 bytes or has no proper id."""
        if not keys:
            raise ConfigurationError("the keyring is empty: it needs at least one <id>:<base64 of 32 bytes>")
        for id, key in keys.items():
            if not _KEY_ID.fullmatch(id) or len(key) != 32:
                raise ConfigurationError(f"key {id!r} of the keyring: an id of letters, digits, - and _, and 32 bytes")
        self._first = next(iter(keys))
        self._sealers = {id: AESGCM(key) for id, key in keys.items()}
        self._printers = {id: _derived(key, b"frontdesk fingerprint") for id, key in keys.items()}

    @classmethod
    def parse(cls, text: str) -> "Keyring":
        """From `<id>:<base64>,<id>:<base64>`; the first seals. Errors never show a key."""
        keys: dict[str, bytes] = {}
        for number, entry in enumerate(text.split(","), 1):
            id, colon, encoded = entry.strip().partition(":")
            if not colon:
                raise ConfigurationError(f"key {number} of the keyring is not <id>:<base64 of 32 bytes>")
            if id in keys:
                raise ConfigurationError(f"key id {id!r} stands twice in the keyring")
            try:
                keys[id] = _decoded(encoded)
            except (binascii.Error, ValueError):
                raise ConfigurationError(f"key {id!r} of the keyring is not base64") from None
        return cls(keys)

    def seal(self, text: str, *, bound_to: str) -> str:
        """Encrypt `text` so that only `open` with the same `bound_to` reads it. Twice the same text: two sealed texts."""
        nonce = secrets.token_bytes(_NONCE)
        sealed = self._sealers[self._first].encrypt(nonce, text.encode(), bound_to.encode())
        return f"v1.{self._first}.{_encoded(nonce + sealed)}"

    def open(self, sealed: str, *, bound_to: str) -> str:
        """The text. Raises `SealBroken` for whatever `seal` of this keyring did not make for this place."""
        version, _, rest = sealed.partition(".")
        id, _, encoded = rest.partition(".")
        sealer = self._sealers.get(id)
        if version != "v1" or sealer is None:
            _broken()
        try:
            raw = _decoded(encoded)
            return sealer.decrypt(raw[:_NONCE], raw[_NONCE:], bound_to.encode()).decode()
        except (InvalidTag, binascii.Error, ValueError):
            _broken()

    def knows(self, sealed: str) -> bool:
        """Whether it names a key that we have."""
        return sealed.partition(".")[2].partition(".")[0] in self._sealers

    def seals_as(self, sealed: str) -> bool:
        """Whether it names the key that seals now."""
        return sealed.startswith(f"v1.{self._first}.")

    def fingerprints(self, text: str, *, bound_to: str) -> tuple[str, ...]:
        """What `text` is known by in this place, one for each key: the first is the one to store, all are to be looked for.

        HMAC-SHA256 over both, under keys derived from the sealing keys (HKDF, RFC 5869): without them nobody can try out
        card numbers.
        """
        place = bound_to.encode()
        message = len(place).to_bytes(4) + place + text.encode()
        return tuple(f"{id}.{_encoded(hmac.digest(key, message, hashlib.sha256))}" for id, key in self._printers.items())

    def __repr__(self) -> str:
        return f"Keyring({', '.join(self._sealers)})"


def generate_key(id: str = "k1") -> str:
    """A new random key as `Keyring.parse` takes it: `<id>:<base64url of 32 bytes>`."""
    return f"{id}:{_encoded(secrets.token_bytes(32))}"


def _broken() -> NoReturn:
    raise SealBroken("the seal is broken: another key, another place, or changed since") from None


def _derived(key: bytes, purpose: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose).derive(key)


def _encoded(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _decoded(text: str) -> bytes:
    """Base64 of either alphabet, with or without its padding; anything else in it is an error."""
    plain = text.rstrip("=").translate(str.maketrans("-_", "+/"))
    return base64.b64decode(plain + "=" * (-len(plain) % 4), validate=True)
