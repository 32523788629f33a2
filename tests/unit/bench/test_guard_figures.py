"""The benchmark of the guards: what it measures with, and what follows from its rounds."""

from pathlib import Path

from bench.guard.benchmark import figures
from bench.guard.hostile import hostile
from bench.guard.messages import messages
from bench.statistics import Round
from shared.guardrails.pii import discovered, find

PARTS = {"decision": 90.0, "pii": 10.0, "language": 30.0, "moderation": 40.0, "bare": 5.0}


def test_without_evaluation_data_there_are_messages_of_each_kind(tmp_path: Path):
    kinds = messages(tmp_path / "nowhere")
    assert all(len(texts) >= 9 for texts in kinds.values())
    assert not any(find(text, whole=True) for kind in ("plain", "foreign") for text in kinds[kind])
    assert all(find(text, whole=True) for text in kinds["personal"])


def test_every_recogniser_has_a_hostile_text_of_the_size_that_was_asked_for():
    texts = hostile(4_096)
    names = {name.split()[0] for name in texts}
    assert names >= {each.__name__.rpartition(".")[2] for each in discovered()}  # type: ignore[attr-defined]
    assert {len(text) for text in texts.values()} == {4_096}


def test_the_figures_are_told_in_milliseconds_and_the_worst_hostile_text_by_its_name():
    sample = {kind: dict(PARTS) for kind in ("plain", "personal", "foreign")}
    one: Round = sample | {
        "hostile": {"card 1": 12.0, "mixed": 60.0},
        "screen": {"rate": 5_100.0, "running": 5_500.0, "start": 700.0},
    }
    told = {figure.name: figure for figure in figures([one, one])}
    assert (told["guard.plain"].spread.value, told["guard.plain"].standing) == (0.09, "aim")
    assert (told["guard.hostile"].spread.value, told["guard.hostile"].standing) == (60.0, "missed")
    assert "mixed" in told["guard.hostile"].about
    assert told["guard.pii-by-bare"].spread.value == 2.0
    assert told["guard.screen"].standing == "must"
    assert "guard.pii-by-presidio" not in told
    with_peer = figures([{**one, "presidio": {"pii": 100.0}}])
    assert next(each for each in with_peer if each.name == "guard.pii-by-presidio").spread.value == 0.1
