"""Settings of egress, read by the composition root only."""

from typing import Annotated

from pydantic import Field, field_validator
from pydantic_settings import NoDecode

from shared.identity.settings import IdentitySettings


class EgressSettings(IdentitySettings):
    """`FRONTDESK_*` of egress. Times in seconds."""

    allowed_origins: Annotated[tuple[str, ...], NoDecode] = Field((), description="Other origins that browsers may call from.")

    confirm_for: float = Field(600.0, gt=0, le=86400, description="How long a proposal may be confirmed.")
    wait_for_person: float = Field(1800.0, gt=0, description="How long a hand-over waits for a person; then the bot answers.")
    call_timeout: float = Field(5.0, gt=0, le=5.0, description="Of one call of a push channel's provider.")

    stream_heartbeat: float = Field(15.0, ge=0.05, le=60, description="Between comments on a quiet stream; its record is read.")
    stream_patience: float = Field(30.0, gt=0, description="How long a client may not read before its stream is closed.")
    stream_retry: float = Field(1.0, gt=0, le=60, description="After which a client comes again when its stream was closed.")
    streams_of_conversation: int = Field(16, ge=1, description="Open at a time.")
    streams_of_process: int = Field(20_000, ge=1, description="Open at a time.")
    stream_deltas: int = Field(256, ge=1, description="Pieces of an answer that may wait for a slow client.")

    @field_validator("allowed_origins", mode="before")
    @classmethod
    def _listed(cls, value: object) -> object:
        return tuple(part.strip() for part in value.split(",") if part.strip()) if isinstance(value, str) else value
