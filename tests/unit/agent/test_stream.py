import json
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.agent.models.stream import MOST_LINE, Assembly, BadAnswer, Lines


def chunk(delta: dict[str, Any] | None = None, finish: str | None = None, **more: Any) -> bytes:
    choices = [{"index": 0, "delta": delta or {}, "finish_reason": finish}]
    return json.dumps({"choices": choices, **more}, ensure_ascii=False).encode()


def cut(data: bytes, places: list[int]) -> list[bytes]:
    bounds = [0, *sorted(place % (len(data) + 1) for place in places), len(data)]
    return [data[start:end] for start, end in pairwise(bounds)]


@given(
    texts=st.lists(st.text(min_size=1, max_size=20), min_size=1, max_size=8),
    places=st.lists(st.integers(0, 5000), max_size=30),
    end=st.sampled_from([b"\n", b"\r\n", b"\r"]),
    marked=st.booleans(),
)
def test_a_stream_cut_at_any_byte_is_the_same_answer(texts: list[str], places: list[int], end: bytes, marked: bool) -> None:
    events = [chunk({"content": text}) for text in texts] + [chunk({}, "stop"), b"[DONE]"]
    data = (b"\xef\xbb\xbf" if marked else b"") + b": comment" + end * 2
    data += b"".join(b"event: message" + end + b"data: " + event + end * 2 for event in events)
    lines, assembly = Lines(), Assembly()
    shown = "".join(assembly.add(event) for piece in cut(data + end, places) for event in lines.feed(piece))
    assert shown == "".join(texts)
    if shown.strip():
        assert assembly.message("x") == {"role": "assistant", "content": shown}
    assert assembly.done


def test_data_over_several_lines_is_joined() -> None:
    assert Lines().feed(b"data: a\ndata:b\nid: 7\n\ndata: c\n\n") == [b"a\nb", b"c"]
    assert Lines().feed(b"data: half") == []


def test_a_line_without_end_is_refused() -> None:
    with pytest.raises(BadAnswer, match="without end"):
        Lines().feed(b"x" * (MOST_LINE + 1))


@given(st.lists(st.text(max_size=12), min_size=1, max_size=6), st.booleans())
def test_calls_are_assembled_from_their_pieces(pieces: list[str], indexed: bool) -> None:
    assembly = Assembly()
    first = {"id": "c1", "type": "function", "function": {"name": "look_up", "arguments": ""}}
    assembly.add(chunk({"tool_calls": [first | ({"index": 0} if indexed else {})]}))
    for piece in pieces:
        delta = {"function": {"arguments": piece}} | ({"index": 0} if indexed else {})
        assembly.add(chunk({"tool_calls": [delta]}))
    assembly.add(chunk({"tool_calls": [{"index": 7, "id": "c1", "function": {"name": "other", "arguments": "{}"}}]}))
    assembly.add(chunk({}, "tool_calls", usage=None, model="m-1"))
    assembly.add(json.dumps({"choices": [], "usage": {"prompt_tokens": 5}}).encode())
    calls = assembly.message("call-0")["tool_calls"]
    assert [call["function"] for call in calls] == [
        {"name": "look_up", "arguments": "".join(pieces)},
        {"name": "other", "arguments": "{}"},
    ]
    assert [call["id"] for call in calls] == ["c1", "call-0-1"]  # one id for two calls: the second gets its own
    assert (assembly.model, assembly.usage, assembly.finish) == ("m-1", {"prompt_tokens": 5}, "tool_calls")


@pytest.mark.parametrize(
    "data",
    [
        b"not json",
        b"[]",
        b"7",
        b'{"error": {"message": "overloaded"}}',
        b'{"choices": [7]}',
        b'{"choices": [{"delta": {"content": 7}}]}',
        b'{"choices": [{"delta": {"tool_calls": [{"index": 0, "function": {"name": 7}}]}}]}',
        b'{"choices": [{"delta": {"tool_calls": {"a": 1}}}]}',
        json.dumps({"choices": [{"delta": {"tool_calls": [{"index": n} for n in range(99)]}}]}).encode(),
        json.dumps({"choices": [{"delta": {"content": "x" * 70_000}}]}).encode(),
    ],
)
def test_garbage_is_a_bad_answer(data: bytes) -> None:
    with pytest.raises(BadAnswer):
        Assembly().add(data)


@given(st.binary(max_size=200))
def test_no_bytes_raise_anything_else(data: bytes) -> None:
    assembly = Assembly()
    try:
        for event in Lines().feed(b"data: " + data + b"\n\n"):
            assembly.add(event)
        assembly.message("x")
    except BadAnswer:
        pass


def test_a_stream_that_breaks_off_or_says_nothing_is_a_bad_answer() -> None:
    broken = Assembly()
    broken.add(chunk({"content": "Your order"}))
    with pytest.raises(BadAnswer, match="broke off"):
        broken.message("x")
    empty = Assembly()
    empty.add(chunk({"content": "  "}, "stop"))
    with pytest.raises(BadAnswer, match="empty"):
        empty.message("x")
    filtered = Assembly()
    filtered.add(chunk({}, "content_filter"))
    assert filtered.message("x")["content"] == ""
    unnamed = Assembly()  # some servers end with [DONE] alone
    unnamed.add(chunk({"content": "Hi"}))
    unnamed.add(b"[DONE]")
    assert unnamed.message("x")["content"] == "Hi"
    assert unnamed.finish == "stop"
