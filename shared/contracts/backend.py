"""CloudEvents 1.0 of backend systems, such as order-shipped; on NATS on `events.<type>`, over HTTP on `POST /v1/events`."""

from datetime import datetime
from typing import Any

from pydantic import AwareDatetime, Field

from shared.contracts.base import Value


class BackendEvent(Value):
    """The attributes of a CloudEvent that Frontdesk reads. `subject` names the customer it is for.

    Source: https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/spec.md
    """

    specversion: str = Field(pattern=r"^1\.0$")
    id: str = Field(min_length=1, max_length=256)
    source: str = Field(min_length=1, max_length=1024)
    type: str = Field(min_length=1, max_length=256)
    subject: str | None = None
    time: AwareDatetime | datetime | None = None
    datacontenttype: str | None = None
    data: dict[str, Any] = {}
    traceparent: str | None = None
