"""Settings of safety, read by the composition root only."""

from typing import Annotated

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict


class SafetySettings(BaseSettings):
    """`FRONTDESK_*` of safety."""

    model_config = SettingsConfigDict(env_prefix="FRONTDESK_", frozen=True, extra="ignore", populate_by_name=True)

    phone_regions: Annotated[tuple[str, ...], NoDecode] = Field(
        (), description="Countries (ISO 3166, comma separated) whose national phone numbers are known, beside the assistant's."
    )

    presidio_model: str = Field(
        "",
        description="A spaCy model, installed with the extra presidio, that looks for names; some ms a message. Empty: none.",
    )

    moderation_model: str = Field(
        "",
        description="Ask this model of a moderation endpoint, such as omni-moderation-latest, for a second opinion on every "
        "message, masked: a request more before the model is asked. Empty: our own rules decide alone.",
    )
    moderation_seconds: float = Field(1.0, gt=0, description="For the second opinion; later than that, it is not waited for.")
    api_key: SecretStr = Field(SecretStr(""), validation_alias="OPENAI_API_KEY", description="Of the moderation endpoint.")
    base_url: str = Field(
        "https://api.openai.com/v1",
        validation_alias="OPENAI_BASE_URL",
        description="Of any server with OpenAI's moderations, where `moderation_model` names one.",
    )

    @field_validator("phone_regions", mode="before")
    @classmethod
    def _listed(cls, value: object) -> object:
        return tuple(part.strip().upper() for part in value.split(",") if part.strip()) if isinstance(value, str) else value
