"""Probes. Ready means that messages can be taken in; the model and the stores of other stages have no say in it."""

from collections.abc import Callable
from dataclasses import dataclass

from fastapi import APIRouter
from pydantic import BaseModel

from services.ingress.http.declared import OPEN
from shared.http.problems import Problem, responses


class Health(BaseModel):
    """The process lives, or takes requests."""

    status: str


@dataclass(slots=True)
class Readiness:
    """`problem` says why this stage is not ready, or is "". After `drain()` it is not ready any more."""

    problem: Callable[[], str]
    draining: bool = False

    def drain(self) -> None:
        """The process stops: no new requests, those that are open are finished."""
        self.draining = True

    def router(self) -> APIRouter:
        router = APIRouter(tags=["probes"])
        router.add_api_route("/healthz", self.healthz, methods=["GET"], openapi_extra=OPEN, summary="Alive")
        router.add_api_route(
            "/readyz", self.readyz, methods=["GET"], openapi_extra=OPEN, responses=responses(503), summary="Ready"
        )
        return router

    async def healthz(self) -> Health:
        return Health(status="ok")

    async def readyz(self) -> Health:
        """NATS is connected, its topology is the one that was checked at start, and the process is not stopping."""
        if reason := "stopping" if self.draining else self.problem():
            raise Problem(503, f"Not ready: {reason}.", headers={"Retry-After": "1"})
        return Health(status="ready")
