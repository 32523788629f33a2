"""What a push channel is: one that Frontdesk sends to. A channel that is read from the record, such as web, needs none."""

from collections.abc import Sequence
from typing import Protocol

from shared.contracts.parts import Part
from shared.lane.reconcile import Guarantee


class PushChannel(Protocol):
    """Sends to one provider. Egress holds the claim while it calls, and gives up each call after a time-out."""

    guarantee: Guarantee

    def messages(self, parts: Sequence[Part]) -> Sequence[Sequence[Part]]:
        """The messages that these parts need on this channel, in order. Pure: asked again, it must answer the same."""
        ...

    async def send(self, address: str, parts: Sequence[Part], key: str) -> str:
        """Send one message; the answer is the provider's id of it. `key` names the delivery: `conversation:epoch:part`.

        Raises `Retryable` only when surely nothing was sent, `Rejected` when the provider refuses it for good; any other
        error, and the time-out, mean that nobody knows.
        """
        ...

    async def look_up(self, key: str) -> str | None:
        """The provider's id of what was sent under `key`, or None when nothing was. Only asked with `lookup`."""
        ...
