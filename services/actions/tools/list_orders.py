"""All orders of the customer, in short."""

from services.actions.tool import Arguments, Call, Lookup, Result, yes
from services.actions.tools.check_order_status import described

_MOST = 20
_SHOWN = ("order_id", "status", "placed", "expected", "total")


class Nothing(Arguments):
    """No arguments: whose orders they are is known."""


class ListOrders(Lookup[Nothing]):
    """The newest first, at most twenty."""

    name = "list_orders"
    description = "Lists all orders of the customer with status and total. Use it when no order number is known."
    arguments = Nothing

    async def run(self, call: Call, arguments: Nothing) -> Result:
        orders = sorted(
            await self.means.shop.orders(call.customer.id), key=lambda order: (order.placed, order.id), reverse=True
        )
        shown = [{key: value for key, value in described(order).items() if key in _SHOWN} for order in orders[:_MOST]]
        return yes(orders=shown, count=len(orders))


TOOL = ListOrders
