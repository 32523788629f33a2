"""Who may pass: rate limits first, then credentials. Every route goes through here."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeVar

from pydantic import BaseModel, ValidationError
from starlette.requests import Request
from starlette.types import Scope

from services.ingress.http.limits import RateLimits, address
from shared.contracts import Customer
from shared.http.problems import Problem, invalid, unauthenticated
from shared.identity.api_keys import ApiKey, ApiKeys, Role
from shared.identity.credentials import Credentials, bearer
from shared.identity.sessions import Session, Unauthenticated

M = TypeVar("M", bound=BaseModel)

_JSON = "application/json"


@dataclass(frozen=True, slots=True)
class Gate:
    """Checks a request before anything else is done for it. `hops`: our own proxies that append to X-Forwarded-For."""

    credentials: Credentials
    keys: ApiKeys
    limits: RateLimits
    hops: int = 0

    async def session(self, request: Request) -> Session:
        """The session of who sends this. Raises 429 or 401. What changes something counts for the customer, too."""
        await self.limits.hit("address", address(request.scope, self.hops))
        try:
            session = self.credentials.session(request.scope["headers"])
        except Unauthenticated as error:
            raise unauthenticated(f"{str(error).capitalize()}.", presented=_presents(request)) from None
        if request.method != "GET":
            await self.limits.hit("customer", session.customer.id)
        request.state.customer = session.customer
        return session

    async def visitor(self, request: Request) -> None:
        """Anybody who asks for a session. Raises 429."""
        await self.limits.hit("address", address(request.scope, self.hops))
        await self.limits.hit("sessions", address(request.scope, self.hops))

    def program(self, role: Role) -> Callable[[Request], Awaitable[None]]:
        """A check for programs with this role. Raises 401 or 403; only who fails is counted against their address."""

        async def check(request: Request) -> None:
            key = self.key(request.scope)
            if key is None:
                await self.limits.hit("address", address(request.scope, self.hops))
                raise unauthenticated("An API key is needed.", presented=_presents(request))
            if role not in key.roles:
                raise Problem(403, f"The key has not the role {role}.")

        return check

    def key(self, scope: Scope) -> ApiKey | None:
        """The API key of a request, from `Authorization: Bearer` or `X-API-Key`."""
        headers = dict(scope["headers"])
        presented = headers.get(b"x-api-key", b"").decode("latin-1") or bearer(headers.get(b"authorization"))
        return self.keys.find(presented) if presented else None

    def trusted(self, scope: Scope) -> bool:
        """Whether the sender may continue a trace of their own."""
        return self.key(scope) is not None


def caller(request: Request) -> Customer:
    """Whom `Gate.session` let through."""
    customer: Customer = request.state.customer
    return customer


def json_only(request: Request) -> None:
    """Raises 415 for a body that does not say it is JSON: a form of another site can send anything but that."""
    media = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media != _JSON:
        raise Problem(415, f"The body must be {_JSON}.", headers={"Accept-Post": _JSON})


def parsed(kind: type[M], body: bytes) -> M:
    """The body as `kind`, validated once. Raises 400, and 413 for a text that is too long."""
    try:
        return kind.model_validate_json(body)
    except ValidationError as error:
        if any(each["type"] == "string_too_long" for each in error.errors(include_input=False, include_url=False)):
            raise Problem(413, "The text is too long.", errors=invalid(error).errors) from None
        raise invalid(error) from None


def _presents(request: Request) -> bool:
    return any(name in request.headers for name in ("authorization", "cookie", "x-api-key"))
