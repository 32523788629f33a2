"""The effects ledger: a sensitive action is written before it is called, and settled by whoever holds its claim.

`started` before `until` means that somebody may be in the call; after it the outcome is unknown, and the provider is
asked before anything is tried again. A key older than `KEY_FOR` counts as none, because providers forget them.
"""

from typing import Literal

from shared.contracts import Proposal
from shared.lane.delivery import CLAIM_FOR
from shared.lane.documents import Effect
from shared.lane.reconcile import Guarantee, Remedy, remedy

KEY_FOR = 20 * 3600.0


def start(conversation: str, proposal: Proposal, *, attempt: str, now: float, target: str = "") -> Effect:
    """The effect to insert before its call, with the parameters that were shown.

    Inserted, the call may begin while `may_call(effect.until, now)`. Not inserted: the action stands already, or,
    when there is no effect of this id, another effect has its `target`: then insert what `refused` makes of it.
    """
    return Effect(
        id=proposal.action,
        at=now,
        conversation=conversation,
        proposal=proposal,
        attempt=attempt,
        until=now + CLAIM_FOR,
        target=target,
    )


def refused(effect: Effect, text: str) -> Effect:
    """The effect settled as failed without a call. It is inserted before its result is published, as any decision is:

    without that, an action whose target becomes free could be told as failed and be carried out.
    """
    return effect.model_copy(update={"state": "failed", "text": text})


def overdue(effect: Effect, guarantee: Guarantee, now: float) -> Remedy | Literal["settled"]:
    """What to do about an effect that stands already, for a system that gives this guarantee."""
    if effect.state != "started":
        return "settled"
    lost = guarantee == "keys" and not key_is_good(effect, now)
    return remedy(effect.until, "neither" if lost else guarantee, now)


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
