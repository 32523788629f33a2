"""Sessions: a guest's, or one for a customer whom the host company vouches for."""

from dataclasses import dataclass
from datetime import UTC, datetime

from fastapi import APIRouter, Depends
from pydantic import AwareDatetime, BaseModel, ConfigDict
from starlette.requests import Request
from starlette.responses import Response

from services.ingress.http.declared import OPEN
from services.ingress.http.gate import Gate, json_only, parsed
from shared.contracts import Assurance
from shared.http.problems import responses, unauthenticated
from shared.identity.credentials import COOKIE, bearer, cookie
from shared.identity.sessions import Session, Unauthenticated, guest

_LOOPBACK = {"localhost", "127.0.0.1", "::1"}


class SessionRequest(BaseModel):
    """With `cookie` the session comes as an HttpOnly cookie that scripts cannot read, instead of a token.

    `guest`: nobody is signed in. The session of a guest goes on, one of a known customer does not: they have left.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    cookie: bool = False
    guest: bool = False


class SessionStarted(BaseModel):
    """Who the caller is from now on, and until when. `token` is absent when it came as a cookie."""

    customer_id: str
    assurance: Assurance
    expires_at: AwareDatetime
    token: str | None = None


@dataclass(frozen=True, slots=True)
class SessionsApi:
    """`POST /v1/sessions`."""

    gate: Gate

    def router(self) -> APIRouter:
        router = APIRouter(tags=["sessions"], dependencies=[Depends(self.gate.visitor)])
        schema = {"$ref": "#/components/schemas/SessionRequest"}
        router.add_api_route(
            "/v1/sessions",
            self.post,
            methods=["POST"],
            status_code=201,
            summary="Begin a session",
            response_model=None,
            responses={201: {"model": SessionStarted}, **responses(400, 401, 413, 415, 429)},
            openapi_extra={**OPEN, "requestBody": {"content": {"application/json": {"schema": schema}}}},
        )
        return router

    async def post(self, request: Request) -> Response:
        """Without credentials: a new guest. With `Authorization: Bearer <JWT of the host company>`: that customer. With a
        session that is still valid: the same one."""
        body, wanted = await request.body(), SessionRequest()
        if body:
            json_only(request)
            wanted = parsed(SessionRequest, body)
        session = self._session(request)
        if wanted.guest and session.customer.assurance != "anonymous":
            session = self.gate.credentials.sessions.begin(guest())
        token = self.gate.credentials.sessions.token(session)
        started = SessionStarted(
            customer_id=session.customer.id,
            assurance=session.customer.assurance,
            expires_at=datetime.fromtimestamp(session.expires, UTC),
            token=None if wanted.cookie else token,
        )
        response = Response(started.model_dump_json(exclude_none=True), 201, media_type="application/json")
        if wanted.cookie:
            age = int(session.expires - self.gate.credentials.sessions.now())
            secure = request.url.hostname not in _LOOPBACK
            response.set_cookie(COOKIE, token, max_age=age, path="/v1", secure=secure, httponly=True, samesite="strict")
        return response

    def _session(self, request: Request) -> Session:
        """Raises 401 for a token that proves nothing; a cookie that has run out is no reason to turn somebody away."""
        headers, credentials = dict(request.scope["headers"]), self.gate.credentials
        if token := bearer(headers.get(b"authorization")):
            try:
                verified = credentials.verify(token)
            except Unauthenticated as error:
                raise unauthenticated(f"{str(error).capitalize()}.", presented=True) from None
            return verified if _ours(token, self.gate) else credentials.sessions.begin(verified.customer, verified.language)
        if cookie(headers.get(b"cookie")):
            try:
                return credentials.session(request.scope["headers"])
            except Unauthenticated:
                pass
        return credentials.sessions.begin(guest())


def _ours(token: str, gate: Gate) -> bool:
    try:
        gate.credentials.sessions.verify(token)
    except Unauthenticated:
        return False
    return True
