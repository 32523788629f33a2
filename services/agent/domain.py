"""What the agent does next. Pure: from a turn's document, the tools and a policy to a move; no model, no clock, no I/O.

A step is one answer of the model and the decision made of it, stored together. What is published depends on what is
stored and on nothing else, so a redelivery, on another release or with other tools, publishes the same.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import Field, TypeAdapter

from services.agent.arguments import Faulty, parse
from shared.contracts import ToolSpec, Value
from shared.lane.documents import Step, Turn

Results = dict[str, dict[str, Any]]
"""Of tool calls, by the call's id: what the model is shown."""


@dataclass(frozen=True, slots=True)
class Policy:
    """Bounds of one turn."""

    steps: int = 6
    """Calls of the model."""
    calls: int = 8
    """Calls of tools that leave the agent; further ones are refused to the model."""


class Call(Value):
    """A call that leaves the agent. `slot` is its place in the answer, which makes its action's id."""

    id: str
    slot: int
    tool: str
    kind: Literal["lookup", "effect", "webhook"]
    arguments: dict[str, Any]


class Say(Value):
    """The answer is text: the turn's reply."""

    move: Literal["say"] = "say"
    text: str


class Act(Value):
    """Tools are called; `results` are of those that do not leave the agent: unknown, faulty, too many, deferred."""

    move: Literal["act"] = "act"
    calls: tuple[Call, ...] = ()
    results: Results = Field(default_factory=dict)


class HandOff(Value):
    """A person takes over. `text` is what the model said with it, `reason` what it gave as the reason."""

    move: Literal["hand-off"] = "hand-off"
    text: str = ""
    reason: str = ""


class GiveUp(Value):
    """No answer: the customer is told so and offered a person."""

    move: Literal["give-up"] = "give-up"
    why: Literal["steps", "filtered", "unavailable", "guard"]


Decision = Annotated[Say | Act | HandOff | GiveUp, Field(discriminator="move")]
_DECISION: TypeAdapter[Say | Act | HandOff | GiveUp] = TypeAdapter(Decision)


@dataclass(frozen=True, slots=True)
class Ask:
    """Ask the model for step `number`; `results` answer the calls of the step before."""

    number: int
    results: Results


@dataclass(frozen=True, slots=True)
class Publish:
    """Publish what was decided in step `number`."""

    number: int
    decision: Say | Act | HandOff | GiveUp


def decided(step: Step) -> Say | Act | HandOff | GiveUp:
    """The decision that was stored with a step."""
    return _DECISION.validate_python(step.decision)


def next_move(turn: Turn) -> Ask | Publish:
    """From the last stored step: publish it, unless nothing of it leaves the agent; then the model is asked again."""
    if not turn.steps:
        return Ask(0, {})
    number = len(turn.steps) - 1
    decision = decided(turn.steps[number])
    if isinstance(decision, Act) and not decision.calls:
        return Ask(number + 1, decision.results)
    return Publish(number, decision)


def is_answered_by_last(turn: Turn, number: int) -> bool:
    """Whether the last step is what came of step `number`: nothing in between has left the agent."""
    between = [decided(step) for step in turn.steps[number + 1 : -1]]
    return all(isinstance(decision, Act) and not decision.calls for decision in between)


def decide(answer: Mapping[str, Any], finish: str, tools: Mapping[str, ToolSpec], turn: Turn, policy: Policy) -> Decision:
    """What to do with the model's answer (an assistant message of chat completions) to the turn's next step.

    A hand-off wins over all else in the answer. A call that needs confirmation ends the agent's part of the turn, so it
    must stand alone: beside others it is deferred, of several only the first is asked for.
    """
    if finish == "content_filter":
        return GiveUp(why="filtered")
    requested = answer.get("tool_calls") or ()
    text = str(answer.get("content") or "").strip()
    if not requested:
        return Say(text=_shortened(text) if finish == "length" else text) if text else GiveUp(why="unavailable")
    for call in requested:
        spec = tools.get(call["function"]["name"])
        if spec and spec.kind == "handoff":
            return HandOff(text=text, reason=_reason(call["function"]["arguments"]))
    if len(turn.steps) + 1 >= policy.steps:
        return GiveUp(why="steps")
    return _sorted_out(requested, tools, policy.calls - _used(turn))


def given_up(why: Literal["steps", "filtered", "unavailable", "guard"]) -> Step:
    """A step in which no model answered, stored so that the notice stands as an answer would."""
    return Step(answer={"role": "assistant", "content": ""}, decision=GiveUp(why=why).model_dump())


def wanted(decision: Act) -> frozenset[str]:
    """The calls whose results the next step waits for."""
    return frozenset(call.id for call in decision.calls)


def _sorted_out(requested: Any, tools: Mapping[str, ToolSpec], left: int) -> Act:
    calls: list[Call] = []
    results: Results = {}
    for slot, call in enumerate(requested):
        name = call["function"]["name"]
        match parse(tools.get(name), call["function"]["arguments"]):
            case Faulty(problem):
                results[call["id"]] = {"ok": False, "error": problem}
            case arguments:
                spec = tools[name]
                assert spec.kind != "handoff"
                calls.append(Call(id=call["id"], slot=slot, tool=name, kind=spec.kind, arguments=arguments))
    calls, deferred = _sensitive_alone(calls, tools)
    results |= {call.id: dict(_DEFERRED) for call in deferred}
    if len(calls) > left:
        results |= {call.id: dict(_TOO_MANY) for call in calls[max(left, 0) :]}
        calls = calls[: max(left, 0)]
    return Act(calls=tuple(calls), results=results)


def _sensitive_alone(calls: list[Call], tools: Mapping[str, ToolSpec]) -> tuple[list[Call], list[Call]]:
    """The calls that go out now, and those that are deferred."""
    sensitive = [call for call in calls if tools[call.tool].confirmation]
    others = [call for call in calls if not tools[call.tool].confirmation]
    return (others, sensitive) if others else (sensitive[:1], sensitive[1:])


_DEFERRED = {
    "ok": False,
    "status": "deferred",
    "error": "Not done yet: this needs the customer's confirmation and must be called alone. Call it again by itself.",
}
_TOO_MANY = {"ok": False, "error": "Not done: too many calls in this turn. Answer with what you know."}


def _used(turn: Turn) -> int:
    decisions = map(decided, turn.steps)
    return sum(len(decision.calls) for decision in decisions if isinstance(decision, Act))


def _reason(arguments: str) -> str:
    found = parse(None, arguments, checked=False)
    reason = "" if isinstance(found, Faulty) else found.get("reason", "")
    return reason[:500] if isinstance(reason, str) else ""


def _shortened(text: str) -> str:
    """An answer that ran into the model's limit, up to its last whole sentence."""
    end = max(text.rfind(mark) for mark in (". ", "! ", "? ", ".\n", "\n"))
    return f"{text[: end + 1].rstrip() if end > len(text) // 2 else text.rstrip()} …"


def state_after(turn: Turn) -> dict[str, Any]:
    """The conversation's structured state: what came in, and the order and tool of the last calls that went well.

    Made of calls and results, never of a model's words.
    """
    state: dict[str, Any] = dict(turn.assembled.state) if turn.assembled else {}
    for step, following in zip(turn.steps, turn.steps[1:], strict=False):
        decision = decided(step)
        for call in decision.calls if isinstance(decision, Act) else ():
            if not following.results.get(call.id, {}).get("ok"):
                continue
            state["tool"] = call.tool
            if isinstance(order := call.arguments.get("order_id"), str):
                state["order_id"] = order
    return state
