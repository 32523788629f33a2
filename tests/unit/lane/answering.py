"""The agent as generators around its own state machine: what `services.agent.domain` decides is what happens here.

The model is as unreliable as a model is: asked again, it answers otherwise, and asks for more or fewer look-ups.
"""

import json
from typing import Any

from services.agent.domain import Act, Ask, GiveUp, HandOff, Policy, Publish, Say, decided, is_answered_by_last, wanted
from shared.contracts import (
    ActionCompleted,
    Draft,
    EffectRequested,
    Event,
    LookupRequested,
    MessageReceived,
    ReplyDrafted,
    Text,
    ToolSpec,
    action_id,
)
from shared.lane.documents import Step, Turn, turn_of
from tests.unit.lane.ghost import Violation
from tests.unit.lane.world import CUSTOMER, Poison, Steps, Worker, World, stamped

POLICY = Policy(steps=4, calls=4)
_OF = {"type": "object", "properties": {"of": {"type": "string"}}, "required": ["of"]}
_TOOLS = {
    spec.name: spec
    for spec in (
        ToolSpec(name="look", description="", parameters=_OF, kind="lookup", assurance="anonymous", confirmation=False),
        ToolSpec(name="refund_order", description="", parameters=_OF, kind="effect", assurance="verified", confirmation=True),
        ToolSpec(name="transfer", description="", parameters=_OF, kind="handoff", assurance="anonymous", confirmation=False),
    )
}


def begin(w: World, me: Worker, event: MessageReceived) -> Steps:
    """A turn has its context (safety and context hold no record: they are part of the hop): ask, store, publish."""
    ids = [each.id for each in event.inputs]
    if any(id[0] == "z" for id in ids):
        raise Poison
    turn = w.turns.get(w.ops.turn_key(event)) or turn_of("conv", event.epoch, w.now)
    if not turn.said:
        turn = turn.model_copy(update={"said": " ".join(ids)})
    yield "read"
    return (yield from go_on(w, turn, event, w.ops.next_move(turn)))


def resume(w: World, me: Worker, event: ActionCompleted) -> Steps:
    """A tool has answered: join the results of its step; with the last one, ask again."""
    turn = w.turns[w.ops.turn_key(event)]
    yield "read"
    number, slot = map(int, event.action.rsplit(":", 2)[1:])
    decision = decided(turn.steps[number])
    assert isinstance(decision, Act)
    call = next((call.id for call in decision.calls if call.slot == slot), None)
    if call is None:
        raise Violation(f"STEP: {event.action} is a result of a call that no stored answer asks for")
    if len(turn.steps) > number + 1:
        return (yield from go_on(w, turn, event, w.ops.next_move(turn))) if is_answered_by_last(turn, number) else []
    turn, joined = w.change_turn(event, w.ops.store_result, number, call, {"ok": event.ok} | event.result, wanted(decision))
    yield "joined"
    return (yield from go_on(w, turn, event, Ask(number + 1, decision.results | joined))) if joined is not None else []


def go_on(w: World, turn: Turn, event: Event, move: Ask | Publish) -> Any:
    """Ask until there is something to publish. What was published of a turn stands: nothing may contradict it."""
    while isinstance(move, Ask):
        complete(turn, move)
        answer = asked(w, turn, move.number)
        decision = w.ops.decide(answer, "stop", _TOOLS, turn, POLICY)
        step = Step(results=move.results, answer=answer, decision=decision.model_dump(mode="json"))
        yield "asked"
        turn, _ = w.change_turn(event, _stored, w, turn.said, move.number, step)
        yield "stored"
        move = w.ops.next_move(turn)
    return stamped(event, *published(w, turn, move, event))


def _stored(turn: Turn, w: World, said: str, number: int, step: Step) -> tuple[Turn, Step]:
    after: tuple[Turn, Step] = w.ops.store_step(turn if turn.said else turn.model_copy(update={"said": said}), number, step)
    return after


def complete(turn: Turn, ask: Ask) -> None:
    """A model refuses a request in which a call of its own has no result; a result of another call would mislead it."""
    last = turn.steps[ask.number - 1] if ask.number else None
    calls = {call["id"] for call in last.answer.get("tool_calls", ())} if last else set()
    if calls != ask.results.keys():
        raise Violation(f"RESULT: {calls} were asked for, the model is shown {set(ask.results)}")
    if last and isinstance(decision := decided(last), Act):
        for call in decision.calls:
            action = action_id(turn.id, ask.number - 1, call.slot)
            if ask.results[call.id].get("of", action) != action:
                raise Violation(f"RESULT: {action} is told the result of {ask.results[call.id]['of']}")


def asked(w: World, turn: Turn, number: int) -> dict[str, Any]:
    """The model's answer, by the first letters of what was said; each time in other words."""
    kinds, nonce = {id[0] for id in turn.said.split()}, w.random()
    looks = [("look", nonce)] * (1 + int(nonce.removeprefix("try")) % 3)
    refund = next((id for id in turn.said.split() if id[0] in "rbn"), "")
    if "f" in kinds and number == 0:
        return _calls(nonce, [("nothing", nonce)])
    if "g" in kinds:
        return _calls(nonce, looks)
    if "b" in kinds and number == 0:
        return _calls(nonce, [("refund_order", refund), *looks])
    if "l" in kinds and number < 2 and not any(step.answer.get("looked") for step in turn.steps):
        return _calls(nonce, looks) | {"looked": True}
    if "h" in kinds:
        return _calls(nonce, [("transfer", nonce)])
    if refund and not any(_refused(step) for step in turn.steps):
        return _calls(nonce, [("refund_order", refund)] * (1 + len(looks) % 2))
    return {"content": nonce}


def _calls(nonce: str, calls: list[tuple[str, str]]) -> dict[str, Any]:
    made = [
        {"id": f"{nonce}-{slot}", "function": {"name": name, "arguments": json.dumps({"of": of})}}
        for slot, (name, of) in enumerate(calls)
    ]
    return {"content": "", "tool_calls": made}


def _refused(step: Step) -> bool:
    """A refund was called for; that the turn goes on means that it could not be proposed."""
    decision = decided(step)
    return isinstance(decision, Act) and any(call.tool == "refund_order" for call in decision.calls)


def published(w: World, turn: Turn, publish: Publish, event: Event) -> list[Event]:
    """What leaves the agent of a decision."""
    match publish.decision:
        case Act(calls=calls):
            actions = [(action_id(event.turn, publish.number, call.slot), call) for call in calls]
            return [requested(w, event, action, call.tool, call.arguments) for action, call in actions]

        case Say(text=text):
            draft = Draft(kind="reply", parts=(Text(text=text),) * w.parts, said=turn.said)
        case HandOff():
            draft = Draft(kind="handoff", parts=(Text(text=str(turn.steps[-1].answer["tool_calls"][0]["id"])),), said=turn.said)
        case GiveUp(why=why):
            draft = Draft(kind="notice", parts=(Text(text=why),), said=turn.said)
    w.ghost.drafted(event.turn, f"{draft.kind} {draft.parts[0].text}")
    return [ReplyDrafted(conversation="conv", epoch=event.epoch, draft=draft)]


def requested(w: World, event: Event, action: str, tool: str, arguments: dict[str, Any]) -> Event:
    w.ghost.requested(action, f"{tool} {arguments}")
    kind = LookupRequested if tool == "look" else EffectRequested
    return kind(conversation="conv", epoch=event.epoch, action=action, tool=tool, arguments=arguments, customer=CUSTOMER)
