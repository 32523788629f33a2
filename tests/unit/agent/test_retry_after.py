from email.utils import formatdate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.agent.models.retry_after import retry_after


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, 0.0),
        ({"retry-after": "7"}, 7.0),
        ({"retry-after-ms": "1500", "retry-after": "7"}, 1.5),
        ({"retry-after-ms": "soon", "retry-after": "7"}, 7.0),
        ({"retry-after": formatdate(1_000_030, usegmt=True)}, 30.0),
        ({"retry-after": formatdate(999_000, usegmt=True)}, 0.0),
        ({"retry-after": "-3"}, 0.0),
        ({"retry-after": "inf"}, 0.0),
    ],
)
def test_seconds_milliseconds_and_dates_are_read(headers: dict[str, str], seconds: float) -> None:
    assert retry_after(headers, now=1_000_000.0) == seconds


@given(st.text(max_size=40))
def test_whatever_a_server_writes_is_a_time_to_wait(value: str) -> None:
    assert retry_after({"retry-after": value, "retry-after-ms": value}) >= 0.0
