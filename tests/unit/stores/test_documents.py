"""Every document has a collection, and comes back from its JSON as it went in."""

import re
from pathlib import Path

import pytest
from pydantic import ValidationError

from shared.stores.collections import COLLECTIONS
from shared.stores.customers import CustomerProfile, Feedback, Memory, profile_place

ROOT = Path(__file__).parents[3]


def test_stores_create_the_collection_of_every_document_and_no_other() -> None:
    """Read from the sources, as importing all of them would start more than a test should."""
    sources = [path.read_text(encoding="utf-8") for name in ("shared", "services") for path in (ROOT / name).rglob("*.py")]
    declared = {name for source in sources for name in re.findall(r'collection: ClassVar\[str\] = "(\w+)"', source)}
    assert declared == set(COLLECTIONS), "name it in shared/stores/collections.py"


def test_collections_are_named_once() -> None:
    assert len(set(COLLECTIONS)) == len(COLLECTIONS)


def test_a_memory_is_found_by_its_customer_and_forgotten_when_told() -> None:
    memory = Memory(id="m", at=1.0, customer="ann", text="prefers e-mail", forget_at=9.0)
    assert (memory.group, memory.expires) == ("ann", 9.0)
    assert Memory.model_validate_json(memory.model_dump_json()) == memory


def test_feedback_is_one_to_five() -> None:
    assert Feedback(id="f", at=1.0, conversation="c", rating=5).group == "c"
    for rating in (0, 6):
        with pytest.raises(ValidationError):
            Feedback(id="f", at=1.0, conversation="c", rating=rating)


def test_a_profile_comes_back() -> None:
    profile = CustomerProfile(id="ann", at=1.0, name="v1.k.x", addresses={"sms": "v1.k.y"}, assurance="verified")
    assert CustomerProfile.model_validate_json(profile.model_dump_json()) == profile
    assert profile_place("ann") != profile_place("bob")
