"""Sessions: who a customer is, as a signed token of our own or of the host company's.

Both are compact JWTs (RFC 7519). The algorithm is pinned by configuration, never read from the token (RFC 8725, 3.1).
"""

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal

import jwt

from shared.contracts import Customer
from shared.errors import ConfigurationError, FrontdeskError
from shared.identity.locale import language_of

ISSUER = "frontdesk"
AUDIENCE = "frontdesk:customer"
GUEST = "guest_"
SHORTEST_KEY = 32
"""Bytes of an HS256 key: as long as the hash (RFC 7518, 3.2)."""

_LEEWAY = 10.0  # seconds between the host company's clock and ours
_LONGEST_ID = 128

Algorithm = Literal["HS256", "RS256", "ES256", "EdDSA"]
Claims = dict[str, Any]


class Unauthenticated(FrontdeskError):
    """The token proves nothing. The message says why in general words and never quotes it."""


@dataclass(frozen=True, slots=True)
class Session:
    """A customer and until when they are believed, Unix seconds. `language` is that of their account, where it is known."""

    customer: Customer
    expires: float
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Sessions:
    """Our own tokens, HS256 under `key`, valid for `lifetime` seconds."""

    key: bytes = field(repr=False)
    lifetime: float = 12 * 3600.0
    now: Callable[[], float] = time.time

    def __post_init__(self) -> None:
        if len(self.key) < SHORTEST_KEY:
            raise ConfigurationError(f"FRONTDESK_SESSION_KEY: at least {SHORTEST_KEY} bytes are needed")

    def issue(self, customer: Customer) -> str:
        """A token for `customer` from now on."""
        return self.token(self.begin(customer))

    def begin(self, customer: Customer, language: str | None = None) -> Session:
        """A session of `customer` that starts now."""
        return Session(customer, float(int(self.now() + self.lifetime)), language)

    def token(self, session: Session) -> str:
        """The token of a session; the same for the same session."""
        claims = {
            "iss": ISSUER,
            "aud": AUDIENCE,
            "sub": session.customer.id,
            "asr": session.customer.assurance,
            "exp": int(session.expires),
        }
        if session.language:
            claims["locale"] = session.language
        return jwt.encode(claims, self.key, algorithm="HS256")

    def verify(self, token: str) -> Session:
        """The session of a token that we issued. Raises `Unauthenticated` for an expired or forged one."""
        claims = _decoded(token, self.key, "HS256", self.now(), issuer=ISSUER, audience=AUDIENCE)
        try:
            customer = Customer(id=claims["sub"], assurance=claims["asr"])
        except (KeyError, ValueError):
            raise Unauthenticated("the token is not a session") from None
        return Session(customer, float(claims["exp"]), language_of(claims.get("locale")))


@dataclass(frozen=True, slots=True)
class HostTokens:
    """Tokens of the host company, by which its signed-in customers are known: `sub` is the customer's id there.

    `key` is the shared secret for HS256, else a public key in PEM. Where `issuer` or `audience` is set, the claim must
    be there and equal. `locale` (OpenID Connect Core 1.0, 5.1) may name the customer's language; one that is no language tag
    names none. Claims such as name or e-mail are neither read nor logged.
    """

    key: bytes = field(repr=False)
    algorithm: Algorithm
    issuer: str | None = None
    audience: str | None = None
    now: Callable[[], float] = time.time

    def __post_init__(self) -> None:
        if self.algorithm == "HS256" and len(self.key) < SHORTEST_KEY:
            raise ConfigurationError(f"FRONTDESK_CUSTOMER_JWT_KEY: HS256 needs at least {SHORTEST_KEY} bytes")
        try:
            jwt.get_algorithm_by_name(self.algorithm).prepare_key(self.key)
        except (jwt.InvalidKeyError, ValueError, TypeError):
            raise ConfigurationError(f"FRONTDESK_CUSTOMER_JWT_KEY: not a key for {self.algorithm}") from None

    def verify(self, token: str) -> Session:
        """The customer whom the host company vouches for. Raises `Unauthenticated`."""
        claims = _decoded(token, self.key, self.algorithm, self.now(), issuer=self.issuer, audience=self.audience)
        subject = claims.get("sub")
        if not isinstance(subject, str) or not 0 < len(subject) <= _LONGEST_ID or not subject.isprintable():
            raise Unauthenticated("the token names no customer")
        if subject.startswith(GUEST):
            raise Unauthenticated("the token names a guest")
        customer = Customer(id=subject, assurance="verified")
        return Session(customer, float(claims["exp"]), language_of(claims.get("locale")))


def guest() -> Customer:
    """Somebody whom nobody vouches for. The id is random: 128 bits, so that it cannot be guessed or met twice."""
    return Customer(id=GUEST + secrets.token_hex(16), assurance="anonymous")


def _decoded(token: str, key: bytes, algorithm: str, now: float, *, issuer: str | None, audience: str | None) -> Claims:
    """Signature and claims, checked. Expiry is checked here, by the clock that was injected."""
    options: Any = {"require": ["exp", "sub"], "verify_exp": False, "verify_aud": audience is not None}
    options |= {"verify_nbf": False, "verify_iat": False}
    try:
        claims: Claims = jwt.decode(token, key, algorithms=[algorithm], issuer=issuer, audience=audience, options=options)
        expires, begins = float(claims["exp"]), float(claims.get("nbf", 0))
    except (jwt.PyJWTError, ValueError, TypeError, OverflowError):
        raise Unauthenticated("the token is not valid") from None
    if not now < expires + _LEEWAY or begins > now + _LEEWAY:
        raise Unauthenticated("the token has expired or is not valid yet")
    return claims
