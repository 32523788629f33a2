"""What a process needs to know before any stage: where records, knowledge, assistant and keys are, where it listens."""

from pathlib import Path
from typing import TypeVar

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from shared.errors import ConfigurationError


class RecordsSettings(BaseSettings):
    """Where the records are: all that a migration needs to know of them."""

    model_config = SettingsConfigDict(env_prefix="FRONTDESK_", frozen=True, extra="ignore")

    records: SecretStr = Field(
        SecretStr("sqlite:///.frontdesk/records.db"), description="Where conversations, turns, effects and vault are."
    )
    keys: SecretStr = Field(
        SecretStr(""), description="Where customers' keys are; default: a store of its own beside the records. Not in backups."
    )


class ProcessSettings(RecordsSettings):
    """`FRONTDESK_*` of the composition root."""

    assistant: Path = Field(Path("demo/assistant.yaml"), description="The file that configures the assistant.")
    seal_keys: SecretStr = Field(description="kid:base64 of 32 bytes, comma separated; the first one seals.")
    demo_page: bool = Field(False, description="Serve the demo shop's page, which signs in anybody as the demo customer.")
    http_host: str = "127.0.0.1"
    http_port: int = Field(8080, ge=0, le=65535, description="Of this process: API and page, event streams, or health.")


S = TypeVar("S", bound=BaseSettings)


def read(kind: type[S]) -> S:
    """Settings from the environment. Raises `ConfigurationError` that names each setting that is missing or wrong."""
    try:
        return kind()
    except ValidationError as error:
        prefix = str(kind.model_config.get("env_prefix", ""))
        wrong = []
        for problem in error.errors(include_input=False, include_url=False):
            field = str(problem["loc"][0]) if problem["loc"] else ""
            name = field if field.isupper() else f"{prefix}{field}".upper()
            wrong.append(f"{name}: {problem['msg']}")
        raise ConfigurationError("; ".join(wrong)) from None
