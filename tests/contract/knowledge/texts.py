"""A small shop's help pages."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager

from shared.stores.knowledge import Knowledge, Passage

OpenKnowledge = Callable[[], AbstractAsyncContextManager[Knowledge]]


def passage(id: str, title: str, text: str) -> Passage:
    return Passage(id=id, source=id.partition("#")[0], title=title, text=text)


RETURNS = [
    passage("returns.md#window", "Return window", "You can send items back within 30 days of delivery."),
    passage("returns.md#refunds", "When will I be refunded?", "Money is paid back within five working days."),
    passage("returns.md#exceptions", "What cannot be sent back", "Earrings and opened software stay with you."),
]
SHIPPING = [
    passage("shipping.md#times", "Delivery times", "Parcels arrive within two to four working days."),
    passage("shipping.md#abroad", "Shipping abroad", "We deliver to Austria, Switzerland and Liechtenstein."),
    passage("shipping.md#lost", "Lost parcels", "Report a lost parcel and we start a search with the carrier."),
]
CHINESE = [passage("zh.md#a", "退货政策", "三十天内可以退货并全额退款。"), passage("zh.md#b", "配送", "我们在四天内送达。")]
