"""A canary is found in whatever spelling it lies, and nothing else is taken for one."""

import base64
import json
from collections import Counter
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.leakcheck.canaries import Canary, canaries
from services.leakcheck.search import Searcher
from shared.guardrails.pii.span import KINDS
from shared.guardrails.screening import screen_text

VALUES = [canary.value for canary in canaries(1, 3)]


def found(value: str, data: bytes) -> bool:
    return any(Searcher([Canary("X", value, value)]).within(data, "here"))


@given(st.sampled_from(VALUES), st.binary(max_size=7), st.binary(max_size=7))
def test_it_is_found_in_base64_wherever_it_begins(value: str, before: bytes, after: bytes) -> None:
    assert found(value, base64.b64encode(before + value.encode() + after))
    assert found(value, base64.urlsafe_b64encode(before + value.encode() + after).rstrip(b"="))


@pytest.mark.parametrize("value", VALUES)
def test_it_is_found_in_every_spelling(value: str) -> None:
    escaped = "".join(f"\\u{ord(character):04x}" for character in value)
    for data in (
        value.encode(),
        value.upper().encode(),
        value.encode("utf-16"),
        value.encode("utf-16-be"),
        value.encode().hex().encode(),
        quote(value, safe="").encode(),
        json.dumps({"a": value}).encode(),
        escaped.encode(),
    ):
        assert found(value, b"<" + data + b">")
    assert not found(value, b"nothing of the kind, 12345678")


def test_a_number_within_a_longer_one_is_another_one() -> None:
    assert found("12345678", b"a 12345678.")
    assert not found("12345678", b"a 9123456780.")


def test_there_are_enough_canaries_each_unlike_the_others_and_told_as_customers_tell_them() -> None:
    every = list(canaries(10, 1))
    assert len({canary.value for canary in every}) == len(every) >= 200
    assert Counter(canary.kind for canary in every) == dict.fromkeys(KINDS, 10)
    assert len(KINDS) >= 20
    for canary in every:
        assert canary.value not in screen_text(canary.sentence)["masked"], canary
