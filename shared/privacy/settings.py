"""How long records are kept: the company's decision, in days."""

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class RetentionSettings(BaseSettings):
    """`FRONTDESK_KEEP_*_DAYS`. Streams end by their own age (`FRONTDESK_EVENTS_MAX_AGE` and others)."""

    model_config = SettingsConfigDict(env_prefix="FRONTDESK_", frozen=True, extra="ignore")

    keep_conversations_days: float = Field(90, gt=0, description="After the last thing that happened in one; with all in it.")
    keep_turns_days: float = Field(90, gt=0, description="What was said, also of conversations that go on.")
    keep_values_days: float = Field(30, gt=0, description="Originals of placeholders, of conversations quiet for that long.")
    keep_feedback_days: float = Field(365, gt=0)
    keep_memories_days: float = Field(365, gt=0)
    keep_effects_days: float = Field(3650, gt=0, description="The books: what was done, without person once erased.")
    keep_customers_days: float = Field(365, gt=0, description="Key and profile of a customer without any conversation.")
    keep_erasures_days: float = Field(35, gt=0, description="That a customer was erased: as long as backups of the records.")
