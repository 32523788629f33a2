"""Messages of customers: the hot route. Its body is read raw and validated once, and it is found before FastAPI looks.

FastAPI still has the route, for its document and for whatever the short way does not match; its routing alone costs as much
as all that ingress itself does for a message (docs/performance.md).
"""

import random
import re
from dataclasses import dataclass
from math import ceil
from types import SimpleNamespace

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from services.ingress.backlog import Backlog
from services.ingress.handlers import Ingress, Receipt
from services.ingress.http.declared import CONVERSATION_PARAMETER, CUSTOMER, ID
from services.ingress.http.gate import Gate, json_only, parsed
from services.ingress.http.languages import ACCEPT_LANGUAGE, accepted
from shared.channels.web import Message, MessageAccepted
from shared.http.problems import Fault, Problem, not_found, recorded, responses

_ID = re.compile(ID)
_PATH = re.compile(r"/v1/conversations/([A-Za-z0-9_-]{1,64})/messages")
_TEMPLATE = "/v1/conversations/{conversation_id}/messages"
_BODY = {"required": True, "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Message"}}}}


@dataclass(frozen=True, slots=True)
class Messages:
    """`POST /v1/conversations/{id}/messages`. While there is a backlog it is 503, also for a message that was taken before:
    whoever sends it again is told 202 later."""

    ingress: Ingress
    gate: Gate
    backlog: Backlog
    come_again: float
    """Seconds after which a backlog may have gone: about two sweeps."""

    def router(self) -> APIRouter:
        router = APIRouter(tags=["conversations"])
        router.add_api_route(
            _TEMPLATE,
            self.post,
            methods=["POST"],
            status_code=202,
            summary="Say something",
            response_model=None,
            responses={202: {"model": MessageAccepted}, **responses(400, 401, 404, 413, 415, 429, 503)},
            openapi_extra={**CUSTOMER, "requestBody": _BODY, "parameters": [CONVERSATION_PARAMETER, ACCEPT_LANGUAGE]},
        )
        return router

    def ahead_of(self, app: ASGIApp) -> ASGIApp:
        """`app`, with the short way to `post` in front of it."""
        route = SimpleNamespace(path=_TEMPLATE)  # where the span's name is looked for

        async def short(scope: Scope, receive: Receive, send: Send) -> None:
            if scope["type"] != "http" or scope["method"] != "POST" or not (match := _PATH.fullmatch(scope["path"])):
                return await app(scope, receive, send)
            scope["path_params"], scope["route"] = {"conversation_id": match[1]}, route
            request = Request(scope, receive)
            try:
                response = await self.post(request)
            except Exception as error:
                response = recorded(error).response()
            return await response(scope, receive, send)

        return short

    async def post(self, request: Request) -> Response:
        """The first message opens the conversation. With the same `message_id` it is accepted once and answered alike."""
        session = await self.gate.session(request)
        json_only(request)
        if self.backlog.full:
            raise overloaded(self.come_again)
        conversation = request.path_params["conversation_id"]
        if not _ID.fullmatch(conversation):
            raise Problem(
                400, "The request is not as described.", errors=[Fault(at="path/conversation_id", detail=f"match {ID}")]
            )
        message = parsed(Message, await request.body())
        language = session.language or accepted(request.scope["headers"])
        receipt = await self.ingress.message(session.customer, conversation, message.text, message.message_id, language)
        if not isinstance(receipt, Receipt):
            raise not_found() if receipt == "not-yours" else full()
        body = MessageAccepted(message_id=receipt.message_id, conversation_id=conversation, trace_id=receipt.trace[3:35])
        return Response(body.model_dump_json(), 202, media_type="application/json")


def overloaded(about: float) -> Problem:
    """503: those who were turned away together shall not come again together."""
    wait = str(ceil(about * random.uniform(0.5, 1.5)))  # noqa: S311 - jitter
    detail = "Too many messages wait to be answered. Send it again later, with the same id."
    return Problem(503, detail, kind="overloaded", headers={"Retry-After": wait})


def full() -> Problem:
    """429: nothing is wrong with the message, there is no room for it now."""
    detail = "Too many messages wait to be answered here. Send it again later, with the same id."
    return Problem(429, detail, kind="conversation-full", headers={"Retry-After": "10"})
