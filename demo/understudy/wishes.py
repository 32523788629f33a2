"""What the customer wants now: each wish with the tool for it, the words it was made in, and what was answered since. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from demo.understudy import cues, orders, slots
from demo.understudy.conversation import Conversation, Tool
from demo.understudy.intents import INTENTS, PERSON, REFUND, TICKET, Intent, intents, tool_by_name, tool_for
from demo.understudy.wording import asked
from demo.understudy.words import clauses, stems

_OWN = re.compile(
    r"\b(?:my|our) (?!name|e-?mail|zip|account|address|password)\w+|\b(?:it|this|that|these|those|them)\b"
    r"|\bi (?:just )?(?:bought|ordered|received|got)\b"
    r"|\bmeine?\b|\bmis?\b|\bm(?:on|a|es)\b",
    re.IGNORECASE,
)
_HOW = re.compile(
    r"\bhow (?:long|do|can|does|would|much)\b|\bpolic(?:y|ies)\b|\byour\b|\bwie (?:lange|viel)\b|\bc[uo][aá]nto\b"
    r"|\bcombien\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Wish:
    """`intent` is None when only a tool's own name told of it; `tool` is None when the request has none for it."""

    intent: Intent | None
    tool: Tool | None
    said: str
    given: Mapping[str, Any] = field(default_factory=dict)

    def filled(self, conversation: Conversation) -> slots.Filled:
        """The call's arguments and what is missing. Raises nothing; a wish without a tool misses nothing."""
        return slots.fill(self.tool, self.said, conversation, self.given) if self.tool else slots.Filled({}, ())

    def slot(self, kind: str) -> str | None:
        """The tool's required parameter of this kind."""
        tool = self.tool
        fitting = [name for name in tool.required if slots.kind_of(name, tool.properties.get(name, {})) == kind] if tool else []
        return fitting[0] if fitting else None


@dataclass(frozen=True, slots=True)
class Message:
    """One message taken apart: wishes with a tool, wishes without one, and questions of general knowledge."""

    wishes: tuple[Wish, ...] = ()
    beyond: tuple[Wish, ...] = ()
    question: str = ""
    asked_for: tuple[Wish, ...] = ()
    """What the question may wish for, if no passage answers it."""


def read(conversation: Conversation) -> Message:
    """The last message by itself; words that say nothing of their own belong to the wish beside them."""
    found: list[Wish] = []
    questions: list[str] = []
    maybe: list[Wish] = []
    before = ""
    for clause in clauses(cues.rest(conversation.text)):
        wished = [
            Wish(intent, tool_for(intent, conversation.tools), f"{before} {clause}".strip()) for intent in intents(clause)
        ]
        if not wished and (tool := tool_by_name(clause, conversation.tools)):
            wished = [Wish(None, tool, clause)]
        if cues.GENERAL.search(clause) and not orders.named(clause) and not _personal(clause, wished):
            questions.append(clause)
            maybe += wished
        elif wished:
            found += wished
            before = ""
        elif found:
            found[-1] = replace(found[-1], said=f"{found[-1].said} {clause}")
        else:
            before = f"{before} {clause}".strip()
    merged, maybe = _merged(found, conversation), _merged(maybe, conversation)
    beyond = tuple(wish for wish in (*merged, *maybe) if not wish.tool)
    with_tool = tuple(wish for wish in merged if wish.tool)
    return Message(with_tool, beyond, " ".join(questions), tuple(wish for wish in maybe if wish.tool))


def _personal(clause: str, wished: list[Wish]) -> bool:
    """Whether a question is about the customer's own things and there is a tool that knows."""
    if not any(wish.tool for wish in wished):
        return False
    return bool(_OWN.search(clause)) and not (
        _HOW.search(clause) and not re.search(r"\bmy (?:order|parcel|package|delivery)", clause)
    )


def _merged(found: list[Wish], conversation: Conversation) -> list[Wish]:
    """Wishes for one tool about the same thing are one; a wish without an order is about the one named beside it."""
    if any(wish.intent is PERSON for wish in found):
        return [wish for wish in found if wish.intent is PERSON][:1]
    merged: list[Wish] = []
    for wish in found:
        same = next((n for n, each in enumerate(merged) if _same(each, wish)), None)
        if same is None:
            merged.append(wish)
        else:
            said = wish.said if wish.said in merged[same].said else f"{merged[same].said} {wish.said}"
            merged[same] = replace(merged[same], said=said)
    strong = [wish for wish in merged if wish.tool and not (wish.intent and wish.intent.weak)]
    merged = [wish for wish in merged if wish in strong or not (strong and wish.intent and wish.intent.name == "orders")]
    ids = orders.named(conversation.text)
    return [
        replace(wish, said=f"{wish.said} {ids[-1]}") if ids and wish.slot("order") and not orders.named(wish.said) else wish
        for wish in merged
    ]


def _same(one: Wish, other: Wish) -> bool:
    if one.tool != other.tool or (one.tool is None and one.intent != other.intent):
        return False
    ids, others = set(orders.named(one.said)), set(orders.named(other.said))
    return not ids or not others or ids == others or one.tool is None


def before(conversation: Conversation, *, kind: str | None = None) -> Wish | None:
    """The last wish with a tool of an earlier message, with the slots that were answered since.

    `kind`: only one that needs a slot of this kind, which our last reply asked for.
    """
    for count in range(len(conversation.turns) - 1, 0, -1):
        then = conversation.until(count)
        told = read(then)
        wished = [wish for wish in (*told.wishes, *told.asked_for) if kind is None or wish.slot(kind)]
        open_ones = [wish for wish in wished if kind is None or wish.slot(kind) in wish.filled(then).missing]
        if wished:
            return _answered((open_ones or wished)[0], conversation, count)
    return None


