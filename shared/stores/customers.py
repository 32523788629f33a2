"""What Frontdesk itself remembers of a customer: a profile, memories, ratings. Orders and payments stay with their systems."""

from typing import ClassVar

from pydantic import Field

from shared.contracts import Assurance
from shared.stores.port import Document


class CustomerProfile(Document):
    """Who a customer is to us; the id is the customer's, `at` the first contact.

    Whatever names or reaches a person is sealed, bound to `profile_place(id)`.
    """

    collection: ClassVar[str] = "customers"

    name: str | None = None  # sealed
    addresses: dict[str, str] = Field(default_factory=dict)  # channel → sealed address
    assurance: Assurance = "anonymous"  # the highest that was ever proven; what a turn may do depends on its own session


class Memory(Document):
    """Something worth knowing in a later conversation, masked. `turn` is where it was said."""

    collection: ClassVar[str] = "memories"

    customer: str
    text: str
    turn: str = ""
    forget_at: float | None = None

    @property
    def group(self) -> str:
        return self.customer

    @property
    def expires(self) -> float | None:
        return self.forget_at


class Feedback(Document):
    """A rating by the customer. `turn` is empty when the whole conversation is meant; `comment` is sealed, as people write
    anything, and bound to `<conversation>/<id>`."""

    collection: ClassVar[str] = "feedback"

    conversation: str
    rating: int = Field(ge=1, le=5)
    comment: str = ""
    turn: str = ""

    @property
    def group(self) -> str:
        return self.conversation


def profile_place(customer: str) -> str:
    """What the sealed fields of a profile are bound to."""
    return f"customers/{customer}"
