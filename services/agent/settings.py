"""What the agent needs to know. Read from the environment by the composition root only."""

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class AgentSettings(BaseSettings):
    """`FRONTDESK_AGENT_*`; key and address of the model under the names that the whole field uses."""

    model_config = SettingsConfigDict(env_prefix="FRONTDESK_AGENT_", frozen=True, extra="ignore", populate_by_name=True)

    api_key: SecretStr = Field(validation_alias="OPENAI_API_KEY", description="Of the server of the models.")
    base_url: str = Field(
        "https://api.openai.com/v1",
        validation_alias="OPENAI_BASE_URL",
        description="Of any server with OpenAI's chat completions.",
    )
    model: str = Field("", description="Ask this model alone, instead of the assistant's, such as a stand-in without a price.")
    concurrency: int = Field(64, ge=1, description="Turns that wait for a model at a time.")
    steps: int = Field(6, ge=1, le=20, description="Calls of the model in one turn.")
    calls: int = Field(8, ge=0, le=50, description="Calls of tools in one turn.")
    answer_seconds: float = Field(45.0, gt=0, description="For one answer, with all attempts and fallbacks.")
    attempt_seconds: float = Field(30.0, gt=0, description="For one attempt: a stream that never ends is cut.")
    silence_seconds: float = Field(12.0, gt=0, description="Between two pieces of a stream, and before the first.")
    patience_seconds: float = Field(30.0, ge=0, description="Age of a turn at which the customer is offered a person.")
