"""CloudEvents 1.0 over HTTP: structured, batch and binary. Pure: bytes and headers in, events out.

Source: https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/http-protocol-binding.md
"""

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote

from pydantic import TypeAdapter
from pydantic_core import from_json

from shared.contracts import BackendEvent
from shared.errors import FrontdeskError

STRUCTURED = "application/cloudevents+json"
BATCH = "application/cloudevents-batch+json"
MOST = 100
"""Events of one batch."""

_TYPE = re.compile(r"[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*")
_JSON = re.compile(r"application/json|[a-z0-9.-]+/[a-z0-9.-]+\+json")
_BATCH: TypeAdapter[list[BackendEvent]] = TypeAdapter(list[BackendEvent])


class WrongMediaType(FrontdeskError):
    """Neither a CloudEvent of any mode, nor data in JSON."""


class WrongEvent(FrontdeskError):
    """A CloudEvent that can never be taken; the message says why and quotes nothing."""


def events_in(headers: Mapping[str, str], body: bytes) -> list[BackendEvent]:
    """The events of a request; `headers` by lower-case name. In the batch mode there may be none.

    Raises `WrongMediaType`, `WrongEvent`, or `ValidationError` with the places that are wrong.
    """
    media = headers.get("content-type", "").partition(";")[0].strip().lower()
    if media == STRUCTURED:
        events = [BackendEvent.model_validate_json(body)]
    elif media == BATCH:
        events = _BATCH.validate_json(body)
    elif "ce-specversion" in headers:
        events = [_binary(headers, media, body)]
    else:
        raise WrongMediaType(f"a CloudEvent: {STRUCTURED}, {BATCH}, or attributes in ce-* headers")
    if len(events) > MOST:
        raise WrongEvent(f"a batch has at most {MOST} events")
    for event in events:
        if not _TYPE.fullmatch(event.type):
            raise WrongEvent("type must be words of A-Z, a-z, 0-9, - and _ joined by dots: it becomes a NATS subject")
    return events


def _binary(headers: Mapping[str, str], media: str, body: bytes) -> BackendEvent:
    """Attributes are percent-encoded in headers (3.1.3.2); the body is the data."""
    if body and not _JSON.fullmatch(media):
        raise WrongMediaType("data in JSON")
    attributes: dict[str, Any] = {name[3:]: _text(value) for name, value in headers.items() if name.startswith("ce-")}
    attributes.pop("data", None)  # only the body is data
    if media:
        attributes["datacontenttype"] = media
    if body:
        try:
            attributes["data"] = from_json(body)
        except ValueError:
            raise WrongEvent("the data is not valid JSON") from None
    return BackendEvent.model_validate(attributes)


def _text(value: str) -> str:
    try:
        return unquote(value.strip().strip('"'), errors="strict")
    except UnicodeDecodeError:
        raise WrongEvent("a header is not percent-encoded UTF-8") from None
