"""Ids of events are version 5 UUIDs, whoever computes them."""

from uuid import UUID, uuid5

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.contracts.base import named


@given(st.uuids(), st.text(max_size=80))
def test_an_id_is_the_uuid_5_of_its_namespace_and_name(namespace, name):
    assert named(str(namespace), name) == str(uuid5(UUID(str(namespace)), name))


@pytest.mark.parametrize("namespace", ["", "turn-1", "00", "ä" * 36])
def test_a_namespace_that_is_no_uuid_is_refused(namespace):
    with pytest.raises(ValueError, match=r"fromhex|UUID"):
        named(namespace, "received:0")
