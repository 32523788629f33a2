"""The picture of figures: refused before anything is measured where it could not be drawn, drawn with all that they say."""

from pathlib import Path

import pytest

from bench.environments import NotInstalled, environment
from bench.plots import check_target, plot
from bench.statistics import Figure, Spread
from shared.errors import ConfigurationError

FIGURES = [
    Figure("chain.cpu", "CPU of a turn", "×", Spread.of([1.5, 1.6, 1.7]), "lower", 2.0, 1.5),
    Figure("turns.rate", "closed loop", "/s", Spread.of([240.0]), "higher"),
    Figure("records.filled", "with many turns", "×", Spread.of([1.3, 1.2]), "lower", None, 1.1),
]


@pytest.mark.parametrize("name", ["figures.gif", "figures", "missing/figures.svg"])
def test_a_plot_that_cannot_be_drawn_is_refused_at_once(name: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError):
        check_target(tmp_path / name)


async def test_a_plot_shows_every_figure_with_its_standing(tmp_path: Path) -> None:
    file = tmp_path / "figures.svg"
    check_target(file)
    await plot(FIGURES, "Medians", file)
    drawn = file.read_text()
    for words in ("chain.cpu", "CPU of a turn", "1.6 ×", "✓ must", "240 /s", "✗ missed"):
        assert f"<!-- {words} -->" in drawn


async def test_requirements_that_do_not_match_their_hash_are_not_installed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    wrong = tmp_path / "requirements.txt"
    wrong.write_text(f"iniconfig==2.1.0 --hash=sha256:{'0' * 64}\n")
    with pytest.raises(NotInstalled, match=r"[Hh]ash mismatch"):
        await environment("wrong", wrong)
