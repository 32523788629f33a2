"""Keys by which customers are known. Ingress and egress read the same ones."""

from typing import Any

from pydantic import Field, SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from shared.identity.credentials import Credentials
from shared.identity.sessions import SHORTEST_KEY, Algorithm, HostTokens, Sessions


class IdentitySettings(BaseSettings):
    """`FRONTDESK_*` of identity; a stage's own settings extend it."""

    model_config = SettingsConfigDict(env_prefix="FRONTDESK_", frozen=True, extra="ignore")

    session_key: SecretStr = Field(description="Signs sessions and confirmations: 32 random bytes or more, as text.")
    session_lifetime: float = Field(12 * 3600.0, ge=60, le=31 * 86400, description="Of a session, seconds.")
    customer_jwt_key: SecretStr | None = Field(None, description="The host company's: a secret, or a public key in PEM.")
    customer_jwt_algorithm: Algorithm | None = Field(None, description="The only one accepted for the key above.")
    customer_jwt_issuer: str | None = Field(None, description="Required `iss` of the host company's tokens.")
    customer_jwt_audience: str | None = Field(None, description="Required `aud` of the host company's tokens.")

    @field_validator("session_key")
    @classmethod
    def _long_enough(cls, key: SecretStr) -> SecretStr:
        if len(key.get_secret_value().encode()) < SHORTEST_KEY:
            raise ValueError(f"at least {SHORTEST_KEY} bytes are needed, such as from `openssl rand -base64 48`")
        return key

    @model_validator(mode="after")
    def _key_with_algorithm(self) -> "IdentitySettings":
        if (self.customer_jwt_key is None) != (self.customer_jwt_algorithm is None):
            raise ValueError("FRONTDESK_CUSTOMER_JWT_KEY and FRONTDESK_CUSTOMER_JWT_ALGORITHM belong together")
        return self

    @property
    def signing_key(self) -> bytes:
        """The key of sessions and confirmation tokens."""
        return self.session_key.get_secret_value().encode()

    def credentials(self, **clock: Any) -> Credentials:
        """What verifies callers. Raises `ConfigurationError` for a host key that is none for its algorithm."""
        host = None
        if self.customer_jwt_key and self.customer_jwt_algorithm:
            host = HostTokens(
                self.customer_jwt_key.get_secret_value().encode(),
                self.customer_jwt_algorithm,
                self.customer_jwt_issuer,
                self.customer_jwt_audience,
                **clock,
            )
        return Credentials(Sessions(self.signing_key, self.session_lifetime, **clock), host)
