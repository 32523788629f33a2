"""`Accept-Language`: the languages that a customer's browser, or the page around the chat, asks for."""

from functools import lru_cache

from shared.identity.locale import language_of

_LONGEST = 256
"""Bytes looked at; browsers send some 20."""

ACCEPT_LANGUAGE = {
    "name": "Accept-Language",
    "in": "header",
    "required": False,
    "schema": {"type": "string", "example": "de-AT, de;q=0.9, en;q=0.5"},
    "description": "The answer's language as long as the customer has said nothing that tells it. The `locale` of a "
    "customer's token comes first.",
}


def accepted(headers: list[tuple[bytes, bytes]]) -> str | None:
    """The language that is wanted most, of an ASGI scope's headers."""
    return next((_wanted_most(value[:_LONGEST]) for name, value in headers if name == b"accept-language"), None)


@lru_cache(1024)
def _wanted_most(header: bytes) -> str | None:
    """Format: RFC 9110, 12.5.4. What is no language, or has no weight, counts for nothing."""
    best, most = None, 0.0
    for element in header.decode("latin-1").split(","):
        tag, _, parameter = element.partition(";")
        weight, language = _weight(parameter), language_of(tag.strip())
        if language and weight > most:
            best, most = language, weight
    return best


def _weight(parameter: str) -> float:
    """1 where none is given, 0 for what is no weight."""
    name, _, value = parameter.strip().partition("=")
    if not name:
        return 1.0
    try:
        return float(value) if name.strip().lower() == "q" else 0.0
    except ValueError:
        return 0.0
