"""Actions as generators: a yield stands after every write and call, where a worker may be paused or die.

What a stage may do between two yields is what one statement of the record store, or one call, does. The agent is in
`answering.py`, egress in `delivering.py`.
"""

from collections.abc import Callable
from typing import Any

from shared.contracts import (
    ActionCompleted,
    Draft,
    EffectCompleted,
    EffectRequested,
    Event,
    LookupRequested,
    ReplyDrafted,
    Text,
)
from shared.lane.delivery import CALL_TIMEOUT
from shared.lane.documents import Effect
from shared.lane.effects import refused
from tests.unit.lane.answering import begin, resume
from tests.unit.lane.delivering import admit_result, egress
from tests.unit.lane.world import Later, Steps, Worker, World, stamped


def look_up(w: World, me: Worker, event: LookupRequested) -> Steps:
    """A look-up: run, publish; again it is harmless."""
    yield "looked"
    return stamped(event, completed(event, ok=True, of=event.action))


def completed(event: LookupRequested | EffectRequested, *, ok: bool, **result: Any) -> Event:
    return ActionCompleted(conversation="conv", epoch=event.epoch, action=event.action, tool=event.tool, ok=ok, result=result)


def act(w: World, me: Worker, event: EffectRequested) -> Steps:
    """A sensitive one: confirmed, it is carried out; of the turn that runs, it is proposed."""
    lane = w.lane
    yield "read"
    if proposal := w.ops.allowed(lane, event.action):
        return (yield from carry_out(w, me, event, proposal))
    if not w.ops.is_open(lane, event.epoch):
        return []
    of = str(event.arguments["of"])
    if of[0] == "n":  # the shop's records say no
        return stamped(event, completed(event, ok=False, of=event.action))
    said, proposed = w.turns[w.ops.turn_key(event)].said, w.proposal(event.action, of)
    draft = Draft(kind="confirm", parts=(Text(text=event.action),) * w.parts, said=said, proposal=proposed)
    w.ghost.drafted(event.turn, f"confirm {event.action}")
    return stamped(event, ReplyDrafted(conversation="conv", epoch=event.epoch, draft=draft))


def carry_out(w: World, me: Worker, event: EffectRequested, proposal: Any) -> Any:
    """The ledger: start, call, record, publish; or go on from what stands."""
    effect = w.ops.start("conv", proposal, attempt=w.random(), now=w.now + me.skew, target=w.target)
    held: Effect | None = effect if w.insert(effect) else None
    if not held and effect.id not in w.effects:
        w.insert(refused(effect, "its target is taken"))
    yield "inserted"
    while (effect := w.effects[event.action]).state == "started":
        if held:
            yield from execute(w, me, held)
            held = None
        else:
            held = yield from reconcile(w, me, effect)
        yield "recorded"
    done = EffectCompleted(
        conversation="conv", epoch=event.epoch, action=event.action, tool=event.tool, status=effect.state, text=effect.text
    )
    return stamped(event, done)


def execute(w: World, me: Worker, effect: Effect) -> Any:
    if not w.ops.may_call(effect.until, w.now + me.skew):
        raise Later
    began = w.now
    yield "calling"
    if w.now - began >= CALL_TIMEOUT:
        raise Later
    w.ghost.executed(effect.id, effect.proposal.arguments, keyed=w.provider == "keys")
    yield "called"
    w.change_effect(effect.id, w.ops.record, effect.attempt, "succeeded", text="done")


def reconcile(w: World, me: Worker, effect: Effect) -> Any:
    """Of an effect that another has started: the provider is asked, then the claim is taken over by the attempt that was
    read. Gives it back if it is to be called."""
    remedy = w.ops.course(effect, w.provider, w.provider == "lookup", w.now + me.skew)
    if remedy == "wait":
        raise Later
    happened = remedy == "ask" and effect.id in w.ghost.hits
    if remedy == "ask":
        yield "looked up"
    attempt = w.random()
    mine = w.change_effect(effect.id, w.ops.reclaim_effect, effect.attempt, new_attempt=attempt, now=w.now + me.skew)
    yield "reclaimed"
    if not mine:
        raise Later
    if happened:
        w.change_effect(effect.id, w.ops.record, attempt, "succeeded", text="done")
        return None
    if remedy == "unknown":
        w.change_effect(effect.id, w.ops.record, attempt, "unknown", text="unknown")
        return None
    held = w.effects[effect.id]
    return held if held.attempt == attempt else None


HANDLERS: dict[str, Callable[..., Steps]] = {
    "message-received": begin,
    "lookup-requested": look_up,
    "action-completed": resume,
    "reply-drafted": egress,
    "notice-due": egress,
    "effect-requested": act,
    "effect-completed": admit_result,
}
