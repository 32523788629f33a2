"""Settings of context, read by the composition root only."""

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from shared.contracts import Assurance


class ContextSettings(BaseSettings):
    """`FRONTDESK_*` of context. Times in seconds."""

    model_config = SettingsConfigDict(env_prefix="FRONTDESK_", frozen=True, extra="ignore")

    knowledge: str = Field("sqlite:///.frontdesk/knowledge.db", description="Where the passages are.")
    shop_url: str = Field("", description="The system with customers and orders; empty: there is none.")
    shop_key: SecretStr | None = Field(None, description="Sent to the shop as a bearer token.")
    context_timeout: float = Field(1.5, gt=0, le=30, description="Of each source; the turn goes on without what is late.")
    context_assurance: Assurance = Field(
        "claimed", description="How sure it must be who speaks, to be shown profile and orders."
    )
    context_passages: int = Field(5, ge=0, le=20, description="Knowledge passages to look for.")
    context_orders: int = Field(10, ge=0, le=50, description="Orders of a customer to look at.")
