"""Ingress takes in what customers, buttons and backends say. It answers only once that is durable in the records."""

import secrets
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Protocol

import structlog
from opentelemetry import trace
from opentelemetry.context import Context
from opentelemetry.trace import Link

from services.ingress.domain import (
    Admission,
    Pressing,
    Refused,
    accept,
    activated,
    confirm,
    event_item,
    has_turn,
    latest_open,
    let_in,
)
from shared.contracts import BackendEvent, Customer, Event, NoticeDue
from shared.errors import Retryable
from shared.lane.documents import Conversation, Item, opened
from shared.lane.sweep import first_event, request
from shared.stores.customers import Feedback
from shared.stores.port import Records
from shared.telemetry import names
from shared.telemetry.propagation import drawn, parse, traceparent

log = structlog.get_logger(__name__)
tracer = trace.get_tracer("frontdesk.ingress")

_CANDIDATES = 20  # of a customer's conversations, when a backend's event looks for the open one


class Sealer(Protocol):
    """Turns a customer's text into something that only Frontdesk can open, only in the place it is bound to, and only for as
    long as it keeps the customer's key."""

    async def seal(self, customer: str, text: str, *, bound_to: str) -> str: ...

    async def open(self, customer: str, sealed: str, *, bound_to: str) -> str: ...


class Outbox(Protocol):
    """Where events go. It never raises: what does not leave is swept. `silence` says why nothing leaves now, or is ""."""

    @property
    def silence(self) -> str: ...

    async def publish(self, event: Event) -> bool: ...

    async def live(self, conversation: str, kind: str, **fields: Any) -> None: ...


Templates = Callable[[str], Sequence[str] | None]
"""The fields of `data` that the notice of an event type shows, or None where the assistant has no notice for it."""


@dataclass(frozen=True, slots=True)
class Rules:
    """`room`: inputs that may wait in a conversation. `open_for`: seconds after which a quiet one counts as closed."""

    room: int = 100
    open_for: float = 7 * 86400.0


@dataclass(frozen=True, slots=True)
class Receipt:
    """The promise of a 202: the message is durable under this id, and its turn can be followed under this traceparent."""

    message_id: str
    trace: str


@dataclass(frozen=True, slots=True)
class Ingress:
    """Admits messages, presses and events to their conversation's lane. Doing it again changes nothing."""

    records: Records
    sealer: Sealer
    outbox: Outbox
    templates: Templates
    key: bytes  # of confirmation tokens
    rules: Rules
    now: Callable[[], float]

    async def message(
        self, customer: Customer, conversation: str, text: str, message_id: str | None, language: str | None = None
    ) -> Receipt | Refused:
        """Accept a message, opening the conversation if it is the first. `language` is the one that the customer prefers.

        Raises `StoreUnavailable` when nothing was kept.
        """
        now, id = self.now(), message_id or f"m_{secrets.token_hex(12)}"
        sealed = await self.sealer.seal(customer.id, text, bound_to=f"{conversation}/{id}")
        item = Item(id=id, at=now, customer=customer, sealed=sealed, trace=traceparent())
        admission = await self.records.change(
            Conversation,
            conversation,
            lambda lane: accept(lane, item, now, self.rules.room, language),
            absent=opened(conversation, customer.id, "web", now),
        )
        if not isinstance(admission, Admission):
            return admission or "not-yours"
        trace.get_current_span().set_attributes({names.CONVERSATION: conversation, names.MESSAGE: id})
        if admission.admitted.place != "seen":  # before the event, which then leaves with it in one write to the socket
            await self.outbox.live(conversation, "accepted", message_id=id, trace_id=admission.trace[3:35])
        if admission.admitted.active:
            await self.outbox.publish(first_event(admission.lane, admission.admitted.active))
        return Receipt(id, admission.trace)

    async def confirmation(self, customer: Customer, conversation: str, token: str, accepted: bool) -> Pressing | Refused:
        """Press a button, once or again. Raises `StoreUnavailable` when nothing was kept."""
        now, here = self.now(), traceparent()
        pressing = await self.records.change(
            Conversation,
            conversation,
            lambda lane: confirm(lane, customer, token, accepted, key=self.key, now=now, trace=here),
        )
        if not isinstance(pressing, Pressing):
            return pressing or "not-yours"
        pressed = pressing.pressed
        if pressed.confirmed:
            await self.outbox.publish(request(pressing.lane, pressed.confirmed))
        if pressed.admitted and pressed.admitted.active:
            await self.outbox.publish(first_event(pressing.lane, pressed.admitted.active))
        return pressing

    async def feedback(self, customer: Customer, conversation: str, turn: str | None, rating: int, comment: str) -> bool:
        """Keep what a customer thought; said again, the last word counts. False: there is no such conversation of theirs,
        or no such turn in it."""
        lane = await self.records.get(Conversation, conversation)
        if lane is None or lane.customer != customer.id or (turn and not has_turn(lane, turn)):
            return False
        id = f"{turn or conversation}:feedback"
        sealed = await self.sealer.seal(customer.id, comment, bound_to=f"{conversation}/{id}") if comment else ""
        given = Feedback(id=id, at=self.now(), conversation=conversation, turn=turn or "", rating=rating, comment=sealed)
        await self.records.change(Feedback, id, lambda _: (given.model_copy(), None), absent=given)
        return True

    async def backend_event(self, event: BackendEvent) -> NoticeDue | None:
        """Tell the customer in their latest open conversation, in a trace of its own that is linked to the event's.

        An event that comes again is admitted once. None: there is no notice for its type, nobody to tell, or another
        turn runs and this one waits. Raises `Retryable` while too much waits in the conversation.
        """
        fields = self.templates(event.type)
        lanes = (
            await self.records.find(Conversation, event.subject, limit=_CANDIDATES)
            if event.subject and fields is not None
            else []
        )
        lane = latest_open(lanes, self.now(), self.rules.open_for)
        if fields is None or lane is None:
            log.info("backend event without effect", template=fields is not None, conversation=lane is not None)
            return None
        with _trace_of_its_own(event) as own:
            item, now, room = event_item(event, fields, self.now(), own), self.now(), self.rules.room
            admission = await self.records.change(Conversation, lane.id, lambda found: let_in(found, item, now, room))
        if admission == "full":
            raise Retryable("too much waits in this conversation", after=30.0)
        if not isinstance(admission, Admission) or admission.admitted.active is None or not activated(admission, item.id):
            return None
        notice = first_event(admission.lane, admission.admitted.active)
        assert isinstance(notice, NoticeDue)
        return notice


@contextmanager
def _trace_of_its_own(event: BackendEvent) -> Iterator[str]:
    """A new trace, linked to the event's and to the message that brought it. Yields its traceparent."""
    known = [parse(event.traceparent or ""), trace.get_current_span().get_span_context()]
    links = [Link(context) for context in known if context and context.is_valid]
    with tracer.start_as_current_span(names.ADMIT, Context(), links=links, record_exception=False) as span:
        yield traceparent(span.get_span_context()) or traceparent(drawn())
