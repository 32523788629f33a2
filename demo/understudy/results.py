"""Results of tools as sentences: only what stands in the result is told. Pure."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from demo.understudy.conversation import Result
from demo.understudy.wording import say, status_word

_PAST = ("delivered", "cancelled", "shipped", "refunded", "returned")
_ASKS_CONTENT = re.compile(
    r"\bwhat(?:'s|’s| is| was| were| did i)\b[^.?!]{0,20}\b(?:in|ordered|order|buy|inside)\b|\bitems?\b|\bcontain"
    r"|\bwas ist (?:in|drin)"
    r"|\bqu[eé] (?:hay|conten)|\bque contient",
    re.IGNORECASE,
)
_ASKS_MONEY = re.compile(
    r"\b(?:total|how much|cost|price|paid?|pay|amount|charged?|invoice|summe|kostet|preis|cu[aá]nto|combien|prix)\b",
    re.IGNORECASE,
)
_THIRD_PERSON = (
    (r"\bThis customer has\b", "You have"),
    (r"\b[Tt]he customer's\b", "your"),
    (r"\b[Tt]his customer's\b", "your"),
)


def told(results: Sequence[Result], language: str, question: str = "") -> str:
    """All results of this turn, one paragraph each; `question` decides which fields of an order are worth telling."""
    return "\n\n".join(dict.fromkeys(_one(result, language, question) for result in results))


def deferred(result: Result) -> bool:
    """Whether the call was put off, because it must stand alone."""
    return _body(result).get("status") == "deferred"


def failed(result: Result) -> bool:
    """Whether the tool said no, or nothing that can be read."""
    content = result.content
    return isinstance(content, dict) and (content.get("ok") is False or ("error" in _body(result) and "ok" not in content))


def is_list_of_orders(result: Result) -> bool:
    """Whether the result lists orders, at least two."""
    orders = _body(result).get("orders")
    return isinstance(orders, list) and len(orders) > 1


def _body(result: Result) -> Mapping[str, Any]:
    content = result.content
    if not isinstance(content, dict):
        return {}
    inner = content.get("result", content)
    return inner if isinstance(inner, dict) else content


def _one(result: Result, language: str, question: str) -> str:
    if isinstance(result.content, str):
        return result.content.strip() or say(language, "none_found")
    if isinstance(result.content, list):
        return _list("items", result.content, language)
    body = _body(result)
    if failed(result):
        return _failure(body, language)
    for key in ("products", "orders", "results", "items"):
        if isinstance(body.get(key), list) and not body.get("status"):
            return _list(key, body[key], language)
    if body.get("status") and (body.get("order_id") or body.get("id")):
        return _order(body, language, question)
    return _made(body, language)


def needs_person(result: Result) -> bool:
    """Whether a person could turn this "no"."""
    return _body(result).get("code") in ("refund-disputed", "refund-above-limit") or "person" in str(result.content).lower()


_NO_ORDER = re.compile(r"\b(?:no|not)\b.{0,30}\border\b|\bnot found\b", re.IGNORECASE)


def _failure(body: Mapping[str, Any], language: str) -> str:
    why = str(body.get("message") or body.get("error") or body.get("text") or "")
    unknown = body.get("code") == "order-not-found" or _NO_ORDER.search(why)
    if body.get("order_id") and unknown:
        return say(language, "not_yours", order_id=str(body["order_id"]).upper())
    if why and body.get("code"):
        return why  # a sentence for the customer, in their language
    for pattern, plain in _THIRD_PERSON:
        why = re.sub(pattern, plain, why)
    return why if why.endswith((".", "!", "?")) and language == "en" else say(language, "failed", why=why)


def _made(body: Mapping[str, Any], language: str) -> str:
    if text := body.get("text") or body.get("message") or body.get("summary"):
        return str(text)
    if id := body.get("ticket_id"):
        return say(language, "ticket", id=id)
    if (id := body.get("callback_id")) and body.get("when"):
        return say(language, "callback", id=id, when=body["when"])
    ids = [value for key, value in body.items() if (key == "id" or key.endswith("_id")) and value]
    if ids:
        return say(language, "created", id=ids[0])
    shown = [
        f"{key.replace('_', ' ')}: {value}"
        for key, value in body.items()
        if key != "ok" and isinstance(value, str | int | float)
    ]
    return "; ".join(shown) or say(language, "done")


def _order(order: Mapping[str, Any], language: str, question: str) -> str:
    status = str(order["status"]).replace("_", " ")
    frame = "order_was" if status in _PAST else "order_is"
    text = say(language, frame, order_id=order.get("order_id") or order["id"], status=status_word(language, status))
    if day := order.get("delivered") or order.get("delivered_at"):
        text += say(language, "on", date=day)
    if order.get("carrier") and order.get("tracking_number") and status == "shipped":
        text += say(language, "carrier", carrier=order["carrier"], tracking_number=order["tracking_number"])
    if (day := order.get("expected") or order.get("expected_at")) and status not in ("delivered", "cancelled"):
        text += say(language, "expected", date=day)
    return " ".join([text + ".", *_details(order, language, question)])


def _details(order: Mapping[str, Any], language: str, question: str) -> list[str]:
    told = []
    items = [_item(item) for item in order.get("items") or () if isinstance(item, dict) and item.get("name")]
    if items and _ASKS_CONTENT.search(question):
        listed = f" {say(language, 'and')} ".join([", ".join(items[:-1]), items[-1]] if len(items) > 1 else items)
        told.append(say(language, "holds", items=listed))
    if _ASKS_MONEY.search(question):
        told += [say(language, key, **{key: order[key]}) for key in ("total", "refunded") if order.get(key)]
    return told


def _item(item: Mapping[str, Any]) -> str:
    count = item.get("quantity")
    return f"{count} × {item['name']}" if isinstance(count, int) and count > 1 else str(item["name"])


def _list(key: str, entries: Sequence[Any], language: str) -> str:
    if not entries:
        return say(language, "none_found")
    lines = [say(language, "orders" if key == "orders" else "products")]
    for entry in entries[:8]:
        if not isinstance(entry, dict):
            lines.append(f"- {entry}")
            continue
        name = entry.get("name") or entry.get("title") or entry.get("order_id") or entry.get("id") or ""
        facts = [status_word(language, str(entry["status"]))] if entry.get("status") else []
        facts += [str(entry[each]) for each in ("price", "total", "placed") if entry.get(each)]
        facts += [say(language, "sold_out")] if entry.get("in_stock") is False else []
        lines.append(f"- {name}" + (f" ({', '.join(facts[:3])})" if facts else ""))
    return "\n".join(lines)
