"""A call by the company. Safe to run late and twice: the shop knows it by its key."""

from pydantic import Field

from services.actions.shop import ShopRefused
from services.actions.tool import Arguments, Call, Lookup, Result, yes


class CallbackAsked(Arguments):
    when: str = Field(
        min_length=1, max_length=120, description="When to call, in the customer's words, such as: tomorrow at 10."
    )
    topic: str = Field("", max_length=300, description="What the call is about.")


class ScheduleCallback(Lookup[CallbackAsked]):
    """The number is the one in the customer's account: none is taken from a dialogue."""

    name = "schedule_callback"
    description = "Arranges a callback: the company will call the customer at the number in the account."
    arguments = CallbackAsked

    async def run(self, call: Call, arguments: CallbackAsked) -> Result:
        try:
            case = await self.means.shop.open_callback(call.action, call.customer.id, arguments.when, arguments.topic)
        except ShopRefused:
            return self.no("not_arranged", call)
        return yes(callback_id=case.id, when=arguments.when)


TOOL = ScheduleCallback
