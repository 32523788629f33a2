"""Words and lanes for the tests of egress."""

import pytest

from services.egress.domain import Terms
from services.egress.streams.events import Telling
from tests.unit.egress.spoken import Spoken


@pytest.fixture
def words() -> Spoken:
    return Spoken()


@pytest.fixture
def terms() -> Terms:
    return Terms(key=b"k" * 32)


@pytest.fixture
def telling(words: Spoken, terms: Terms) -> Telling:
    return Telling(words, terms)
