"""What a URL of MongoDB need not or should not hold: credentials, certificates, bounds."""

from pathlib import Path

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class MongoSettings(BaseSettings):
    """`FRONTDESK_MONGODB_*`. What is set here wins over the URL; what is set in neither has the driver's default."""

    model_config = SettingsConfigDict(env_prefix="FRONTDESK_MONGODB_", frozen=True, extra="ignore")

    username: str | None = None
    password: SecretStr | None = Field(None, description="Kept out of the URL, it is in no list of processes.")
    auth_source: str | None = Field(None, description="The database that knows the user.")
    auth_mechanism: str | None = Field(None, description="SCRAM-SHA-256, SCRAM-SHA-1, MONGODB-X509, …")
    tls: bool | None = Field(None, description="Connect by TLS; mongodb+srv:// does so anyway.")
    tls_ca_file: Path | None = Field(None, description="PEM; whom to trust instead of the system's authorities.")
    tls_certificate_key_file: Path | None = Field(None, description="PEM with our own certificate and key, for X.509.")
    tls_certificate_key_file_password: SecretStr | None = None
    validators: bool = Field(True, description="Have the server check documents; false for services that cannot.")
    max_pool_size: int = Field(50, ge=1, le=1000, description="Connections of this process to each server.")
    timeout: float = Field(5.0, gt=0, le=60, description="Seconds of one command, with all that the driver retries.")
