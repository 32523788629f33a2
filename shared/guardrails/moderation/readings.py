"""The readings of a text: as it stands, and as it reads once decoded. A model reads base64, even twice; so must its guard.

Decoding is bounded: in depth, and in the characters that all readings of a text have together.
"""

from collections.abc import Iterator

from shared.guardrails.moderation.codes import CIPHERS, DECODERS, hinted
from shared.guardrails.moderation.plain import Written, written

DEEPEST = 3
"""How often a text may be encoded: codes in codes in codes."""
_MOST_TEXTS = 24
_SHORTEST = 8


def readings(text: str) -> Iterator[tuple[str, Written]]:
    """Each reading with the name of its disguise, the plain one first.

    All readings together are at most four times as long as the text: whoever packs more into codes is read in part.
    """
    seen = {text}
    left = 4 * len(text) + 1_000
    waiting = [("", text, 0)]
    for disguise, found, depth in waiting:  # grows while it is read
        reading = written(found)
        yield disguise, reading
        if depth == DEEPEST:
            continue
        for name, decoder in DECODERS if hinted(reading) else CIPHERS:
            for decoded in decoder(reading):
                left -= len(decoded)
                if left < 0 or len(waiting) == _MOST_TEXTS:
                    return
                if len(decoded) >= _SHORTEST and decoded not in seen:
                    seen.add(decoded)
                    waiting.append((disguise or name, decoded, depth + 1))
