"""What the terminal says of what was hidden."""

from services.cli.talk import hidden_words


def test_kinds_are_told_in_words() -> None:
    assert hidden_words(["CARD", "NEVER_HEARD_OF"]) == "Hidden before anybody read it: your card number, hidden"
