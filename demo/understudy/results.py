"""Results of tools as sentences: only what stands in the result is told. Pure."""

from collections.abc import Mapping
from typing import Any

from demo.understudy.conversation import Result
from demo.understudy.wording import say

_PAST = ("delivered", "cancelled", "shipped", "refunded", "returned")


def told(results: tuple[Result, ...], language: str) -> str:
    """All results of this step, one paragraph each."""
    return "\n\n".join(_one(result, language) for result in results)


def _one(result: Result, language: str) -> str:
    content = result.content
    if isinstance(content, str):
        return content.strip() or say(language, "none_found")
    if not isinstance(content, dict):
        return say(language, "done")
    body = content.get("result", content)
    body = body if isinstance(body, dict) else content
    if content.get("ok") is False or "error" in body:
        why = body.get("message") or body.get("error") or body.get("text") or ""
        return str(why) if str(why).endswith(".") else say(language, "failed", why=why)
    for key in ("products", "orders", "results", "items"):
        if isinstance(body.get(key), list) and not body.get("status"):
            return _list(key, body[key], language)
    if body.get("status") and (body.get("order_id") or body.get("id")):
        return _order(body, language)
    if text := body.get("text") or body.get("message") or body.get("summary"):
        return str(text)
    if id := body.get("id") or body.get("ticket_id") or body.get("callback_id"):
        return say(language, "created", id=id)
    return say(language, "done")


def _order(order: Mapping[str, Any], language: str) -> str:
    status = str(order["status"]).replace("_", " ")
    frame = "order_was" if status in _PAST else "order_is"
    text = say(language, frame, order_id=order.get("order_id") or order["id"], status=status)
    if day := order.get("delivered") or order.get("delivered_at"):
        text += say(language, "on", date=day)
    if order.get("carrier") and order.get("tracking_number") and status == "shipped":
        text += say(language, "carrier", carrier=order["carrier"], tracking_number=order["tracking_number"])
    if (day := order.get("expected") or order.get("expected_at")) and status != "delivered":
        text += say(language, "expected", date=day)
    return text + "."


def _list(key: str, entries: list[Any], language: str) -> str:
    if not entries:
        return say(language, "none_found")
    lines = [say(language, "orders" if key == "orders" else "products")]
    for entry in entries[:6]:
        if isinstance(entry, dict):
            name = entry.get("name") or entry.get("title") or entry.get("order_id") or entry.get("id") or ""
            facts = [str(entry[each]) for each in ("status", "price_text", "price", "placed") if entry.get(each)]
            lines.append(f"- {name}" + (f" ({', '.join(facts[:2])})" if facts else ""))
        else:
            lines.append(f"- {entry}")
    return "\n".join(lines)
