"""The button of a sensitive action."""

from dataclasses import dataclass
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Path
from opentelemetry import trace
from pydantic import BaseModel, ConfigDict
from starlette.requests import Request

from services.ingress.domain import Pressing
from services.ingress.handlers import Ingress
from services.ingress.http.declared import CUSTOMER, ID, ConversationId
from services.ingress.http.gate import Gate, caller, json_only
from shared.http.problems import Problem, not_found, responses


class Press(BaseModel):
    """`accept` true confirms exactly what was shown; false declines it."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    accept: bool


class PressAccepted(BaseModel):
    """The press is durable. What came of it is told on the event stream."""

    state: Literal["accepted", "declined"]
    conversation_id: str
    trace_id: str


@dataclass(frozen=True, slots=True)
class Confirmations:
    """`POST /v1/conversations/{id}/confirmations/{token}`."""

    ingress: Ingress
    gate: Gate

    def router(self) -> APIRouter:
        router = APIRouter(tags=["conversations"], dependencies=[Depends(self.gate.session), Depends(json_only)])
        router.add_api_route(
            "/v1/conversations/{conversation_id}/confirmations/{token}",
            self.press,
            methods=["POST"],
            status_code=202,
            summary="Confirm or decline a pending action",
            responses=responses(400, 401, 404, 410, 413, 415, 429, 503),
            openapi_extra=CUSTOMER,
        )
        return router

    async def press(
        self, request: Request, conversation_id: ConversationId, token: Annotated[str, Path(pattern=ID)], body: Press
    ) -> PressAccepted:
        """Pressed again it is the same answer and nothing happens twice. 410: expired, superseded, handed over, or the
        other button was pressed before."""
        pressing = await self.ingress.confirmation(caller(request), conversation_id, token, body.accept)
        if not isinstance(pressing, Pressing) or not pressing.issued:
            raise not_found()
        state = pressing.pressed.state
        if state == "gone":
            raise Problem(410, "This can no longer be confirmed or declined. Nothing was changed.")
        trace_id = format(trace.get_current_span().get_span_context().trace_id, "032x")
        return PressAccepted(state=state, conversation_id=conversation_id, trace_id=trace_id)
