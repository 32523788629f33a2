"""What the model is shown of a turn. Pure: from records and answers to parts of the context.

Passages, profile and orders were written by others: they are data. What could end a block that encloses them, or cannot be
seen, is taken out (`presenting`); a passage that looks like an instruction to the assistant is withheld.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal

from services.context.budget import fit_parts
from services.context.presenting import neutral, presentable
from shared.assistant import Budgets
from shared.contracts import GUARD_FAILED, ContextPart, Said, TurnAssembled, TurnBlocked, TurnScreened
from shared.guardrails.indirect import instructs, without_instructions
from shared.lane.documents import Conversation
from shared.stores.knowledge import Passage

Kind = Literal["system", "summary", "state", "profile", "knowledge", "orders"]


def own_parts(instructions: str, state: Mapping[str, Any], lane: Conversation) -> list[ContextPart]:
    """What needs nobody to be asked: instructions and state."""
    known = state_text(state, lane)
    return [
        part("system", instructions, "assistant.yaml"),
        *([part("state", known, "conversation")] if known else []),
    ]


def within(budgets: Budgets, parts: Iterable[ContextPart]) -> tuple[ContextPart, ...]:
    """Each kind of part within its own budget, in the order in which the kinds first came."""
    kinds: dict[str, list[ContextPart]] = {}
    for each in parts:
        kinds.setdefault(each.kind, []).append(each)
    return tuple(fitted for kind, listed in kinds.items() for fitted in fit_parts(listed, getattr(budgets, kind)))


def assembled(
    event: TurnScreened, variant: str, parts: tuple[ContextPart, ...], said: tuple[Said, ...], state: dict[str, Any]
) -> TurnAssembled:
    """The event, with all that safety said of the turn."""
    return TurnAssembled(
        conversation=event.conversation,
        epoch=event.epoch,
        channel=event.channel,
        customer=event.customer,
        inputs=event.inputs,
        text=event.text,
        language=event.language,
        language_assumed=event.language_assumed,
        found=event.found,
        flags=event.flags,
        variant=variant,
        parts=parts,
        window=said,
        state=state,
    )


def closed(event: TurnScreened) -> TurnBlocked:
    """A guard over what the model would be shown failed: the turn ends here, and the customer is told so."""
    return TurnBlocked(
        conversation=event.conversation,
        epoch=event.epoch,
        channel=event.channel,
        inputs=event.inputs,
        text=event.text,
        language=None if event.language_assumed else event.language,
        category="unreadable",
        rule=GUARD_FAILED,
    )


def state_of(lane: Conversation) -> dict[str, Any]:
    """The structured state that the last turn left."""
    return dict(lane.done[-1].draft.state) if lane.done else {}


def state_text(state: Mapping[str, Any], lane: Conversation) -> str:
    """The state in words, with the confirmation that is waited for: it is no part of the state that turns hand on."""
    shown = dict(state)
    if lane.pending:
        proposal = lane.pending.proposal
        shown["waiting_for_confirmation"] = {"title": proposal.title, "tool": proposal.tool} | (
            {"amount": str(proposal.amount)} if proposal.amount else {}
        )
    if lane.confirmed:
        shown["confirmed_and_being_carried_out"] = [each.proposal.title for each in lane.confirmed.values()]
    return _json(shown) if shown else ""


def profile_text(profile: Mapping[str, Any]) -> str:
    """What the shop knows of its customer, without what names or reaches them."""
    shown = without_instructions(presentable(profile))
    return _json(shown) if shown else ""


def orders_texts(orders: Iterable[Mapping[str, Any]], asked: Sequence[str], limit: int) -> list[str]:
    """One text an order, at most `limit`: those that were asked for first, then as they came."""
    ranked = sorted(orders, key=lambda order: _id(order) not in asked)
    return [_json(without_instructions(presentable(order))) for order in ranked[:limit]]


def knowledge_parts(passages: Iterable[Passage]) -> list[ContextPart]:
    """Passages with their provenance; one that speaks to the assistant instead of to customers is withheld."""
    parts = []
    for passage in passages:
        text = neutral(f"{passage.title}\n{passage.text}" if passage.title else passage.text)
        if instructs(text):
            parts.append(part("knowledge", "", passage.id, missing="withheld: it holds instructions to the assistant"))
        else:
            parts.append(part("knowledge", text, passage.id))
    return parts


def part(kind: Kind, text: str, source: str, missing: str = "") -> ContextPart:
    return ContextPart(kind=kind, text=text, source=source, missing=missing)


def _id(order: Mapping[str, Any]) -> str:
    return str(order.get("id") or order.get("order_id") or "").upper()


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(", ", ": "), default=str)
