"""Where traces go. Everything else is set by the standard `OTEL_*` variables, which the SDK reads itself."""

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class TelemetrySettings(BaseSettings):
    """`OTEL_EXPORTER_OTLP_ENDPOINT` unset means that no span is made, and a turn still has its trace id."""

    model_config = SettingsConfigDict(frozen=True, extra="ignore")

    endpoint: str | None = Field(default=None, validation_alias="OTEL_EXPORTER_OTLP_ENDPOINT")
    log_format: str = Field(default="json", validation_alias="FRONTDESK_LOG_FORMAT", pattern="^(json|console)$")
    log_level: str = Field(default="info", validation_alias="FRONTDESK_LOG_LEVEL", pattern="^(debug|info|warning|error)$")
