"""Replay of a dead letter: the inputs of a lost turn are admitted again, as a new turn.

An ended turn's events die at the fence, so publishing the old event again would do nothing. What the lost turn had
already done stays done: effects are kept apart by their own ledger, not by the turn.
"""

import time
from collections.abc import Mapping
from typing import Any

from pydantic_core import from_json

from shared.contracts import Customer, MessageReceived, turn_id
from shared.errors import Rejected
from shared.lane.admission import Admitted, admit
from shared.lane.documents import Conversation, Item, Turn
from shared.lane.sweep import first_event, request
from shared.messaging.publisher import Publisher
from shared.stores.keys import CustomerKeys
from shared.stores.port import Records


class Readmission:
    """Puts lost inputs back into their conversation. Repeating it changes nothing: the input's id is the event's."""

    def __init__(self, records: Records, keys: CustomerKeys, publisher: Publisher) -> None:
        self._records, self._keys, self._publisher = records, keys, publisher

    async def __call__(self, body: bytes, _: Mapping[str, str]) -> None:
        """Raises `Rejected` when the message names no conversation that we have, or nothing that could be said again."""
        try:
            event: dict[str, Any] = from_json(body)
            conversation, epoch, id = event["conversation"], int(event["epoch"]), event["id"]
        except (ValueError, KeyError, TypeError):
            raise Rejected("this dead letter is no event of ours: it can be dropped, not replayed") from None
        lane = await self._records.get(Conversation, conversation)
        if lane is None:
            raise Rejected(f"there is no conversation {conversation} any more")
        if confirmed := lane.confirmed.get(event.get("action", "")):
            await self._publisher.publish(request(lane, confirmed, f"replay-{id[:8]}"))
            return
        item = await self._item(event, lane, epoch, f"replay-{id}")
        now = time.time()
        admitted: Admitted | None = await self._records.change(Conversation, conversation, lambda doc: admit(doc, item, now))
        assert admitted, "the conversation was there a moment ago"
        if admitted.active:
            await self._publisher.publish(first_event(lane, admitted.active))

    async def _item(self, event: dict[str, Any], lane: Conversation, epoch: int, id: str) -> Item:
        """What was said, and by whom: from the event, else from the turn's document; else as the least trusted."""
        turn = await self._records.get(Turn, turn_id(lane.id, epoch))
        text = (
            await self._received(event)
            if "inputs" in event and "channel" in event and "text" not in event
            else event.get("text")
        )
        text = text or event.get("draft", {}).get("said") or (turn.said if turn else "")
        if not text:
            raise Rejected("what the customer said in this turn is not kept any more")
        known = turn.assembled.customer if turn and turn.assembled else Customer(id=lane.customer)
        customer = Customer.model_validate(event["customer"]) if "customer" in event else known
        again = await self._keys.seal(lane.customer, text, bound_to=f"{lane.id}/{id}")
        return Item(id=id, at=time.time(), customer=customer, sealed=again)

    async def _received(self, event: dict[str, Any]) -> str:
        received = MessageReceived.model_validate(event)
        place, customer = received.conversation, received.customer.id
        opened = [await self._keys.open(customer, each.sealed, bound_to=f"{place}/{each.id}") for each in received.inputs]
        return "\n".join(opened)
