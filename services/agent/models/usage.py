"""What an answer took: tokens as the server counted them, and their price. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Price:
    """US dollars for a million tokens. `cached` is of input that the server had seen before."""

    input: float = 0.0
    cached: float | None = None
    output: float = 0.0


FREE = Price()


def tokens(usage: Mapping[str, Any], price: Price) -> dict[str, int]:
    """`input`, of it `cached`, `output`, and `cost` in millionths of a US dollar; empty when the server did not count."""
    given, written = _count(usage.get("prompt_tokens")), _count(usage.get("completion_tokens"))
    if not given and not written:
        return {}
    details = usage.get("prompt_tokens_details")
    cached = min(_count(details.get("cached_tokens")) if isinstance(details, Mapping) else 0, given)
    cached_price = price.input if price.cached is None else price.cached
    cost = (given - cached) * price.input + cached * cached_price + written * price.output
    return {"input": given, "cached": cached, "output": written, "cost": round(cost)}


def _count(value: Any) -> int:
    return value if isinstance(value, int) and value > 0 else 0
