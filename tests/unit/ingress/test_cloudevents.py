"""CloudEvents 1.0 over HTTP: all three modes say the same; nothing else is taken, and nothing crashes."""

import json
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from services.ingress.cloudevents import BATCH, MOST, STRUCTURED, WrongEvent, WrongMediaType, events_in
from shared.contracts import BackendEvent

ATTRIBUTES = {"specversion": "1.0", "id": "1", "source": "/shop", "type": "order.shipped", "subject": "cust-7"}
DATA = {"order": "ORD-10003"}


def structured(**changed: Any) -> bytes:
    return json.dumps({**ATTRIBUTES, "data": DATA, **changed}).encode()


def binary(**changed: str) -> dict[str, str]:
    return {"content-type": "application/json"} | {f"ce-{name}": value for name, value in (ATTRIBUTES | changed).items()}


def test_the_three_modes_say_the_same() -> None:
    (one,) = events_in({"content-type": f"{STRUCTURED}; charset=utf-8"}, structured())
    two = events_in({"content-type": BATCH}, b"[" + structured() + b"," + structured(id="2") + b"]")
    (three,) = events_in(binary(), json.dumps(DATA).encode())
    assert one == two[0] == three.model_copy(update={"datacontenttype": None})
    assert two[1].id == "2"
    assert events_in({"content-type": BATCH}, b"[]") == []
    assert one.data == DATA


@given(st.text(min_size=1, max_size=60), st.text(min_size=1, max_size=60))
def test_attributes_in_headers_are_percent_encoded(source: str, subject: str) -> None:
    headers = binary(source=quote(source.strip() or "x", safe=""), subject=quote(subject.strip() or "x", safe=""))
    (event,) = events_in(headers, b"")
    assert event.source == (source.strip() or "x")
    assert event.subject == (subject.strip() or "x")


@pytest.mark.parametrize(
    ("headers", "body", "error"),
    [
        ({}, b"{}", WrongMediaType),
        ({"content-type": "application/json"}, structured(), WrongMediaType),
        ({"content-type": "text/plain", **{k: v for k, v in binary().items() if k != "content-type"}}, b"hi", WrongMediaType),
        ({"content-type": STRUCTURED}, b"not json", ValidationError),
        ({"content-type": STRUCTURED}, b"[]", ValidationError),
        ({"content-type": BATCH}, structured(), ValidationError),
        ({"content-type": STRUCTURED}, structured(specversion="0.3"), ValidationError),
        ({"content-type": STRUCTURED}, structured(id=""), ValidationError),
        ({"content-type": STRUCTURED}, structured(data="text"), ValidationError),
        ({"content-type": STRUCTURED}, structured(type="a b"), WrongEvent),
        ({"content-type": STRUCTURED}, structured(type="a.>"), WrongEvent),
        ({"content-type": STRUCTURED}, structured(type="a..b"), WrongEvent),
        ({"content-type": STRUCTURED}, structured(type="*"), WrongEvent),
        ({"content-type": BATCH}, b"[" + b",".join([structured()] * (MOST + 1)) + b"]", WrongEvent),
        (binary(), b"{", WrongEvent),
        (binary(), b"[1]", ValidationError),
        (binary(source="%ff"), b"", WrongEvent),
        ({"content-type": "application/json", "ce-specversion": "1.0"}, b"{}", ValidationError),
    ],
)
def test_anything_else_is_told_apart(headers: dict[str, str], body: bytes, error: type[Exception]) -> None:
    with pytest.raises(error):
        events_in(headers, body)


json_values = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=20),
    lambda each: st.lists(each) | st.dictionaries(st.text(), each),
    max_leaves=8,
)


@given(
    st.dictionaries(
        st.sampled_from(["content-type", *[f"ce-{name}" for name in ATTRIBUTES], "ce-data", "ce-traceparent"]),
        st.text(max_size=40),
    ),
    st.binary(max_size=60) | json_values.map(lambda value: json.dumps(value).encode()),
    st.sampled_from([STRUCTURED, BATCH, "application/json", "text/plain", ""]),
)
def test_whatever_comes_it_is_events_or_one_of_three_errors(headers: dict[str, str], body: bytes, media: str) -> None:
    try:
        events = events_in({"content-type": media} | headers, body)
    except (WrongMediaType, WrongEvent, ValidationError):
        return
    assert all(isinstance(event, BackendEvent) for event in events)
