"""Puts placeholders where personal data was."""

from collections.abc import Sequence

from shared.guardrails.pii.span import Span


def mask(text: str, spans: Sequence[Span], placeholders: Sequence[str]) -> str:
    """`text` with each span replaced by the placeholder of the same position. Spans are sorted and do not overlap."""
    pieces: list[str] = []
    at = 0
    for span, placeholder in zip(spans, placeholders, strict=True):
        pieces += (text[at : span.start], placeholder)
        at = span.end
    return "".join((*pieces, text[at:]))


def numbered(text: str, spans: Sequence[Span]) -> list[str]:
    """Placeholders for texts that have no vault: numbered by kind in order of appearance, the same value the same."""
    seen: dict[tuple[str, str], str] = {}
    counts: dict[str, int] = {}
    for span in spans:
        key = span.kind, text[span.start : span.end]
        if key not in seen:
            counts[span.kind] = counts.get(span.kind, 0) + 1
            seen[key] = f"<{span.kind}_{counts[span.kind]}>"
    return [seen[span.kind, text[span.start : span.end]] for span in spans]
