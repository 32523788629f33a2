"""How attacks and threats are worded, by language: what the rules of `rules/orders.py` and `rules/threat.py` are made of."""

from shared.guardrails.moderation.lexicon.entry import Wording
from shared.guardrails.moderation.lexicon.germanic import GERMANIC
from shared.guardrails.moderation.lexicon.romance import ROMANCE
from shared.guardrails.moderation.lexicon.slavic import SLAVIC
from shared.guardrails.moderation.lexicon.unspaced import UNSPACED_SCRIPTS
from shared.guardrails.moderation.lexicon.wider import WIDER

WORDINGS: tuple[Wording, ...] = (*GERMANIC, *ROMANCE, *SLAVIC, *WIDER, *UNSPACED_SCRIPTS)

__all__ = ["WORDINGS", "Wording"]
