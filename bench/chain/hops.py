"""The six hops: their events, of the size and shape of an assembled turn, and their handlers, which build the next event."""

from collections.abc import Callable
from typing import Any, ClassVar

from shared.contracts import ContextPart, Customer, Event, Said
from shared.messaging import Handler

HOPS = 6

_WORDS = "The order is on its way and should be with you within the next two working days. "


class Hop(Event):
    """The fields of an assembled turn. No subclass of that event: a handler's signature may name no base of others."""

    channel: str
    customer: Customer
    inputs: tuple[str, ...]
    text: str
    language: str | None
    parts: tuple[ContextPart, ...]
    window: tuple[Said, ...]


class Hop0(Hop):
    """What the load generator sends."""

    name: ClassVar[str] = "bench-hop-0"


class Hop1(Hop):
    name: ClassVar[str] = "bench-hop-1"


class Hop2(Hop):
    name: ClassVar[str] = "bench-hop-2"


class Hop3(Hop):
    name: ClassVar[str] = "bench-hop-3"


class Hop4(Hop):
    name: ClassVar[str] = "bench-hop-4"


class Hop5(Hop):
    name: ClassVar[str] = "bench-hop-5"


class Hop6(Hop):
    """What the load generator waits for."""

    name: ClassVar[str] = "bench-hop-6"


EVENTS: tuple[type[Hop], ...] = (Hop0, Hop1, Hop2, Hop3, Hop4, Hop5, Hop6)


def stage_name(number: int) -> str:
    """The stage that takes event `number`."""
    return f"bench{number}"


def handler(number: int) -> Handler:
    """Takes event `number`, returns the next one, built from typed fields as handlers build theirs."""
    following = EVENTS[number + 1]

    async def hop(_: Any, event: Hop) -> Hop:
        return following(
            conversation=event.conversation,
            epoch=event.epoch,
            channel=event.channel,
            customer=event.customer,
            inputs=event.inputs,
            text=event.text,
            language=event.language,
            parts=event.parts,
            window=event.window,
        )

    hop.__annotations__ = {"event": EVENTS[number], "return": following}
    return hop


def envelope(id: str, conversation: str) -> bytes:
    """A turn of about 2 KB as JSON: a question, two passages, four earlier sides."""
    event = Hop0(
        id=id,
        conversation=conversation,
        epoch=7,
        channel="web",
        customer=Customer(id="customer-1", assurance="verified"),
        inputs=("message-1",),
        text=_WORDS,
        language="en",
        parts=tuple(ContextPart(kind="knowledge", text=_WORDS * 5, source="delivery.md", tokens=90) for _ in range(2)),
        window=tuple(Said(role=role, text=_WORDS * 2) for role in ("user", "assistant", "user", "assistant")),
    )
    return event.model_dump_json().encode()


Template = Callable[[str, str], bytes]


def template() -> Template:
    """`envelope`, with its two ids put into bytes that were made once: the load generator must cost little."""
    id, conversation = "00000000-0000-4000-8000-000000000000", "bench-slot-0000"
    head, middle, tail = _split(envelope(id, conversation), id.encode(), conversation.encode())

    def made(id: str, conversation: str) -> bytes:
        return b"".join((head, id.encode(), middle, conversation.encode(), tail))

    return made


def _split(body: bytes, *marks: bytes) -> tuple[bytes, ...]:
    pieces = []
    for mark in marks:
        before, found, body = body.partition(mark)
        assert found, "the envelope holds its ids once, in this order"
        pieces.append(before)
    return (*pieces, body)
