"""What the guard finds of values that nobody tuned it to, in eight languages: floors, below which something has broken."""

from evals.carriers import BENIGN, PERSONAL
from evals.generality import rows

FLOOR = 0.97


def test_every_language_has_a_sentence_for_every_kind():
    assert len({frozenset(of_kind) for of_kind in PERSONAL.values()}) == 1
    assert len({frozenset(of_what) for of_what in BENIGN.values()}) == 1
    texts = [text for told in (PERSONAL, BENIGN) for sentences in told.values() for text in sentences.values()]
    assert all(text.count("{}") == 1 for text in texts)


def test_generated_values_are_found_and_numbers_of_nobody_are_left_alone():
    told = {row.name: row for row in rows()}
    assert {name: row for name, row in told.items() if name.startswith("generated") and row.value < FLOOR} == {}
    alarms = [row.value for name, row in told.items() if name.startswith("false alarms")]
    assert len(alarms) == len(BENIGN["en"])
    assert sum(alarms) / len(alarms) <= 0.01
