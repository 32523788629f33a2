"""Settings of safety, read by the composition root only."""

from typing import Annotated

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict


class SafetySettings(BaseSettings):
    """`FRONTDESK_*` of safety."""

    model_config = SettingsConfigDict(env_prefix="FRONTDESK_", frozen=True, extra="ignore")

    phone_regions: Annotated[tuple[str, ...], NoDecode] = Field(
        (), description="Countries (ISO 3166, comma separated) whose national phone numbers are known, beside the assistant's."
    )

    presidio_model: str = Field(
        "",
        description="A spaCy model, installed with the extra presidio, that looks for names; some ms a message. Empty: none.",
    )

    @field_validator("phone_regions", mode="before")
    @classmethod
    def _listed(cls, value: object) -> object:
        return tuple(part.strip().upper() for part in value.split(",") if part.strip()) if isinstance(value, str) else value
