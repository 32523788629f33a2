"""CloudEvents 1.0 as they come over NATS: structured (one JSON object) or binary (attributes in `ce-*` headers).

Source: https://github.com/cloudevents/spec/blob/main/cloudevents/bindings/nats-protocol-binding.md
"""

from typing import Any
from urllib.parse import unquote
from uuid import NAMESPACE_URL, uuid5

from pydantic_core import from_json

from shared.contracts.backend import BackendEvent
from shared.contracts.base import Event
from shared.errors import Rejected

_EVENTS = uuid5(NAMESPACE_URL, "urn:frontdesk:backend-event")


def decode_backend_event(body: bytes, headers: dict[str, str]) -> BackendEvent:
    """The event in a NATS message. Raises `ValidationError`, or `Rejected` when its data is no JSON object."""
    lowered = {key.lower(): value for key, value in headers.items()}
    if "ce-specversion" not in lowered:
        return BackendEvent.model_validate_json(body)
    attributes: dict[str, Any] = {key[3:]: unquote(value) for key, value in lowered.items() if key.startswith("ce-")}
    attributes["datacontenttype"] = lowered.get("content-type")
    if body:
        try:
            attributes["data"] = from_json(body)
        except ValueError as error:
            raise Rejected("the data of a binary CloudEvent is not JSON") from error
    return BackendEvent.model_validate(attributes)


def cause_of(event: BackendEvent) -> Event:
    """What the outputs' ids derive from: `source` and `id` together identify a CloudEvent, also when it is sent again."""
    return Event.model_construct(id=str(uuid5(_EVENTS, f"{event.source}\n{event.id}")), conversation="", epoch=0)
