"""From a stored decision to the events that leave the agent. Pure; the words of the system come from the assistant's file."""

from typing import Literal, Protocol

from services.agent.domain import Act, Call, GiveUp, HandOff, Publish, Say, state_after
from shared.contracts import (
    Draft,
    EffectRequested,
    LookupRequested,
    Notice,
    Part,
    QuickReplies,
    ReplyDrafted,
    Text,
    TurnAssembled,
    WebhookRequested,
    action_id,
)
from shared.guardrails.needless import warning_for
from shared.lane.documents import Turn

Outputs = list[LookupRequested | EffectRequested | WebhookRequested | ReplyDrafted]

_KINDS: dict[str, type[LookupRequested] | type[EffectRequested] | type[WebhookRequested]] = {
    "lookup": LookupRequested,
    "effect": EffectRequested,
    "webhook": WebhookRequested,
}


class Texts(Protocol):
    """Words of the system in the customer's language."""

    def text(self, key: str, language: str | None, **fields: str) -> str: ...


def outputs(turn: Turn, publish: Publish, texts: Texts) -> Outputs:
    """What is published of a step: the same whenever it is asked for."""
    event = turn.assembled
    assert event is not None
    match publish.decision:
        case Act(calls=calls):
            return [_requested(event, publish.number, call) for call in calls]
        case Say(text=text):
            return [_reply(turn, event, "reply", (*_warning(event, texts), Text(text=text)))]
        case HandOff(text=text, reason=reason):
            words = Text(text=text) if text else Notice(text=texts.text("handoff", event.language))
            return [_reply(turn, event, "handoff", (words,), {"handoff_reason": reason} if reason else {})]
        case GiveUp(why=why):
            offer = QuickReplies(options=(texts.text("offer_person", event.language),))
            return [_reply(turn, event, "notice", (Notice(text=texts.text(f"gave_up_{why}", event.language)), offer))]


def _requested(event: TurnAssembled, step: int, call: Call) -> LookupRequested | EffectRequested | WebhookRequested:
    return _KINDS[call.kind](
        conversation=event.conversation,
        epoch=event.epoch,
        action=action_id(event.turn, step, call.slot),
        tool=call.tool,
        arguments=call.arguments,
        customer=event.customer,  # from the session; the model has no say in it
        language=event.language,
        language_assumed=event.language_assumed,
    )


def _reply(
    turn: Turn,
    event: TurnAssembled,
    kind: Literal["reply", "notice", "handoff"],
    parts: tuple[Part, ...],
    more: dict[str, str] | None = None,
) -> ReplyDrafted:
    state = state_after(turn) | (more or {})
    draft = Draft(kind=kind, parts=parts, language=event.language, said=event.text, state=state)
    return ReplyDrafted(
        conversation=event.conversation,
        epoch=event.epoch,
        draft=draft,
        language_assumed=event.language_assumed,
        deltas=turn.steps[-1].deltas,
    )


def _warning(event: TurnAssembled, texts: Texts) -> tuple[Notice, ...]:
    """Data that nobody here asks for was shared: the customer is told that it was hidden, and not to do it again."""
    key = warning_for(event.found)
    return (Notice(text=texts.text(key, event.language)),) if key else ()
