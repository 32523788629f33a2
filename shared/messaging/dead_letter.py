"""A message that was given up: what is kept of it, and what its customer is told."""

import re
import time
import traceback
from contextlib import suppress
from typing import Any

from faststream.nats.response import NatsPublishCommand
from faststream.response.publish_type import PublishType
from nats.aio.msg import Msg
from pydantic import ValidationError
from pydantic_core import from_json

from shared.contracts.base import Event
from shared.contracts.reply import NoticeDue
from shared.errors import FrontdeskError
from shared.messaging.delivery import origin
from shared.messaging.topology import DEAD_LETTERS, DESK, subject_of

STREAM, CONSUMER, SEQUENCE = "Desk-Stream", "Desk-Consumer", "Desk-Sequence"
SUBJECT, ATTEMPTS, AT = "Desk-Subject", "Desk-Attempts", "Desk-At"
ERROR, REASON = "Desk-Error", "Desk-Reason"
ORIGINAL = "Desk-Original-"
"""Prefix of the sender's own `Nats-*` headers: left as they are, the server would obey them again."""

_SENDABLE = re.compile(r"[!#$%&'*+\-.^_`|~0-9A-Za-z]+")
"""A name that nats-py sends: a token of RFC 9110. Servers let others through, and one may not keep its message unburied."""

_NOTICE = f".{NoticeDue.name}."


def dead_letter(msg: Msg, error: BaseException) -> NatsPublishCommand:
    """The command that stores `msg` in DESK_DLQ: its bytes and headers, its origin and why. No personal data is added.

    The id is `dlq:<stream>:<sequence>:<consumer>`, so burying it twice stores it once.
    """
    place = origin(msg)
    headers = {_kept(key): value for key, value in (msg.headers or {}).items() if _SENDABLE.fullmatch(key)}
    headers |= {
        "Nats-Msg-Id": f"dlq:{place.stream}:{place.sequence}:{place.consumer}",
        STREAM: place.stream,
        CONSUMER: place.consumer,
        SEQUENCE: str(place.sequence),
        SUBJECT: msg.subject,
        ATTEMPTS: str(place.attempt),
        AT: f"{time.time():.3f}",
        ERROR: type(error).__name__,
        REASON: reason(error),
    }
    return _command(msg.data, f"dlq.{msg.subject}", headers, DEAD_LETTERS)


def _kept(key: str) -> str:
    return f"{ORIGINAL}{key}" if key.lower().startswith("nats-") else key


def reason(error: BaseException) -> str:
    """One line without personal data: our own errors in their words; a validation error by places and types, never
    values; any other error, whose text may quote what a customer wrote, by the place that raised it."""
    if isinstance(error, ValidationError):
        found = error.errors(include_input=False, include_context=False, include_url=False)
        text = f"{error.title}: " + ", ".join(f"{_place(each['loc'])} {each['type']}".strip() for each in found[:8])
    elif isinstance(error, FrontdeskError):
        text = str(error)
    else:
        steps = traceback.extract_tb(error.__traceback__)
        text = f"raised in {steps[-1].name}, line {steps[-1].lineno}" if steps else "raised"
    return " ".join(text[:500].split())


def _place(loc: tuple[int | str, ...]) -> str:
    """Names of fields; a key that is no name could be part of the input."""
    return ".".join(str(part) if isinstance(part, int) or part.isidentifier() else "?" for part in loc)


def notice_of_failure(msg: Msg) -> NatsPublishCommand | None:
    """The command that has the customer of a lost turn told, or None: a notice's own dead letter, a backend event, or
    bytes that do not name their turn. Once a turn and sweep: the id depends on nothing else."""
    if not msg.subject.startswith("desk.") or _NOTICE in msg.subject:
        return None
    fields: Any = None
    with suppress(ValueError):
        fields = from_json(msg.data)
    if not isinstance(fields, dict) or fields.get("conversation") != msg.subject.rpartition(".")[2]:
        return None
    try:
        notice = NoticeDue(conversation=fields["conversation"], epoch=fields.get("epoch", -1), reason="failed")
    except ValidationError:
        return None
    notice.first_of(notice.turn, f"failed{fields.get('attempt') or ''}")
    notice.caused_by = str(fields.get("id") or "")
    return event_command(notice)


def event_command(event: Event) -> NatsPublishCommand:
    """The command that publishes a stamped event."""
    return _command(event, subject_of(event), {"Nats-Msg-Id": event.message_id}, DESK)


def _command(body: Any, subject: str, headers: dict[str, str], stream: str) -> NatsPublishCommand:
    return NatsPublishCommand(body, subject=subject, headers=headers, stream=stream, _publish_type=PublishType.PUBLISH)
