"""A ticket for the company's back office. Safe to run late and twice: the shop knows it by its key."""

from pydantic import Field

from services.actions.shop import ShopRefused
from services.actions.tool import Arguments, Call, Lookup, Result, yes


class TicketAsked(Arguments):
    subject: str = Field(min_length=1, max_length=200, description="The problem in a few words.")
    description: str = Field("", max_length=2000, description="What happened, with all details that the customer gave.")


class CreateTicket(Lookup[TicketAsked]):
    """The back office reads how to reach the customer, as the customer wrote it; all else stays a placeholder."""

    name = "create_ticket"
    description = "Opens a ticket, such as a complaint or a damage report, that the back office works on later."
    arguments = TicketAsked
    opens = frozenset({"EMAIL", "PHONE", "ADDRESS", "PERSON"})

    async def run(self, call: Call, arguments: TicketAsked) -> Result:
        try:
            case = await self.means.shop.open_ticket(call.action, call.customer.id, arguments.subject, arguments.description)
        except ShopRefused:
            return self.no("not_arranged", call)
        return yes(ticket_id=case.id, subject=arguments.subject)


TOOL = CreateTicket