def _answered(wish: Wish, conversation: Conversation, made: int) -> Wish:
    """The wish with what the customer answered to our questions after it."""
    for count in range(made + 1, len(conversation.turns) + 1):
        then = conversation.until(count)
        order, ids = wish.slot("order"), orders.fitting(then.text, {}, then)
        if order and ids:
            wish = replace(wish, given={**wish.given, order: ids[-1]})
        for slot in filter(None, map(wish.slot, asked(then.replied))):
            assert wish.tool
            value = slots.answers(slot, wish.tool.properties.get(slot, {}), then.text, then)
            if value is not None:
                wish = replace(wish, given={**wish.given, slot: value})
    return wish


def resumed(conversation: Conversation, message: Message) -> Wish | None:
    """The wish that our last reply asked about, if the customer did not turn to something else."""
    kinds = asked(conversation.replied)
    for kind in kinds:
        if kind not in _OFFERS and (wish := _slot_answered(kind, conversation, message)):
            return wish
    if message.wishes or not _agreed(conversation.text):
        return None
    return next((_OFFERS[kind](conversation) for kind in kinds if kind in _OFFERS), None)


def _slot_answered(kind: str, conversation: Conversation, message: Message) -> Wish | None:
    """The wish that lacked this slot: with it, or without it when the words are about our question, but no answer."""
    wish = before(conversation, kind=kind)
    slot = wish.slot(kind) if wish else None
    told = kind in ("reason", "text")  # may speak of anything
    if wish is None or slot is None or message.question or (message.beyond and not told):
        return None
    schema = wish.tool.properties.get(slot, {}) if wish.tool else {}
    now = slots.answers(slot, schema, conversation.text, conversation)
    answered = now is not None or bool(orders.named(conversation.text))
    turned = any(each.tool != wish.tool for each in message.wishes)
    if turned and (not told or not answered or orders.named(conversation.text) or "?" in conversation.text):
        return None
    offered = any(each in _OFFERS for each in asked(conversation.replied))
    return wish if answered or (_tries(conversation) and not (offered and _agreed(conversation.text))) else None


def _agreed(text: str) -> bool:
    """A plain yes: one that is followed by something else is a yes to something else."""
    return bool(cues.YES.search(text)) and len(stems(cues.rest(text))) < 7 and not cues.IDENTITY.search(text)


def _tries(conversation: Conversation) -> bool:
    """Whether the words are about our question, though no answer to it."""
    text = conversation.text
    return not (cues.GOODBYE.search(text) or cues.NO.search(text) or (cues.THANKS.search(text) and not cues.rest(text)))


def corrected(conversation: Conversation, message: Message) -> Wish | None:
    """The last wish again with another order: "no, I meant …", or only a number."""
    ids = orders.fitting(conversation.text, {}, conversation)
    if not ids or message.wishes or message.beyond or message.question:
        return None
    earlier = before(conversation, kind="order")
    if earlier is None:
        status = next(intent for intent in INTENTS if intent.name == "status")
        return _with_tool(status, conversation) if orders.named(conversation.text) else None
    slot = earlier.slot("order")
    return replace(earlier, given={**earlier.given, slot: ids[-1]}) if slot else None


def followed(conversation: Conversation, message: Message) -> Wish | None:
    """The wish of the message before with new words: "and the mugs?", "what about blankets?"."""
    if message.wishes or len(conversation.turns) < 2 or not cues.FOLLOWING.search(conversation.text):
        return None
    then = conversation.until(len(conversation.turns) - 1)
    wishes = [wish for wish in read(then).wishes if wish.slot("order") or wish.slot("query")]
    return replace(wishes[-1], said=conversation.text) if wishes else None


def reported(conversation: Conversation, message: Message) -> Wish | None:
    """A refund, for who only says what is wrong with an order that we know: it is proposed, and theirs to confirm."""
    text = conversation.text
    if message.wishes or message.question or message.beyond or "?" in text or not slots.reason(text):
        return None
    known = orders.named(text) or orders.described(text, conversation)
    return _with_tool(REFUND, conversation) if known else None


def _put_off(conversation: Conversation) -> Wish | None:
    """The wish that had to wait for others: one that asks for a confirmation."""
    for count in range(len(conversation.turns) - 1, 0, -1):
        then = conversation.until(count)
        waiting = [wish for wish in read(then).wishes if wish.tool and "confirm" in wish.tool.text]
        if waiting:
            return replace(waiting[-1], given=waiting[-1].filled(then).arguments)
    return None


def _as_ticket(conversation: Conversation) -> Wish | None:
    """A ticket about what we could not do ourselves, in the customer's own words."""
    return _about_before(TICKET, conversation)


def _about_before(intent: Intent, conversation: Conversation) -> Wish | None:
    """A wish in the words of the last message that said something."""
    wish = _with_tool(intent, conversation)
    told = [turn.said for turn in conversation.turns[:-1] if cues.rest(turn.said) and not cues.YES.search(turn.said)]
    return replace(wish, said=told[-1]) if wish and told else wish


def _with_tool(intent: Intent, conversation: Conversation) -> Wish | None:
    tool = tool_for(intent, conversation.tools)
    return Wish(intent, tool, conversation.text) if tool else None


def _to_a_person(conversation: Conversation) -> Wish | None:
    return _about_before(PERSON, conversation)


_OFFERS = {"go_on": _put_off, "ticket": _as_ticket, "person": _to_a_person}
