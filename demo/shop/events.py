"""The shop tells the world: CloudEvents on NATS, stored by JetStream, once for each event id."""

import json
import re
import secrets
import uuid
from datetime import UTC, datetime
from typing import Any

import nats
from nats.aio.client import Client

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


class Events:
    """Publishes on a connection that is opened at the first event and kept."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._client: Client | None = None

    async def publish(self, event: dict[str, Any]) -> None:
        """Store the event. Raises what nats-py raises when no server takes it."""
        if self._client is None or self._client.is_closed:
            self._client = await nats.connect(self._url, name="demo-shop", connect_timeout=2, max_reconnect_attempts=-1)
        headers = {
            "Nats-Msg-Id": event["id"],
            "content-type": "application/cloudevents+json",
            "traceparent": event["traceparent"],
        }
        await self._client.jetstream().publish(
            f"events.{event['type']}", json.dumps(event).encode(), headers=headers, timeout=5
        )

    async def close(self) -> None:
        if self._client:
            await self._client.close()
