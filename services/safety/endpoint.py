"""A second opinion on a message: the moderation endpoint of OpenAI, or of a server that speaks it.

Format: https://platform.openai.com/docs/api-reference/moderations
"""

import asyncio
from collections.abc import Mapping
from typing import Any

import openai
import structlog

from services.safety.domain import NO_OPINION, judged
from shared.guardrails.moderation import Judgement
from shared.resilience.breaker import Breaker, BreakerOpen

log = structlog.get_logger(__name__)


class _Unusable(Exception):
    """The server answered, with something that is no answer to the question."""


class ModerationEndpoint:
    """`POST /moderations`, asked once for a message and for at most `seconds`.

    It adds to what our own rules found and takes nothing back. Who does not answer has no opinion, so that our own rules
    decide alone, and is left alone by its breaker after five failures in a row; `degraded` tells it to the readiness probe.
    """

    def __init__(self, client: openai.AsyncOpenAI, model: str, seconds: float, breaker: Breaker | None = None) -> None:
        self._client, self._model, self._seconds = client, model, seconds
        self._breaker = breaker or Breaker()

    @property
    def degraded(self) -> dict[str, str]:
        """Why it is not asked at the moment."""
        return {"moderation endpoint": problem} if (problem := self._breaker.problem) else {}

    async def judge(self, masked: str) -> Judgement:
        """What it says of a text, which must hold no personal data any more."""
        try:
            with self._breaker.call(openai.APIError, TimeoutError, _Unusable):
                async with asyncio.timeout(self._seconds):
                    categories, scores = await self._asked(masked)
        except BreakerOpen:
            return NO_OPINION
        except (openai.APIError, TimeoutError, _Unusable) as error:
            log.warning("no second opinion", model=self._model, error=type(error).__name__)
            return NO_OPINION
        return judged(categories, scores)

    async def _asked(self, text: str) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
        try:
            answer = await self._client.moderations.create(model=self._model, input=text)
            result = answer.results[0]
            return result.categories.model_dump(by_alias=True), result.category_scores.model_dump(by_alias=True)
        except (AttributeError, IndexError, TypeError, ValueError) as error:
            raise _Unusable from error
