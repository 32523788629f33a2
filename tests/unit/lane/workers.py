"""The stages' work as generators: a yield stands after every write and call, where a worker may be paused or die.

What a stage may do between two yields is what one statement of the record store, or one call, does.
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
    MessageReceived,
    ReplyDrafted,
    Text,
    action_id,
)
from shared.lane.delivery import CALL_TIMEOUT
from shared.lane.documents import Effect, Step, Turn
from shared.lane.effects import refused
from tests.unit.lane.delivering import admit_result, egress
from tests.unit.lane.world import CUSTOMER, Later, Poison, Steps, Worker, World


def stamped(cause: Event, *events: Event) -> list[Event]:
    return [event.because_of(cause, position) for position, event in enumerate(events)]


def begin(w: World, me: Worker, event: MessageReceived) -> Steps:
    """Agent (safety and context hold no record: they are part of the hop): ask, store the step, publish it."""
    ids = w.said(event)
    if any(id[0] == "z" for id in ids):
        raise Poison
    asked = decide(w, ids, event.turn)
    turn, _ = w.change_turn(event, w.ops.store_step, 0, asked)
    yield "stored"
    return stamped(event, *published(w, turn, event))


def decide(w: World, ids: list[str], turn: str) -> Step:
    """The model's answer: another one each time it is asked."""
    kinds = {id[0] for id in ids}
    kind = "look" if "l" in kinds else final(kinds)
    return Step(answer={"saw": " ".join(ids), "nonce": w.random()}, decision={"kind": kind})


def final(kinds: set[str]) -> str:
    return "handoff" if "h" in kinds else "confirm" if "r" in kinds else "reply"


def published(w: World, turn: Turn, event: Event) -> list[Event]:
    """What the last step that is stored asks for."""
    number, last = len(turn.steps) - 1, turn.steps[-1]
    if last.decision["kind"] == "look":
        calls = [action_id(event.turn, number, slot) for slot in (0, 1)]
        return [
            LookupRequested(conversation="conv", epoch=event.epoch, action=action, tool="look", arguments={}, customer=CUSTOMER)
            for action in calls
        ]
    kind, saw = last.decision["kind"], str(last.answer["saw"])
    proposal = None
    if kind == "confirm":
        asked = next(id for id in saw.split() if id[0] == "r")
        proposal = w.proposal(action_id(event.turn, number, 0), asked)
    draft = Draft(kind=kind, parts=(Text(text=str(last.answer["nonce"])),) * w.parts, said=saw, proposal=proposal)
    return [ReplyDrafted(conversation="conv", epoch=event.epoch, draft=draft)]


def look_up(w: World, me: Worker, event: LookupRequested) -> Steps:
    """Actions, a look-up: run, publish; again it is harmless."""
    yield "looked"
    done = ActionCompleted(conversation="conv", epoch=event.epoch, action=event.action, tool="look", ok=True, result={})
    return stamped(event, done)


def resume(w: World, me: Worker, event: ActionCompleted) -> Steps:
    """Agent: join the results; with the last one, the next step."""
    number = int(event.action.rsplit(":", 2)[1])
    calls = frozenset(action_id(event.turn, number, slot) for slot in (0, 1))
    turn, results = w.change_turn(event, w.ops.store_result, number, event.action, {}, calls)
    yield "joined"
    if results is None:
        return []
    saw = str(turn.steps[number].answer["saw"])
    kind = final({id[0] for id in saw.split()})
    step = Step(results=results, answer={"saw": saw, "nonce": w.random()}, decision={"kind": kind})
    turn, _ = w.change_turn(event, w.ops.store_step, number + 1, step)
    yield "stored"
    return stamped(event, *published(w, turn, event))


def act(w: World, me: Worker, event: EffectRequested) -> Steps:
    """Actions, a sensitive one: start, call, record, publish."""
    lane, attempt, now = w.lane, w.random(), w.now + me.skew
    yield "read"
    effect = w.ops.start(lane, event.action, attempt=attempt, now=now, target=w.target)
    if effect is None:
        return []
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
    """Of an effect that another has started. Gives it back if it is claimed again, and to be called."""
    remedy = w.ops.overdue(effect, w.provider, w.now + me.skew)
    if remedy == "wait":
        raise Later
    if remedy == "unknown":
        w.change_effect(effect.id, w.ops.record, effect.attempt, "unknown", text="unknown")
        return None
    happened = remedy == "ask" and effect.id in w.ghost.hits
    yield "looked up"
    if happened:
        w.change_effect(effect.id, w.ops.record, effect.attempt, "succeeded", text="done")
        return None
    mine = w.change_effect(effect.id, w.ops.reclaim_effect, effect.attempt, new_attempt=w.random(), now=w.now + me.skew)
    if not mine:
        raise Later
    return w.effects[effect.id]


HANDLERS: dict[str, Callable[..., Steps]] = {
    "message-received": begin,
    "lookup-requested": look_up,
    "action-completed": resume,
    "reply-drafted": egress,
    "notice-due": egress,
    "effect-requested": act,
    "effect-completed": admit_result,
}
