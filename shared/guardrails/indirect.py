"""Instructions that came with data: in a passage, an e-mail, a profile field, a tool's result. Withheld, and never obeyed.

What a model is shown beside the customer's words is data from others; a text among it that speaks to the assistant instead
of to people is replaced by a mark that says so, with the place that it was in kept.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from shared.guardrails.moderation import Thresholds, judge

WITHHELD = "[withheld: it held instructions to the assistant]"
_SURE = Thresholds(attack=0.9)  # codes and schemas are no sentences, and the model learned from sentences
_WRITTEN_IN_MANUALS = (
    "injection:primed-dialogue",
    "injection:data-of-the-user",
    "injection:code-with-orders",
    "injection:disguised-secret",
    "injection:imagined-privacy",
    "injection:others-told",
    "injection:quiz-as-cover",
)
"""No customer writes like that, but who answers frequent questions, explains a program or tells what becomes of data does."""
_SHORTEST = 12
"""Characters: what is shorter instructs nobody, and records are full of it."""


@lru_cache(maxsize=4_000)  # the same passages and products come turn after turn, and judging one is the cost of a message
def instructs(text: str) -> bool:
    """Whether a text of others speaks to the assistant: an injection or a jailbreak by any rule, or by the model."""
    reasons = judge(text, _SURE).reasons
    speaking = (reason for reason in reasons if reason.startswith(("injection:", "jailbreak:")))
    return not all(reason.startswith(_WRITTEN_IN_MANUALS) for reason in speaking)


def without_instructions(value: Any) -> Any:
    """JSON with every text that instructs replaced by `WITHHELD`; the shape and all other values stay."""
    if isinstance(value, str):
        return WITHHELD if len(value) >= _SHORTEST and instructs(value) else value
    if isinstance(value, Mapping):
        return {key: without_instructions(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [without_instructions(each) for each in value]
    return value
