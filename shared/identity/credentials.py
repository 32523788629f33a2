"""What a request says about who sends it: the one place where ingress and egress read it."""

from collections.abc import Iterable
from dataclasses import dataclass

from shared.identity.sessions import HostTokens, Session, Sessions, Unauthenticated

COOKIE = "frontdesk_session"

_LONGEST = 4096

Headers = Iterable[tuple[bytes, bytes]]
"""As in an ASGI scope: names in lower case."""


@dataclass(frozen=True, slots=True)
class Credentials:
    """Verifies a bearer token (ours, or the host company's) or, without one, the cookie `frontdesk_session` (ours)."""

    sessions: Sessions
    host: HostTokens | None = None

    def session(self, headers: Headers) -> Session:
        """Who sends this. Raises `Unauthenticated` when nothing, or nothing valid, is presented."""
        found = dict(headers)
        if token := bearer(found.get(b"authorization")):
            return self.verify(token)
        if (token := cookie(found.get(b"cookie"))) is None:
            raise Unauthenticated("no session is presented")
        if _from_another_site(found):
            raise Unauthenticated("a cookie does not speak for another site")
        return self.sessions.verify(token)

    def verify(self, token: str) -> Session:
        """The session of a bearer token, ours or the host company's."""
        if len(token) > _LONGEST:
            raise Unauthenticated("the token is not valid")
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
