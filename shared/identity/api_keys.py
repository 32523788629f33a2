"""API keys of programs: the company's backends and its desk."""

import hashlib
import hmac
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal, get_args

from shared.errors import ConfigurationError

Role = Literal["events", "desk"]
"""`events`: may publish backend events. `desk`: may read conversations and answer as a person."""

_ENTRY = re.compile(r"(?P<name>[A-Za-z0-9_-]{1,64}):(?:(?P<roles>[a-z+]+):)?(?P<key>[^\s:]+)")
_HASHED = re.compile(r"sha256=([0-9a-f]{64})")
_SHORTEST = 24
_FORM = "name:roles:key, role:key, or either with sha256=<hex> for the key; roles joined by +, entries by commas"


@dataclass(frozen=True, slots=True)
class ApiKey:
    """Who a key belongs to and what it may do; never the key itself."""

    name: str
    roles: frozenset[Role]
    digest: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class ApiKeys:
    """All keys that are known; none of them is kept, only their hashes. Keys are random, so a plain hash will do."""

    keys: Sequence[ApiKey] = ()

    @classmethod
    def parse(cls, text: str) -> "ApiKeys":
        """`shop:events:sha256=9f86…,helpdesk:desk+events:<key of 24 characters or more>`; empty: no keys.

        `events:<key>` is short for a program that is named as its role.

        Raises `ConfigurationError` for anything else, without quoting it.
        """
        return cls(tuple(_parsed(number, entry.strip()) for number, entry in enumerate(text.split(","), 1) if entry.strip()))

    def find(self, presented: str) -> ApiKey | None:
        """The entry of a presented key. Every entry is compared, in constant time."""
        digest = _digest(presented)
        found = None
        for key in self.keys:
            if hmac.compare_digest(key.digest, digest):
                found = key
        return found


def _parsed(number: int, entry: str) -> ApiKey:
    match = _ENTRY.fullmatch(entry)
    if not match:
        raise ConfigurationError(f"FRONTDESK_API_KEYS: entry {number} is not {_FORM}")
    named = set((match["roles"] or match["name"]).split("+"))
    roles: frozenset[Role] = frozenset(role for role in get_args(Role) if role in named)
    if len(roles) != len(named):
        raise ConfigurationError(f"FRONTDESK_API_KEYS: entry {number} has a role that is none of {', '.join(get_args(Role))}")
    if hashed := _HASHED.fullmatch(match["key"]):
        return ApiKey(match["name"], roles, bytes.fromhex(hashed[1]))
    if len(match["key"]) < _SHORTEST:
        raise ConfigurationError(f"FRONTDESK_API_KEYS: entry {number} has a key of fewer than {_SHORTEST} characters")
    return ApiKey(match["name"], roles, _digest(match["key"]))


def _digest(key: str) -> bytes:
    return hashlib.sha256(key.encode()).digest()
