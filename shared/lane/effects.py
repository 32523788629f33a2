"""The effects ledger: a sensitive action is written before it is called, and settled by whoever holds its claim.

`started` before `until` means that somebody may be in the call; after it the outcome is unknown, and the provider is
asked before anything is tried again. A key older than `KEY_FOR` counts as none, because providers forget them.
"""

from typing import Literal

from shared.lane.delivery import CLAIM_FOR
from shared.lane.documents import Effect

KEY_FOR = 20 * 3600.0


def reclaim(effect: Effect, read: str, *, new_attempt: str, now: float) -> tuple[Effect, bool]:
    """Take over an effect whose claim has run out, by the attempt that was read."""
    if effect.state != "started" or effect.attempt != read or now <= effect.until:
        return effect, False
    return effect.model_copy(update={"attempt": new_attempt, "until": now + CLAIM_FOR}), True


def record(
    effect: Effect,
    attempt: str,
    state: Literal["succeeded", "failed", "unknown"],
    *,
    text: str,
    provider_id: str = "",
) -> tuple[Effect, bool]:
    """Write what became of it, if the claim is still ours. False: another has it, and settles it."""
    if effect.state != "started" or effect.attempt != attempt:
        return effect, False
    return effect.model_copy(update={"state": state, "text": text, "provider_id": provider_id}), True


def key_is_good(effect: Effect, now: float) -> bool:
    """Whether the provider still knows the idempotency key of the first call."""
    return now - effect.at < KEY_FOR
