"""The shop tells the world: CloudEvents on NATS, stored by JetStream, once for each event id."""

import asyncio
import json
import re
import secrets
import uuid
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from nats.aio.client import Client

_PATIENCE = 3.0  # seconds for a connection
SOURCE = "/shops/harbour-and-pine"
_TRACEPARENT = re.compile(r"^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$")


def shipped(order: dict[str, Any], traceparent: str | None) -> dict[str, Any]:
    """`com.example.order.shipped` for an order, with the trace of whoever caused it, or one of its own.

    Source: https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/extensions/distributed-tracing.md
    """
    if not traceparent or not _TRACEPARENT.match(traceparent):
        traceparent = f"00-{secrets.token_hex(16)}-{secrets.token_hex(8)}-01"
    return {
        "specversion": "1.0",
        "id": str(uuid.uuid5(uuid.NAMESPACE_URL, f"{SOURCE}/{order['id']}/shipped")),
        "source": SOURCE,
        "type": "com.example.order.shipped",
        "subject": order["customer_id"],
        "time": datetime.now(UTC).isoformat(),
        "datacontenttype": "application/json",
        "traceparent": traceparent,
        "data": {"order_id": order["id"], "carrier": order["carrier"], "tracking_number": order["tracking_number"]},
    }


class EventsAway(Exception):
    """The event was not stored: no server, or none that has a stream for it."""


class Events:
    """Publishes on a connection that is opened at the first event and kept."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._client: Client | None = None
        self._opening = asyncio.Lock()

    async def publish(self, event: dict[str, Any]) -> None:
        """Store the event; again with the same id, it is stored once. Raises `EventsAway`."""
        from nats.errors import Error

        headers = {
            "Nats-Msg-Id": event["id"],
            "content-type": "application/cloudevents+json",
            "traceparent": event["traceparent"],
        }
        try:
            client = await self._connected()
            await client.jetstream().publish(f"events.{event['type']}", json.dumps(event).encode(), headers=headers, timeout=5)
        except (Error, OSError, TimeoutError) as error:
            raise EventsAway(type(error).__name__) from error

    async def _connected(self) -> "Client":
        import nats

        async with self._opening:
            if self._client is None or self._client.is_closed:
                self._client = await asyncio.wait_for(
                    nats.connect(self._url, name="demo-shop", connect_timeout=1, allow_reconnect=False, error_cb=_quiet),
                    _PATIENCE,
                )
            return self._client

    async def close(self) -> None:
        if self._client:
            await self._client.close()


async def _quiet(_: Exception) -> None:
    """What goes wrong is raised where something is published."""
