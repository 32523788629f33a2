"""What the demo's page needs to know: where the shop is, and how the shop vouches for its customers."""

from typing import Literal

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

STAND_IN = "understudy"


class PageSettings(BaseSettings):
    """`FRONTDESK_*` of the page. The key is the host company's, which Frontdesk verifies with: HS256, 32 bytes or more."""

    model_config = SettingsConfigDict(env_prefix="FRONTDESK_", frozen=True, extra="ignore")

    shop_url: str = Field(description="Base address of the shop's REST API.")
    shop_key: SecretStr | None = Field(None, description="Sent to the shop as a bearer token.")
    customer_jwt_key: SecretStr = Field(description="Signs the demo customer's token, as the host company would.")
    customer_jwt_algorithm: Literal["HS256"] = "HS256"
    customer_jwt_issuer: str | None = None
    customer_jwt_audience: str | None = None
    agent_model: str = Field("", description="The model that answers, where it is not the assistant's.")

    @field_validator("customer_jwt_key")
    @classmethod
    def _long_enough(cls, key: SecretStr) -> SecretStr:
        if len(key.get_secret_value().encode()) < 32:
            raise ValueError("HS256 needs at least 32 bytes")
        return key

    @property
    def stand_in(self) -> bool:
        """Whether answers come from the understudy."""
        return self.agent_model == STAND_IN
