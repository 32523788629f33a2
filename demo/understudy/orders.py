"""Which order is spoken of: by its number, by what is in it, or by its place in a list. Pure."""

import re
from collections.abc import Mapping
from typing import Any

from demo.understudy.conversation import Conversation
from demo.understudy.words import share, stems

_ID = re.compile(
    r"(?<![\w.@])#?\b(?:ORD[- ]?\d{3,}|[A-Z]{2,5}-\d{3,}|[A-Z]{3,4}\d{5,}|W\d{4,}|[A-Z]\d{6,})\b(?![@_]"
    r"|\.\w)",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"(?<![\w$.,+-])#?\d{4,10}(?![\w.,]*\d)")
_LATEST = re.compile(
    r"\b(?:most recent|latest|newest|last)(?: (?:one|order|purchase))?\b(?! (?:week|month|year|night|time))"
    r"|\bletzte\w* bestellung|\b[uú]ltimo pedido"
    r"|\bderni[eè]re commande",
    re.IGNORECASE,
)
_ORDINALS = ("first", "second", "third", "fourth", "fifth")
_MENTIONED = 0.15  # of the words of a product's name, so that "mugs" is enough for "Stoneware mug, set of 4"


def named(text: str) -> list[str]:
    """The order numbers in a text, in their order, each once, as they are written in full."""
    found = [re.sub(r"[#\s]", "", each).upper() for each in _ID.findall(text)]
    return list(dict.fromkeys(_hyphened(each) for each in found))


def fitting(text: str, schema: Mapping[str, Any], conversation: Conversation) -> list[str]:
    """The order numbers in a text that the schema allows; bare digits if an order of the customer ends in them."""
    pattern = schema.get("pattern")
    found = [each for each in named(text) if not pattern or re.search(pattern, each)]
    examples = named(str(schema.get("description", "")))
    alike = [each for each in found if any(each.split("-")[0] == example.split("-")[0] for example in examples)]
    if found:
        return alike or found
    owned = [each for order in conversation.orders if (each := _id(order))]
    digits = [each.lstrip("#") for each in _DIGITS.findall(text)]
    matched = [id for id in owned for each in digits if id.endswith(each)]
    return list(dict.fromkeys(matched)) or (digits[:1] if _says_order(text) else [])


def described(text: str, conversation: Conversation) -> str | None:
    """The one order of the request that the text describes: by a product in it, or as the latest."""
    listed = named(conversation.replied)
    for place, word in enumerate(_ORDINALS):
        if re.search(rf"\b{word} (?:one|order)\b", text, re.IGNORECASE) and len(listed) > place:
            return listed[place]
    said = stems(text)
    scored = sorted(((_mentioned(order, said), str(_id(order))) for order in conversation.orders if _id(order)), reverse=True)
    if scored and scored[0][0] >= _MENTIONED and (len(scored) == 1 or scored[1][0] < scored[0][0]):
        return scored[0][1]
    if _LATEST.search(text):
        dated = [(str(order["placed"]), str(_id(order))) for order in conversation.orders if order.get("placed")]
        return max(dated)[1] if dated else (listed[0] if listed else None)
    return None


def described_as_latest(text: str) -> bool:
    """Whether the text speaks of the latest order."""
    return bool(_LATEST.search(text))


def recent(conversation: Conversation) -> str | None:
    """The order that was last spoken of: by the customer, or alone in an answer to them."""
    for turn in reversed(conversation.turns[:-1]):
        if len(told := named(turn.reply)) == 1:
            return told[0]
        if said := named(turn.said):
            return said[-1]
    return None


def _mentioned(order: Mapping[str, Any], said: set[str]) -> float:
    items = order.get("items")
    names = [str(item.get("name", "")) for item in items if isinstance(item, dict)] if isinstance(items, list) else []
    return max((share(stems(name), said) for name in names), default=0.0)


def _id(order: Mapping[str, Any]) -> str | None:
    value = order.get("order_id") or order.get("id")
    return str(value) if value else None


def _hyphened(id: str) -> str:
    """ORD10001 and ORD 10001 as the number that was meant."""
    match = re.fullmatch(r"([A-Z]{3,5})(\d{3,})", id)
    return f"{match[1]}-{match[2]}" if match else id


def _says_order(text: str) -> bool:
    return bool(re.search(r"\b(?:order|number|id|it'?s|bestell|pedido|commande)", text, re.IGNORECASE))


def without(text: str) -> str:
    """The text without its order numbers."""
    return _ID.sub(" ", text)
