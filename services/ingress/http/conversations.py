"""What an owner sees of a conversation, and what they think of it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel, ConfigDict, Field
from starlette.requests import Request

from services.ingress.handlers import Ingress
from services.ingress.http.declared import CUSTOMER, ConversationId
from services.ingress.http.gate import Gate, caller, json_only
from services.ingress.transcript import PAGE, Transcript, transcript, waiting_confirmation
from shared.http.problems import Fault, Problem, not_found, responses
from shared.lane.documents import Conversation, Turn
from shared.stores.port import Records


class FeedbackGiven(BaseModel):
    """A rating from 1 to 5 of a turn, or without `turn_id` of the conversation. The last one given counts."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    rating: Annotated[int, Field(ge=1, le=5)]
    comment: Annotated[str, Field(max_length=2000)] = ""
    turn_id: Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,64}:[0-9]{1,9}$")] | None = None


@dataclass(frozen=True, slots=True)
class Conversations:
    """`GET /v1/conversations/{id}` and `POST /v1/conversations/{id}/feedback`."""

    records: Records
    ingress: Ingress
    gate: Gate
    key: bytes  # of confirmation tokens
    now: Callable[[], float]

    def router(self) -> APIRouter:
        router = APIRouter(tags=["conversations"], dependencies=[Depends(self.gate.session)])
        router.add_api_route(
            "/v1/conversations/{conversation_id}",
            self.get,
            methods=["GET"],
            summary="The masked transcript",
            response_model_exclude_none=True,
            responses=responses(400, 401, 404, 429, 503),
            openapi_extra=CUSTOMER,
        )
        router.add_api_route(
            "/v1/conversations/{conversation_id}/feedback",
            self.rate,
            methods=["POST"],
            status_code=204,
            summary="Rate a turn or the conversation",
            dependencies=[Depends(json_only)],
            responses=responses(400, 401, 404, 413, 415, 429, 503),
            openapi_extra=CUSTOMER,
        )
        return router

    async def get(
        self,
        request: Request,
        conversation_id: ConversationId,
        before: Annotated[float | None, Query(ge=0, allow_inf_nan=False)] = None,
    ) -> Transcript:
        """Oldest turn first, at most fifty. Personal data stands as placeholders such as `<EMAIL_1>`."""
        lane = await self.records.get(Conversation, conversation_id)
        if lane is None or lane.customer != caller(request).id:
            raise not_found()
        turns = await self.records.find(Turn, conversation_id, limit=PAGE, before=before)
        pending = waiting_confirmation(lane, self.key, self.now())
        return transcript(lane, turns, pending=pending, newest=before is None)

    async def rate(self, request: Request, conversation_id: ConversationId, given: FeedbackGiven) -> None:
        """Said again, the last word counts."""
        if given.turn_id and given.turn_id.partition(":")[0] != conversation_id:
            fault = Fault(at="#/turn_id", detail="a turn of this conversation")
            raise Problem(400, "The request is not as described.", errors=[fault])
        if not await self.ingress.feedback(caller(request), conversation_id, given.turn_id, given.rating, given.comment):
            raise not_found()
