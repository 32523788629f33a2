"""What a request says about who sends it: the one place where ingress and egress read it."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from shared.identity.sessions import HostTokens, Session, Sessions, Unauthenticated

COOKIE = "frontdesk_session"

_LONGEST = 4096
_REMEMBERED = 8192

Headers = Iterable[tuple[bytes, bytes]]
"""As in an ASGI scope: names in lower case."""


@dataclass(frozen=True, slots=True)
class Credentials:
    """Verifies a bearer token (ours, or the host company's) or, without one, the cookie `frontdesk_session`."""

    sessions: Sessions
    host: HostTokens | None = None
    _verified: dict[str, Session] = field(default_factory=dict, repr=False)

    def session(self, headers: Headers) -> Session:
        """Who sends this. Raises `Unauthenticated` when nothing, or nothing valid, is presented."""
        found = dict(headers)
        if token := bearer(found.get(b"authorization")):
            return self.verify(token)
        if (token := cookie(found.get(b"cookie"))) is None:
            raise Unauthenticated("no session is presented")
        if _from_another_site(found):
            raise Unauthenticated("a cookie does not speak for another site")
        return self.verify(token)

    def verify(self, token: str) -> Session:
        """The session of a bearer token, ours or the host company's. Raises `Unauthenticated`.

        A token that was verified is remembered until it ends: a signature costs more than all else a message needs here.
        """
        known = self._verified.get(token)
        if known and self.sessions.now() < known.expires:
            return known
        if len(token) > _LONGEST:
            raise Unauthenticated("the token is not valid")
        session = self._checked(token)
        if len(self._verified) >= _REMEMBERED:
            self._verified.clear()
        self._verified[token] = session
        return session

    def _checked(self, token: str) -> Session:
        try:
            return self.sessions.verify(token)
        except Unauthenticated:
            if self.host is None:
                raise
            return self.host.verify(token)


def bearer(authorization: bytes | None) -> str | None:
    """The token of an `Authorization: Bearer` header (RFC 6750); None for another scheme or none."""
    scheme, _, token = (authorization or b"").partition(b" ")
    return token.strip().decode("latin-1") if scheme.lower() == b"bearer" and token.strip() else None


def cookie(header: bytes | None) -> str | None:
    """The session in a `Cookie` header."""
    for pair in (header or b"").split(b";"):
        name, _, value = pair.strip().partition(b"=")
        if name == COOKIE.encode() and value:
            return value.decode("latin-1")
    return None


def _from_another_site(headers: dict[bytes, bytes]) -> bool:
    """SameSite=Strict keeps other sites out, but takes sibling hosts for the same site; browsers tell the difference.

    Source: https://www.w3.org/TR/fetch-metadata/#sec-fetch-site-header
    """
    return headers.get(b"sec-fetch-site", b"none") not in (b"same-origin", b"none")
