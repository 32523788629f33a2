"""Puts placeholders where personal data was."""

from collections.abc import Sequence

from shared.guardrails.normal import PLACEHOLDER
from shared.guardrails.pii.span import Span


def quoted(text: str) -> str:
    """`text`, as long as it was, in which nothing that a customer typed is a placeholder: `<EMAIL_1>` reads `[EMAIL_1]`.

    Whoever opens placeholders would else put a value where nobody told one, or tell another one than was meant.
    """
    return PLACEHOLDER.sub(lambda typed: f"[{typed[0][1:-1]}]", text)


def mask(text: str, spans: Sequence[Span], placeholders: Sequence[str]) -> str:
    """`text` with each span replaced by the placeholder of the same position. Spans are sorted and do not overlap."""
    if not spans:
        return text
    pieces: list[str] = []
    at = 0
    for span, placeholder in zip(spans, placeholders, strict=True):
        pieces += (text[at : span.start], placeholder)
        at = span.end
    return "".join((*pieces, text[at:]))


def numbered(text: str, spans: Sequence[Span]) -> list[str]:
    """Placeholders for texts that have no vault: numbered by kind in order of appearance, the same value the same.

    A placeholder that stands in the text already is not given again.
    """
    if not spans:
        return []
    taken = set(PLACEHOLDER.findall(text))
    seen: dict[tuple[str, str], str] = {}
    counts: dict[str, int] = {}
    for span in spans:
        key = span.kind, text[span.start : span.end]
        while key not in seen:
            counts[span.kind] = counts.get(span.kind, 0) + 1
            name = f"<{span.kind}_{counts[span.kind]}>"
            if name not in taken:
                seen[key] = name
    return [seen[span.kind, text[span.start : span.end]] for span in spans]
