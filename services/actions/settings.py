"""What actions needs to know. Read from the environment by the composition root only."""

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from shared.lane.reconcile import Guarantee


class ActionsSettings(BaseSettings):
    """`FRONTDESK_*` of the shop, `FRONTDESK_ACTIONS_*` of the workers."""

    model_config = SettingsConfigDict(env_prefix="FRONTDESK_", frozen=True, extra="ignore")

    shop_url: str = Field(description="Base address of the shop's REST API.")
    shop_key: SecretStr | None = Field(None, description="Sent to the shop as a bearer token.")
    shop_guarantee: Guarantee = Field(
        "keys",
        description="What the shop promises for refunds: it honours idempotency keys (and can be asked by them), it can "
        "only be asked, or neither: then a refund whose outcome is not known is never sent again, a person looks.",
    )
    shop_seconds: float = Field(4.0, gt=0, lt=5.0, description="For one call; below the ledger's own time-out of 5 s.")

    actions_lookups: int = Field(64, ge=1, description="Look-ups at a time.")
    actions_effects: int = Field(8, ge=1, description="Effects at a time: refunds have workers of their own.")
    actions_webhooks: int = Field(8, ge=1, description="Webhooks at a time: a slow receiver keeps nobody else waiting.")
    actions_patience_seconds: float = Field(
        15.0, ge=0, description="Age of a turn at which a backend that is away becomes an answer instead of another try."
    )
    actions_announce_seconds: float = Field(
        5.0, gt=0, description="Between two looks whether the catalogue of tools still stands in the broker."
    )
