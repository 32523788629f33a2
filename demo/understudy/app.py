"""The understudy's HTTP side: the endpoints of an OpenAI-compatible server that Frontdesk needs, and a test bench."""

import asyncio
import json
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from demo.understudy.brain import Answer, decide, forced
from demo.understudy.conversation import read
from demo.understudy.wire import MODEL, ChatRequest, chunks, completion, error


@dataclass(frozen=True, slots=True)
class Settings:
    """`pace` is the pause between two words in seconds; `api_key` empty: any key will do; `names` it also answers to.

    `record`: a file that every request is appended to, for whoever wants to see what a model is shown.
    """

    pace: float = 0.008
    api_key: str = ""
    names: tuple[str, ...] = ()
    record: Path | None = None


class Faults(BaseModel):
    """The test bench: the next `times` requests get `status`, garbage, or no end. Off until somebody posts to `/faults`."""

    model_config = ConfigDict(extra="forbid")

    times: int = Field(0, ge=0)
    status: int = Field(0, description="0: none; 429, 500, …: this error")
    retry_after: float | None = None
    garbage: bool = False
    never: bool = False
    say: str | None = Field(None, description="Answer with this text whatever is asked, as a hijacked model would.")


class Understudy:
    """One server. Each request is answered from its own content."""

    def __init__(self, settings: Settings) -> None:
        self._settings, self._faults = settings, Faults()

    def app(self) -> Starlette:
        return Starlette(
            routes=[
                Route("/v1/chat/completions", self.complete, methods=["POST"]),
                Route("/v1/models", self.models),
                Route("/faults", self.set_faults, methods=["POST"]),
                Route("/healthz", self.healthz),
            ]
        )

    async def complete(self, request: Request) -> Response:
        """`POST /v1/chat/completions`."""
        if refused := self._refused(request):
            return refused
        try:
            body = await request.body()
            if self._settings.record:
                with self._settings.record.open("ab") as record:
                    record.write(body + b"\n")
            asked = ChatRequest.model_validate_json(body)
        except ValidationError as wrong:
            first = wrong.errors(include_input=False)[0]
            return _error(400, first["msg"], "invalid_request_error", param=".".join(map(str, first["loc"])) or None)
        if asked.model != MODEL and asked.model not in self._settings.names:
            return _error(404, f"The model `{asked.model}` does not exist; this server has `{MODEL}`.", "model_not_found")
        fault = self._next_fault()
        if fault and (failure := await self._faulty(fault)):
            return failure
        answer = Answer(text=fault.say) if fault and fault.say else self._decide(asked)
        if asked.stream:
            return StreamingResponse(self._stream(asked, answer), media_type="text/event-stream")
        return JSONResponse(completion(asked, answer, int(time.time())))

    def _decide(self, asked: ChatRequest) -> Answer:
        conversation = read(asked.dialogue, asked.offered)
        answer = decide(conversation)
        return forced(conversation) if asked.must_call and not answer.calls else answer

    async def _stream(self, asked: ChatRequest, answer: Answer) -> AsyncIterator[bytes]:
        for chunk in chunks(asked, answer, int(time.time())):
            yield b"data: " + json.dumps(chunk, ensure_ascii=False).encode() + b"\n\n"
            await asyncio.sleep(self._settings.pace)
        yield b"data: [DONE]\n\n"

    def _refused(self, request: Request) -> Response | None:
        key = self._settings.api_key
        if key and request.headers.get("authorization") != f"Bearer {key}":
            return _error(401, "Incorrect API key provided.", "invalid_request_error", code="invalid_api_key")
        return None

    def _next_fault(self) -> Faults | None:
        if not self._faults.times:
            return None
        now = self._faults
        self._faults = now.model_copy(update={"times": now.times - 1})
        return now

    async def _faulty(self, fault: Faults) -> Response | None:
        if fault.never:
            await asyncio.sleep(3600)
        if fault.garbage:
            return Response(b"data: {not json\n\ndata: \xff\xfe\n\n", media_type="text/event-stream")
        if fault.status:
            answer = _error(
                fault.status, "A fault was asked for.", "rate_limit_error" if fault.status == 429 else "server_error"
            )
            if fault.retry_after is not None:
                answer.headers["Retry-After"] = str(fault.retry_after)
            return answer
        return None

    async def models(self, request: Request) -> Response:
        """`GET /v1/models`."""
        names = (MODEL, *self._settings.names)
        listed = [{"id": name, "object": "model", "created": 0, "owned_by": "frontdesk-demo"} for name in names]
        return self._refused(request) or JSONResponse({"object": "list", "data": listed})

    async def set_faults(self, request: Request) -> Response:
        try:
            self._faults = Faults.model_validate_json(await request.body())
        except ValidationError as wrong:
            return _error(400, str(wrong.errors(include_input=False)[0]["msg"]), "invalid_request_error")
        return JSONResponse(self._faults.model_dump())

    async def healthz(self, _: Request) -> Response:
        return JSONResponse({"status": "ok"})


def create_app(settings: Settings) -> Starlette:
    """The understudy as an ASGI app."""
    return Understudy(settings).app()


def _error(status: int, message: str, kind: str, code: str | None = None, param: str | None = None) -> JSONResponse:
    return JSONResponse(error(message, kind, code, param), status)
