"""The arguments of a call, from what the customer said and from the tool's own schema. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from demo.understudy.conversation import Conversation, Tool
from demo.understudy.wording import QUESTIONS

_ID = re.compile(r"#?\b(?:[A-Z]{1,5}-?\d{3,}|W\d{5,})\b", re.IGNORECASE)
_PHONE = re.compile(r"<PHONE_\d+>|\+?\d[\d\s().-]{6,}\d")
_TIME = re.compile(
    r"\b(?:(?:to(?:day|morrow|night)|(?:mon|tues|wednes|thurs|fri|satur|sun)day|morning|afternoon|evening|noon|next week|"
    r"(?:at|around|after|before)?\s*\d{1,2}(?::\d{2})?\s*(?:am|pm|o'clock|uhr))\b[\s,]*(?:at|in the|around)?\s*)+",
    re.IGNORECASE,
)
_REASON = re.compile(
    r"\b(damaged|broken|defect\w*|faulty|scratched|cracked|torn|leak\w*|late|duplicate|by mistake|not as described|"
    r"wrong (?:size|item|colou?r|one)|too (?:small|big|large|late)|never (?:arrived|came)|"
    r"(?:doesn'?t|does not) (?:work|fit)|changed my mind|don'?t (?:need|want|like)|no longer (?:need|want)|"
    r"kaputt|beschädigt|zu (?:klein|groß|spät)|roto|dañado|cassé|abîmé)\b[^.?!]*",
    re.IGNORECASE,
)
_BECAUSE = re.compile(r"\b(?:because|since|as it|weil|porque|parce qu)\b\s*(.+)", re.IGNORECASE | re.DOTALL)
_FILLER = re.compile(
    r"\b(?:do|does|did|you|have|has|sell|stock|carry|got|any|some|an?|the|i|i'm|am|me|my|we|is|are|looking|for|find|show|recommend|"
    r"suggest|please|can|could|would|like|want|to|buy|of|in|on|what|which|how|much|there|with|your|hi|hello|need)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Filled:
    """The call's arguments, and the required ones that nobody has said."""

    arguments: dict[str, Any]
    missing: tuple[str, ...]


def fill(tool: Tool, conversation: Conversation) -> Filled:
    """Fill every property that can be filled; optional ones only from what was just said."""
    arguments: dict[str, Any] = {}
    answered = asked(conversation)
    for name, schema in tool.properties.items():
        value = _value(name, schema, conversation, required=name in tool.required)
        if value is None and answered and answered[1] == name and answered[0] == tool.name:
            value = conversation.text.strip()
        if value is not None:
            arguments[name] = value
    return Filled(arguments, tuple(name for name in tool.required if name not in arguments))


def asked(conversation: Conversation) -> tuple[str, str] | None:
    """The tool and the slot that our last reply asked for, if it asked for one: the customer's words answer it."""
    if not conversation.replies:
        return None
    last = conversation.replies[-1]
    for tool in conversation.tools:
        for slot in tool.required:
            if any(question in last for question in questions(tool, slot)):
                return tool.name, slot
    return None


def questions(tool: Tool, slot: str) -> list[str]:
    """How we ask for a slot, in each language. Two tools with the same slot are told apart by the dialogue before."""
    kind = kind_of(slot, tool.properties.get(slot, {}))
    return [texts.get(kind, texts["other"]).format(slot=slot.replace("_", " ")) for texts in QUESTIONS.values()]


def kind_of(name: str, schema: Mapping[str, Any]) -> str:
    """What a parameter is about, by its name and description."""
    text = f"{name} {schema.get('description', '')}".lower()
    for kind, words in _KINDS.items():
        if any(word in name.lower() for word in words):
            return kind
    for kind, words in _KINDS.items():
        if any(word in text for word in words):
            return kind
    return "other"


_KINDS = {
    "order": ("order",),
    "phone": ("phone",),
    "time": ("when", "time", "date"),
    "reason": ("reason", "why"),
    "query": ("query", "search", "keyword"),
    "text": ("topic", "subject", "description", "message", "summary", "details", "note", "text"),
}


def _value(name: str, schema: Mapping[str, Any], conversation: Conversation, *, required: bool) -> Any:
    text = conversation.text
    if options := schema.get("enum"):
        return next((option for option in options if str(option).lower().replace("_", " ") in text.lower()), None)
    match kind_of(name, schema):
        case "order":
            return order_id(conversation, schema)
        case "phone":
            found = _PHONE.search(text)
            return found[0].strip() if found else None
        case "time":
            found = _TIME.search(text)
            return found[0].strip(" ,") if found else None
        case "reason":
            return _reason(conversation) if required else _reason_in(text)
        case "query":
            return " ".join(_FILLER.sub(" ", re.sub(r"[^\w\s-]", " ", text)).split()) or None
        case "text":
            return text.strip()[:400] if required else None
    return None


def order_id(conversation: Conversation, schema: Mapping[str, Any]) -> str | None:
    """The order that is spoken of: named now (the last one named, in a correction), else the last that was."""
    for said in (conversation.text, *_before(conversation)):
        found = [each.lstrip("#") for each in _ID.findall(said)]
        fitting = [each.upper() for each in found if _fits(each.upper(), schema)]
        if fitting:
            return fitting[-1]
    return None


def order_ids(conversation: Conversation) -> list[str]:
    """All orders that are named in what was just said, in their order."""
    return list(dict.fromkeys(each.lstrip("#").upper() for each in _ID.findall(conversation.text)))


def _before(conversation: Conversation) -> list[str]:
    """Earlier words of both sides, newest first; only those of the customer and of our answers to them."""
    mixed: list[str] = []
    for said, reply in zip(reversed(conversation.said[:-1]), reversed(conversation.replies), strict=False):
        mixed += [reply, said]
    return mixed


def _fits(value: str, schema: Mapping[str, Any]) -> bool:
    pattern = schema.get("pattern")
    return bool(re.search(pattern, value)) if pattern else True


def _reason(conversation: Conversation) -> str | None:
    for said in (conversation.text, *conversation.said[-3:-1]):
        if reason := _reason_in(said):
            return reason
    return None


def _reason_in(text: str) -> str | None:
    if found := _BECAUSE.search(text):
        return found[1].strip(" .!?")[:200]
    if found := _REASON.search(text):
        return found[0].strip(" .!?")[:200]
    return None
