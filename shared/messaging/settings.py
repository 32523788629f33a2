"""Where the broker is and how its streams are kept. Read from the environment by the composition root only."""

from datetime import timedelta
from pathlib import Path

from pydantic import Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


class BusSettings(BaseSettings):
    """`FRONTDESK_NATS_*`. One value for stages and provisioner, so that both mean the same topology.

    Give a service at most one of `credentials` (a .creds file), `nkey` (a seed) and `user` with `password`.
    """

    model_config = SettingsConfigDict(env_prefix="FRONTDESK_NATS_", frozen=True, extra="ignore")

    url: str = Field("nats://127.0.0.1:4222", description="Addresses of the servers, separated by commas.")
    credentials: Path | None = Field(None, description="A .creds file of this service.")
    nkey: SecretStr | None = Field(None, description="The seed of this service's nkey.")
    user: str | None = None
    password: SecretStr | None = None
    ca: Path | None = Field(None, description="Certificates to trust, PEM. Set: TLS is required.")
    inbox_prefix: str = Field("_INBOX", description="Replies arrive below it; a service may be allowed no other inbox.")

    replicas: int = Field(1, ge=1, le=5, description="Copies of each stream: 1 on one server, 3 in a cluster.")
    duplicate_window: timedelta = Field(timedelta(minutes=10), ge=timedelta(minutes=2))
    ack_wait: timedelta = Field(timedelta(seconds=10), ge=timedelta(milliseconds=500), le=timedelta(minutes=1))
    max_ack_pending: int = Field(4096, ge=1, description="Of one durable: at least concurrency times replicas of a stage.")
    events_max_age: timedelta = Field(timedelta(days=1), description="DESK: the records are the truth, it is a work queue.")
    backend_max_age: timedelta = Field(timedelta(days=7), description="DESK_EVENTS: what backends published.")
    dead_max_age: timedelta = Field(timedelta(days=30), description="DESK_DLQ: time for a person to look.")
    max_bytes: int = Field(-1, description="Of each stream; -1: the server's own limit. Full, it refuses: nothing is dropped.")

    graceful_timeout: timedelta = Field(timedelta(seconds=10), description="At a stop, handlers may run on for so long.")

    @property
    def servers(self) -> list[str]:
        return [part.strip() for part in self.url.split(",") if part.strip()]

    @model_validator(mode="after")
    def _consistent(self) -> "BusSettings":
        if self.duplicate_window > min(self.events_max_age, self.backend_max_age, self.dead_max_age):
            raise ValueError("duplicate_window may not be longer than a stream's max_age: the server refuses it")
        ways = [way for way in ("credentials", "nkey", "user") if getattr(self, way) is not None]
        if len(ways) > 1:
            raise ValueError(f"{' and '.join(ways)} are set: choose one way to log in")
        if (self.user is None) != (self.password is None):
            raise ValueError("user and password belong together")
        return self
