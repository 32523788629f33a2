"""Documents for example tests, as short as they can be."""

from typing import Literal

from shared.contracts import Customer, Draft, Proposal, Text
from shared.lane.admission import admit
from shared.lane.delivery import claim
from shared.lane.documents import Conversation, Item, Lease, Pending, opened

CUSTOMER = Customer(id="c1", assurance="verified")
NOW = 1000.0
ACTION = "conv:1:0:0"
ANN = Lease(holder="ann", until=NOW + 60)
BOB = Lease(holder="bob", until=NOW + 60)


def item(id: str, kind: Literal["message", "event", "result"] = "message", customer: Customer = CUSTOMER) -> Item:
    return Item(id=id, kind=kind, at=NOW, customer=customer, sealed=f"sealed {id}")


def draft(kind: Literal["reply", "confirm", "notice", "refusal", "handoff"] = "reply", parts: int = 1) -> Draft:
    return Draft(kind=kind, parts=(Text(text="hello"),) * parts, language="en")


def proposal(action: str = ACTION) -> Proposal:
    return Proposal(action=action, tool="refund_order", arguments={"of": "r1"}, customer=CUSTOMER, title="Refund")


def pending(action: str = ACTION, expires: float = NOW + 600) -> Pending:
    return Pending(proposal=proposal(action), token_hash=f"hash of {action}", expires=expires)


def lane(*ids: str) -> Conversation:
    """With these inputs admitted: the first runs, the others queue. An id that begins with e is an event's."""
    conversation = opened("conv", CUSTOMER.id, "web", NOW)
    for id in ids:
        conversation, _ = admit(conversation, item(id, "event" if id[0] == "e" else "message"), NOW)
    return conversation


def sending(*ids: str, attempt: str = "try1", parts: int = 1) -> Conversation:
    """With the first turn claimed."""
    conversation, _ = claim(lane(*ids), 1, draft(parts=parts), attempt=attempt, now=NOW)
    return conversation


def ids(items: tuple[Item, ...]) -> list[str]:
    return [each.id for each in items]
