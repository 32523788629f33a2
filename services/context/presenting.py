"""Other people's data, as the model may see it: readable, inert, without what names or reaches a person. Pure."""

import re
from collections.abc import Mapping
from typing import Any

from shared.contracts import Money
from shared.guardrails.foreign import without_personal
from shared.guardrails.normal import visible

_TAGS = re.compile(r"<(?=\s*[/!?]?\s*[A-Za-z|])")
_PRIVATE = frozenset(
    """
    account_number address addresses billing billing_address birthday card card_last4 cards city customer customer_id
    date_of_birth email emails first_name full_name iban last_name line1 line2 name password phone phones postal_code postcode
    shipping_address street token zip
    """.split()  # noqa: SIM905 - a table, not a hundred quotes
)
_THINGS = frozenset({"items", "lines", "products"})  # whose name is no person's
_MONEY = frozenset({"amount", "captured", "discount", "price", "refunded", "shipping_fee", "subtotal", "tax", "total"})
_CURRENCY = re.compile(r"[A-Z]{3}")


def neutral(text: str) -> str:
    """Text that can be read but does nothing: no hidden characters, no tags."""
    return _TAGS.sub("‹", visible(text))


def presentable(value: Any, key: str = "", currency: str = "") -> Any:
    """Data of the shop without private and empty fields; personal data in its texts is hidden.

    Whole amounts are in minor units of the `currency` beside or above them, as the shop's interface has it; they are
    written out, as models do not know. Identifiers, such as tracking numbers, stay as they are.
    """
    if isinstance(value, Mapping):
        return _fields(value, key, currency)
    if isinstance(value, list | tuple):
        return [presentable(each, key, currency) for each in value]
    if isinstance(value, int) and not isinstance(value, bool) and key in _MONEY and currency:
        return str(Money(minor=value, currency=currency))
    if not isinstance(value, str):
        return value
    return without_personal(neutral(value), key)


def _fields(value: Mapping[Any, Any], key: str, currency: str) -> dict[str, Any]:
    own = value.get("currency")
    currency = own if isinstance(own, str) and _CURRENCY.fullmatch(own) else currency
    kept: dict[str, Any] = {}
    for name, each in ((str(name), each) for name, each in value.items()):
        if name.lower() in _PRIVATE and not (name == "name" and key in _THINGS):
            continue
        shown = presentable(each, name, currency)
        if shown not in (None, "", [], {}):
            kept[name] = shown
    return kept
