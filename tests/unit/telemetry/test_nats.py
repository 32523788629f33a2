"""What a message's trace costs when nobody records it: one look, and its context goes on. And what is recorded of attempts."""

from types import SimpleNamespace

import pytest
from faststream.nats.message import NatsMessage
from nats.aio.msg import Msg
from opentelemetry import trace
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from shared.contracts import NoticeDue
from shared.messaging.dead_letter import event_command
from shared.messaging.middleware import Verdict
from shared.telemetry import names
from shared.telemetry.nats import HEADER, Tracing

SAMPLED = f"00-{'a' * 32}-{'b' * 16}-01"
UNSAMPLED = f"00-{'a' * 32}-{'b' * 16}-00"


def message(header):
    return SimpleNamespace(headers={HEADER: header} if header else None)


@pytest.mark.parametrize(("header", "overlooked"), [(SAMPLED, False), (UNSAMPLED, True), ("", True), ("nonsense", True)])
def test_only_what_is_recorded_is_looked_at(header, overlooked):
    assert Tracing.overlooks(message(header)) is overlooked


@pytest.mark.parametrize(
    ("incoming", "own", "goes_on"),
    [(UNSAMPLED, "", UNSAMPLED), ("", "", None), (UNSAMPLED, SAMPLED, SAMPLED), ("", SAMPLED, SAMPLED)],
)
def test_an_overlooked_messages_outputs_carry_its_context_or_their_own(incoming, own, goes_on):
    event = NoticeDue(conversation="c1", epoch=1, reason="result", trace=own).first_of("c1:1")
    command = event_command(event)
    Tracing.forward(message(incoming), command)
    assert command.headers.get(HEADER) == goes_on
    assert command.headers["Nats-Msg-Id"] == event.id
    assert b"trace" not in event.model_dump_json().encode()


async def attempted(number: int, kind: str, exporter: InMemorySpanExporter) -> ReadableSpan:
    """The span of the `number`-th delivery of a message that is published on, and settled by a verdict of this kind."""
    reply = f"$JS.ACK.DESK.safety-message-received.{number}.17.3.1700000000000000000.5"
    msg = Msg(_client=None, subject="desk.v1.message-received.c1", reply=reply, headers={HEADER: SAMPLED})  # type: ignore[arg-type]
    middleware = Tracing(msg, context=None)
    event = NoticeDue(conversation="c1", epoch=1, reason="result").first_of("c1:1")
    command = event_command(event)

    async def done(*_: object) -> None: ...

    async def handled(_: object) -> None:
        await middleware.publish_scope(done, command)

    await middleware.consume_scope(handled, NatsMessage(raw_message=msg, body=b"", headers=msg.headers))
    await middleware.settle_scope(done, Verdict(kind, number, ValueError("my card is 4111") if kind == "nak" else None))  # type: ignore[arg-type]
    await middleware.after_processed()
    span = exporter.get_finished_spans()[-1]
    assert command.headers[HEADER] == f"00-{'a' * 32}-{span.context.span_id:016x}-01"
    return span


async def test_a_redelivery_is_a_sibling_linked_to_the_attempt_before(monkeypatch):
    exporter, provider = InMemorySpanExporter(), TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    monkeypatch.setattr(trace, "get_tracer_provider", lambda: provider)
    first, second = await attempted(1, "nak", exporter), await attempted(2, "ack", exporter)
    assert first.links == ()
    assert [link.context.span_id for link in second.links] == [first.context.span_id]
    assert f"{first.parent.span_id:016x}" == f"{second.parent.span_id:016x}" == "b" * 16
    assert (first.status.description, first.attributes[names.SETTLED]) == ("ValueError", "nak")
    assert second.status.is_unset
    assert (first.attributes.get(names.ATTEMPT), second.attributes[names.ATTEMPT]) == (None, 2)
