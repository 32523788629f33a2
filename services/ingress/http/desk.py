"""The desk's door: programs through which the company's people take over and answer."""

from dataclasses import dataclass
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from services.ingress.desk import Desk, DeskView
from services.ingress.http.declared import PROGRAM, ConversationId
from services.ingress.http.gate import Gate, json_only
from shared.channels.web import LONGEST_TEXT
from shared.contracts import Token
from shared.http.problems import Problem, not_found, responses


class TakeOver(BaseModel):
    """`holder` names the person, in the desk's own ids; `seconds` is how long they keep it without renewing."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    holder: Token
    seconds: Annotated[float, Field(ge=1, le=86400)] = 900.0
    reason: Annotated[str, Field(max_length=200)] = ""


class Lease(BaseModel):
    """`wanted`: the assistant's reply is leaving; ask again, it is granted when that is done."""

    state: Literal["granted", "wanted"]


class StaffReply(BaseModel):
    """What a person answers; the customer reads it as it stands."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    holder: Token
    text: Annotated[str, Field(min_length=1, max_length=LONGEST_TEXT, pattern=r"\S")]
    answers: list[str] | None = Field(None, description="Inbox ids that were read when this was written; absent: all.")
    reply_id: Token | None = Field(None, description="Chosen by the desk: sent again with the same id, it is said once.")


class Replied(BaseModel):
    """`event_id` is where the reply stands in the conversation's events, `answers` what it answered."""

    event_id: int
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DeskApi:
    """`/v1/desk/conversations/{id}` and below."""

    desk: Desk
    gate: Gate

    def router(self) -> APIRouter:
        router = APIRouter(prefix="/v1/desk/conversations/{conversation_id}", tags=["desk"])
        router.dependencies.append(Depends(self.gate.program("desk")))
        body = [Depends(json_only)]
        read, write = responses(400, 401, 403, 404, 503), responses(400, 401, 403, 404, 409, 413, 415, 503)
        router.add_api_route("", self.view, methods=["GET"], responses=read, openapi_extra=PROGRAM, summary="What waits")
        router.add_api_route(
            "/lease",
            self.take,
            methods=["POST"],
            dependencies=body,
            responses={202: {"model": Lease}, **write},
            openapi_extra=PROGRAM,
            summary="Take over, or renew",
        )
        router.add_api_route(
            "/lease",
            self.give_back,
            methods=["DELETE"],
            status_code=204,
            responses=responses(400, 401, 403, 409, 503),
            openapi_extra=PROGRAM,
            summary="Give back",
        )
        router.add_api_route(
            "/replies",
            self.reply,
            methods=["POST"],
            status_code=201,
            dependencies=body,
            responses=write,
            openapi_extra=PROGRAM,
            summary="Answer",
        )
        return router

    async def view(self, conversation_id: ConversationId) -> DeskView:
        """The conversation and what its customer wrote since it was taken over, readable."""
        view = await self.desk.view(conversation_id)
        if view is None:
            raise not_found()
        return view

    async def take(self, conversation_id: ConversationId, body: TakeOver, response: Response) -> Lease:
        """200 granted, 202 wanted, 409 when another person has it."""
        state = await self.desk.take(conversation_id, body.holder, body.seconds, body.reason)
        if state is None:
            raise not_found()
        if state == "held":
            raise Problem(409, "Another person has this conversation.", kind="held")
        response.status_code = 202 if state == "wanted" else 200
        return Lease(state=state)

    async def give_back(self, conversation_id: ConversationId, holder: Annotated[Token, Query()]) -> None:
        """What was left unanswered becomes the assistant's next turn."""
        if not await self.desk.give_back(conversation_id, holder):
            raise Problem(409, "They do not hold this conversation.", kind="not-held")

    async def reply(self, conversation_id: ConversationId, body: StaffReply) -> Replied:
        """Answers what was read, or all that waits; what came meanwhile goes on waiting. With a `reply_id` it may be sent
        again."""
        read = frozenset(body.answers) if body.answers is not None else None
        done = await self.desk.reply(conversation_id, body.holder, body.text, read, body.reply_id or "")
        if done is None:
            raise Problem(409, "They do not hold this conversation.", kind="not-held")
        return Replied(event_id=done.seq, answers=done.answers)
