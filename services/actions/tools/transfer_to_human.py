"""The conversation goes to a person. The agent does it; here it is only described."""

from pydantic import Field

from services.actions.tool import Arguments, Handoff


class TransferAsked(Arguments):
    reason: str = Field("", max_length=300, description="Why, in one sentence, for the person who takes over.")


class TransferToHuman(Handoff):
    """Open to everybody."""

    name = "transfer_to_human"
    description = "Hands the conversation over to a human agent. Use it when the customer asks for a person."
    arguments = TransferAsked


TOOL = TransferToHuman
