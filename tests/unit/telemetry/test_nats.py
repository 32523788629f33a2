"""What a message's trace costs when nobody records it: one look, and its context goes on."""

from types import SimpleNamespace

import pytest

from shared.contracts import NoticeDue
from shared.messaging.dead_letter import event_command
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
