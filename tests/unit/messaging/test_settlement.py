"""The failure table as a pure function, and what a dead letter says."""

import asyncio
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nats.aio.msg import Msg
from pydantic import BaseModel, ValidationError

from shared.contracts.base import Event
from shared.contracts.turn import MessageReceived
from shared.errors import Rejected, Retryable, StoreBroken, StoreUnavailable
from shared.messaging import Limits
from shared.messaging.backend import cause_of, decode_backend_event
from shared.messaging.dead_letter import dead_letter, notice_of_failure, reason
from shared.messaging.delivery import attempt, origin
from shared.messaging.exchange import decoder
from shared.messaging.settlement import Overdue, Stopping, backoff, decisive, frames, overtried, verdict

LIMITS = Limits(attempts=3, patience=6)
SECRET = "jane@example.com"


class Form(BaseModel):
    email: int
    kinds: dict[str, int] = {}


def invalid() -> ValidationError:
    with pytest.raises(ValidationError) as caught:
        Form.model_validate({"email": SECRET, "kinds": {SECRET: SECRET}})
    return caught.value


@pytest.mark.parametrize(
    ("error", "number", "kind", "delay"),
    [
        (Retryable("down", after=2.0), 1, "nak", 2.0),
        (Retryable("down", after=0.0), 1, "nak", 0.25),
        (StoreUnavailable("away", after=0.1), 5, "nak", 4.0),
        (Retryable("down"), 6, "dead-letter", 0.0),
        (Rejected("never"), 1, "dead-letter", 0.0),
        (invalid(), 1, "dead-letter", 0.0),
        (KeyError("bug"), 1, "nak", 0.25),
        (KeyError("bug"), 2, "nak", 0.5),
        (KeyError("bug"), 3, "dead-letter", 0.0),
        (StoreBroken("damaged"), 3, "dead-letter", 0.0),
        (Overdue("late"), 2, "nak", 0.5),
        (Overdue("late"), 3, "dead-letter", 0.0),
        (asyncio.CancelledError(), 1, "nak", 0.25),
        (Stopping("stop"), 99, "nak", 0.0),
    ],
)
def test_the_table(error: BaseException, number: int, kind: str, delay: float) -> None:
    found = verdict(error, number, LIMITS)
    assert (found.kind, found.delay, found.attempt) == (kind, delay, number)


@pytest.mark.parametrize(
    ("members", "decides"),
    [
        ([Retryable("a", after=1), Retryable("b", after=9)], 1),
        ([Retryable("a"), Rejected("b")], 1),
        ([Rejected("a"), KeyError("b"), Retryable("c")], 1),
        ([Retryable("a"), ExceptionGroup("inner", [Retryable("b"), ValueError("c")])], "ValueError"),
    ],
)
def test_of_several_errors_the_worst_decides(members: list[Exception], decides: Any) -> None:
    found = decisive(ExceptionGroup("together", members))
    assert type(found).__name__ == decides if isinstance(decides, str) else found is members[decides]


@given(st.integers(1, 10_000))
def test_back_off_grows_and_stays_within_a_minute(number: int) -> None:
    assert 0.25 <= backoff(number) <= backoff(number + 1) <= 60.0


def test_an_outage_of_ten_minutes_leaves_no_dead_letters() -> None:
    assert sum(map(backoff, range(1, Limits().patience))) > 600


def message(body: bytes, subject: str = "desk.v1.asked.c1", delivered: int = 2, headers: dict[str, str] | None = None) -> Msg:
    reply = f"$JS.ACK.DESK.demo-asked.{delivered}.17.3.1700000000000000000.5"
    return Msg(_client=None, subject=subject, reply=reply, data=body, headers=headers)  # type: ignore[arg-type]


def test_both_forms_of_the_acknowledgement_subject_are_read() -> None:
    old = message(b"")
    new = message(b"")
    new.reply = "$JS.ACK._.ACCOUNTHASH.DESK.demo-asked.2.17.3.1700000000000000000.5.token"
    for msg in (old, new):
        assert origin(msg) == ("DESK", "demo-asked", 2, 17, 1_700_000_000.0)
        assert attempt(msg) == 2
        assert (msg.metadata.stream, msg.metadata.num_delivered, msg.metadata.sequence.stream) == ("DESK", 2, 17)
    old.reply = "_INBOX.x.y"
    with pytest.raises(ValueError, match="not delivered by JetStream"):
        origin(old)


def test_a_message_without_an_outcome_is_given_up() -> None:
    assert overtried(message(b"", delivered=6), LIMITS) is None
    assert isinstance(overtried(message(b"", delivered=7), LIMITS), Rejected)


