"""What a reply is made of. A channel renders each part in its own way, or leaves it out by its own rules."""

from typing import Annotated, Literal

from pydantic import Field

from shared.contracts.base import Value


class Money(Value):
    """An amount in minor units: 4999 USD is $49.99."""

    minor: int
    currency: str = Field(pattern=r"^[A-Z]{3}$")

    def __str__(self) -> str:
        sign = {"USD": "$", "EUR": "€", "GBP": "£"}.get(self.currency, f"{self.currency} ")
        return f"{sign}{self.minor / 100:,.2f}"


class Text(Value):
    type: Literal["text"] = "text"
    text: str  # masked: may hold placeholders such as <EMAIL_1>


class QuickReplies(Value):
    type: Literal["quick_replies"] = "quick_replies"
    options: tuple[str, ...]


class Link(Value):
    type: Literal["link"] = "link"
    title: str
    url: str


class ConfirmationRequest(Value):
    """Asks for a button. Title and amount are rendered by code from its own records, never by a model."""

    type: Literal["confirmation_request"] = "confirmation_request"
    action: str
    title: str
    amount: Money | None = None
    details: tuple[str, ...] = ()


class Notice(Value):
    """Words of the system, not of the assistant: a warning, a failure, a hand-over."""

    type: Literal["notice"] = "notice"
    text: str


Part = Annotated[Text | QuickReplies | Link | ConfirmationRequest | Notice, Field(discriminator="type")]
