"""One order of the customer: where it is, what is in it, what was paid."""

from typing import Any

from pydantic import Field

from services.actions.shop import Order
from services.actions.tool import Arguments, Call, Lookup, Result, yes
from shared.contracts import Money


class OrderAsked(Arguments):
    order_id: str = Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]{1,39}$", description="The order's number, such as ORD-10001.")


class CheckOrderStatus(Lookup[OrderAsked]):
    """An order of somebody else is not found, as if it did not exist."""

    name = "check_order_status"
    description = (
        "Tells the status of one order: where it is, when it is expected, how to track it, its items and its payment. "
        "Use it whenever the customer asks about an order by its number."
    )
    arguments = OrderAsked

    async def run(self, call: Call, arguments: OrderAsked) -> Result:
        order = await self.means.shop.order(call.customer.id, arguments.order_id.upper())
        if order is None:
            return self.no("order_not_found", call, order_id=arguments.order_id)
        return yes(**described(order))


def described(order: Order) -> dict[str, Any]:
    """An order for the model: amounts as they are written, nothing that is empty."""
    paid = Money(minor=order.payment.captured, currency=order.currency)
    refunded = Money(minor=order.payment.refunded, currency=order.currency)
    told: dict[str, Any] = {
        "order_id": order.id,
        "status": order.status,
        "placed": order.placed,
        "carrier": order.carrier,
        "tracking_number": order.tracking_number,
        "expected": order.expected,
        "delivered": order.delivered,
        "disputed": order.disputed or None,
        "items": [{"name": item.name, "quantity": item.quantity} for item in order.items],
        "total": str(Money(minor=order.total, currency=order.currency)),
        "paid": str(paid),
        "refunded": str(refunded) if refunded.minor else None,
    }
    return {key: value for key, value in told.items() if value is not None}


TOOL = CheckOrderStatus
