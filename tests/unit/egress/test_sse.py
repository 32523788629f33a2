"""Frames of server-sent events, read back by a parser written from the specification."""

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.egress.streams.sse import HEARTBEAT, Frame, encode, last_event_id, retry
from shared.channels.web import EVENTS, Accepted, DeltaData, NoticeData, Reply
from shared.contracts import Text


def parse(stream: bytes) -> list[tuple[str, str, str]]:
    """Events as (type, id, data). Source: https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing"""
    events, kind, data, last = [], "", [], ""
    for line in re.split("\r\n|\n|\r", stream.decode()):
        if not line:
            if data:
                events.append((kind or "message", last, "\n".join(data)))
            kind, data = "", []
            continue
        name, _, value = line.partition(":")
        value = value.removeprefix(" ")
        if name == "event":
            kind = value
        elif name == "data":
            data.append(value)
        elif name == "id" and "\0" not in value:
            last = value
    return events


@given(st.lists(st.tuples(st.integers(0, 9), st.text()), max_size=5))
def test_any_text_comes_back_whole(pieces: list[tuple[int, str]]) -> None:
    frames = [Frame(DeltaData(turn_id="c:1", number=number, text=text)) for number, text in pieces]
    read = parse(b"".join([encode(frame) + HEARTBEAT for frame in frames]))
    assert [(kind, json.loads(data)["text"]) for kind, _, data in read] == [("delta", text) for _, text in pieces]


def test_a_recorded_frame_has_its_id_and_a_hint_has_none() -> None:
    reply = Reply(turn_id="c:3", answers=("m1", "m2"), text="a\nb", parts=(Text(text="a"), Text(text="b")))
    stream = retry(1.5) + encode(Frame(reply, 7)) + encode(Frame(Accepted(message_id="m", trace_id="t")))
    assert stream.startswith(b"retry: 1500\n\n")
    first, second = parse(stream)
    assert first[:2] == ("reply", "7")
    assert json.loads(first[2])["answers"] == ["m1", "m2"]
    assert second[0] == "accepted"
    assert b"id:" not in encode(Frame(NoticeData(text="x")))


def test_every_event_has_its_name() -> None:
    assert set(EVENTS) >= {"accepted", "delta", "reply", "confirm", "notice", "handoff", "withdrawn", "error"}
    assert Frame(NoticeData(text="x")).event == "notice"


@pytest.mark.parametrize(("value", "expected"), [(None, None), ("", None), (" ", None), ("0", 0), (" 12 ", 12)])
def test_resume_after_an_id_of_ours(value: str | None, expected: int | None) -> None:
    assert last_event_id(value) == expected


@pytest.mark.parametrize("value", ["-1", "1.5", "abc", "٣", "9" * 16, "1\n2"])
def test_other_ids_are_refused(value: str) -> None:
    with pytest.raises(ValueError, match="not an id"):
        last_event_id(value)
