"""Words for the tests of egress."""

from typing import Any


class Spoken:
    """Words of a test: each key is its own sentence."""

    def text(self, key: str, language: str | None = None, **fields: Any) -> str:
        if key.startswith("label_"):
            return f"your {key.removeprefix('label_')}"
        return f"{key}/{language or 'en'}"

    def event_text(self, type: str, language: str | None, data: dict[str, Any]) -> str | None:
        return f"order {data['order']} has been shipped" if type == "order.shipped" else None