def raised(error: Exception) -> Exception:
    with pytest.raises(type(error)) as caught:
        raise error
    return caught.value


@pytest.mark.parametrize("error", [invalid(), raised(KeyError(SECRET)), raised(ValueError(f"bad {SECRET}"))])
def test_a_reason_quotes_no_input(error: Exception) -> None:
    assert SECRET not in reason(error)
    assert len(reason(error)) > 5
    assert not any(SECRET in line for line in frames(error))


def test_a_reason_says_where() -> None:
    assert reason(invalid()) == "Form: email int_parsing, kinds.? int_parsing"
    assert reason(raised(KeyError(SECRET))).startswith("raised in raised, line ")
    assert reason(Rejected("the\nseal does not\tfit")) == "the seal does not fit"


def test_headers_that_the_server_would_obey_are_set_aside() -> None:
    given = {"Nats-Msg-Id": "e1", "nats-rollup": "all", "traceparent": "t", "Desk-Stream": "FAKE", "bad key": "x", "ü": "y"}
    command = dead_letter(message(b"\xff", headers=given), Rejected("no"))
    assert command.body == b"\xff"
    assert command.destination == "dlq.desk.v1.asked.c1"
    assert {key for key in command.headers if key.lower().startswith("nats-")} == {"Nats-Msg-Id"}
    assert command.headers["Nats-Msg-Id"] == "dlq:DESK:17:demo-asked"
    assert (command.headers["Desk-Original-Nats-Msg-Id"], command.headers["Desk-Original-nats-rollup"]) == ("e1", "all")
    assert (command.headers["traceparent"], command.headers["Desk-Stream"]) == ("t", "DESK")
    assert not {"bad key", "ü"} & set(command.headers)


TURN = b'{"id":"e1","conversation":"c1","epoch":3,"attempt":"9","text":1}'


def test_the_notice_of_a_lost_turn_names_it_and_its_sweep() -> None:
    command = notice_of_failure(message(TURN))
    assert command is not None
    assert command.destination == "desk.v1.notice-due.c1"
    notice = command.body
    assert (notice.conversation, notice.epoch, notice.reason, notice.caused_by) == ("c1", 3, "failed", "e1")
    again = notice_of_failure(message(TURN.replace(b'"e1"', b'"e2"')))
    assert again is not None
    assert command.headers["Nats-Msg-Id"] == again.headers["Nats-Msg-Id"], "one notice a turn and sweep"
    swept = notice_of_failure(message(TURN.replace(b'"9"', b'"10"')))
    assert swept is not None
    assert swept.headers["Nats-Msg-Id"] != command.headers["Nats-Msg-Id"]


@pytest.mark.parametrize(
    ("subject", "body"),
    [
        ("desk.v1.notice-due.c1", TURN),
        ("events.shop.shipped", TURN),
        ("desk.v1.asked.c2", TURN),
        ("desk.v1.asked.c1", b"{"),
        ("desk.v1.asked.c1", b"[1]"),
        ("desk.v1.asked.c1", b'{"conversation":"c1"}'),
        ("desk.v1.asked.c1", b'{"conversation":"c1","epoch":-4}'),
        ("desk.v1.asked.c1", b'{"conversation":"c1","epoch":"many"}'),
    ],
)
def test_no_notice_of_a_notice_nor_for_a_turn_that_cannot_be_read(subject: str, body: bytes) -> None:
    assert notice_of_failure(message(body, subject)) is None


@given(st.binary(max_size=200))
def test_no_bytes_break_the_notice(body: bytes) -> None:
    assert notice_of_failure(message(body)) is None


@given(
    st.binary(max_size=200), st.dictionaries(st.sampled_from(["ce-id", "CE-SpecVersion", "ce-type", "x"]), st.text(max_size=9))
)
def test_no_bytes_break_the_decoders(body: bytes, headers: dict[str, str]) -> None:
    for decode in (decode_backend_event, decoder(MessageReceived)):
        with pytest.raises((ValidationError, Rejected)):
            decode(body, headers)


def test_a_backend_event_sent_again_causes_the_same_ids() -> None:
    event = decode_backend_event(b'{"specversion":"1.0","id":"1","source":"/shop","type":"t"}', {})
    again = decode_backend_event(b"", {"ce-specversion": "1.0", "ce-id": "1", "ce-source": "%2Fshop", "Ce-Type": "u"})
    assert cause_of(event).id == cause_of(again).id
    assert isinstance(cause_of(event), Event)
