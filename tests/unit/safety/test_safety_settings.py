"""Settings of safety and of what it knows."""

from contextlib import AsyncExitStack

import pytest
from pydantic import ValidationError

from services.context.settings import ContextSettings
from services.safety.app import second_opinion
from services.safety.settings import SafetySettings
from shared.errors import ConfigurationError


def test_countries_are_a_list_in_one_variable(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("FRONTDESK_PHONE_REGIONS", "de, at,CH")
    assert SafetySettings().phone_regions == ("DE", "AT", "CH")


def test_without_variables_the_assistants_country_is_all():
    assert SafetySettings().phone_regions == ()


def test_a_shop_key_is_never_shown_and_bounds_are_checked(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("FRONTDESK_SHOP_KEY", "very-secret")
    assert "very-secret" not in repr(ContextSettings())
    with pytest.raises(ValidationError):
        ContextSettings(context_timeout=0)


async def test_a_second_opinion_without_a_key_stops_the_start(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("FRONTDESK_MODERATION_MODEL", "omni-moderation-latest")
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    async with AsyncExitStack() as stack:
        with pytest.raises(ConfigurationError, match="OPENAI_API_KEY"):
            await second_opinion(SafetySettings(), stack)
