"""The list of given names is what its script makes of its sources."""

from shared.guardrails.pii.names import given, is_everyday
from training import names


def test_the_committed_list_is_what_the_script_makes():
    """A newer Faker may know other names: `python -m training.names`."""
    assert (names.FOLDER / "given.txt").read_text(encoding="utf-8").split() == names.given()


def test_a_name_that_is_a_word_or_a_place_is_none():
    assert given("Ada")
    assert given("Jürgen")
    assert not any(map(given, ("May", "Georgia", "Will", "ada", "ADA")))
    assert is_everyday("Account")
