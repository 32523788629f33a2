"""Problem documents: every answer that is an error, in one shape (RFC 9457, application/problem+json).

A problem never quotes what was sent: it names the place and what was expected there.
"""

import math
import traceback
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

import structlog
from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from opentelemetry import trace
from pydantic import BaseModel, Field, ValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from shared.errors import FrontdeskError, StoreBroken, StoreUnavailable

log = structlog.get_logger(__name__)

MEDIA_TYPE = "application/problem+json"


class Fault(BaseModel):
    """One thing that is wrong: a JSON pointer into the body, or the name of a parameter, and what was expected."""

    at: str
    detail: str


class ProblemDocument(BaseModel):
    """An error for programs and people. `type` is stable, `detail` is for reading, `trace_id` is for asking us."""

    type: str = Field(examples=["urn:frontdesk:problem:not-found"])
    title: str
    status: int
    detail: str
    trace_id: str
    errors: list[Fault] | None = None


class Problem(FrontdeskError):
    """Raised anywhere below a route: becomes the answer. `kind` is the last part of the document's `type`."""

    def __init__(
        self,
        status: int,
        detail: str,
        *,
        kind: str = "",
        headers: Mapping[str, str] | None = None,
        errors: Sequence[Fault] = (),
    ) -> None:
        super().__init__(detail)
        self.status, self.detail, self.errors = status, detail, tuple(errors)
        self.title = HTTPStatus(status).phrase
        self.kind = kind or self.title.lower().replace(" ", "-").replace("'", "")
        self.headers = dict(headers or {})

    def response(self) -> Response:
        """The answer, with the trace id of the current span."""
        context = trace.get_current_span().get_span_context()
        document = ProblemDocument(
            type=f"urn:frontdesk:problem:{self.kind}",
            title=self.title,
            status=self.status,
            detail=self.detail,
            trace_id=format(context.trace_id, "032x"),
            errors=list(self.errors) or None,
        )
        return JSONResponse(document.model_dump(exclude_none=True), self.status, self.headers, MEDIA_TYPE)


def unauthenticated(detail: str, *, presented: bool) -> Problem:
    """401. With a token that was presented and is not valid, the challenge says so (RFC 6750, 3.1)."""
    challenge = 'Bearer realm="frontdesk"' + (', error="invalid_token"' if presented else "")
    return Problem(401, detail, headers={"WWW-Authenticate": challenge})


def not_found() -> Problem:
    """404, in the same words whether it does not exist or belongs to somebody else."""
    return Problem(404, "There is nothing here for you.")


def unavailable(after: float, detail: str = "It was not accepted. Send it again, with the same id.") -> Problem:
    """503: nothing was promised."""
    return Problem(503, detail, headers={"Retry-After": str(max(1, math.ceil(after)))})


def invalid(error: ValidationError | RequestValidationError, detail: str = "The request is not as described.") -> Problem:
    """400 with the places that are wrong; never with what stood there."""
    found = error.errors(include_input=False, include_url=False) if isinstance(error, ValidationError) else error.errors()
    return Problem(400, detail, errors=[Fault(at=_place(each["loc"]), detail=_expected(each)) for each in found[:16]])


def _place(loc: Sequence[Any]) -> str:
    """`("body", "text")` → `#/text`. A name that is no identifier could be part of the input and is left out."""
    where, *rest = [str(part) if isinstance(part, int) or part.isidentifier() else "?" for part in loc] or [""]
    if where in ("path", "query", "header", "cookie"):
        return "/".join([where, *rest])
    return "#" + "".join(f"/{part}" for part in (rest if where == "body" else [where, *rest]))


def _expected(error: Mapping[str, Any]) -> str:
    return "not valid JSON" if error["type"] == "json_invalid" else str(error["msg"])


def of(error: Exception) -> Problem:
    """What an exception means to the caller. What is not meant for callers is a 500, and says nothing."""
    match error:
        case Problem():
            return error
        case RequestValidationError() | ValidationError():
            return invalid(error)
        case HTTPException():
            return Problem(error.status_code, _DETAILS.get(error.status_code, str(error.detail)), headers=error.headers)
        case StoreUnavailable():
            return unavailable(error.after)
        case StoreBroken():
            return unavailable(60.0)
        case _:
            return Problem(500, "Something broke here. It has been recorded.")


_DETAILS = {404: "There is nothing here for you.", 405: "This method is not for this address.", 400: "The request is broken."}


def recorded(error: Exception) -> Problem:
    """What `error` means to the caller. What is our fault is logged, without the exception's text: it may quote input."""
    problem = of(error)
    if problem.status >= 500:
        frames = [f"{f.filename.rpartition('/')[2]}:{f.lineno} {f.name}" for f in traceback.extract_tb(error.__traceback__)]
        log.error("request failed", error=type(error).__name__, status=problem.status, frames=frames[-8:])
    return problem


async def answer(_: Request, error: Exception) -> Response:
    """Exception handler for FastAPI and Starlette."""
    return recorded(error).response()


def install(app: FastAPI) -> None:
    """Make every error of `app` a problem document, also those of the framework."""
    for kind in (Problem, HTTPException, RequestValidationError, StoreUnavailable, StoreBroken, Exception):
        app.add_exception_handler(kind, answer)


def responses(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The same for OpenAPI: `@route(responses=responses(401, 404))`."""
    schema = {"$ref": "#/components/schemas/ProblemDocument"}
    return {
        status: {"description": HTTPStatus(status).phrase, "content": {MEDIA_TYPE: {"schema": schema}}} for status in statuses
    }
