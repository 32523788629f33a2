"""Stores by URL."""

import sys
from pathlib import Path

import pytest

from shared.errors import ConfigurationError
from shared.lane.documents import opened
from shared.stores.open import open_knowledge, open_records


async def test_absolute_and_relative_paths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a folder").mkdir()
    for url in (f"sqlite:///{tmp_path}/a.db", "sqlite:///a.db", "sqlite:///./a.db", f"sqlite:///{tmp_path}/a%20folder/b.db"):
        records = await open_records(url)
        await records.insert(opened(url, "c", "web", 1.0))
        await records.close()
    assert sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.db")) == ["a folder/b.db", "a.db"]


@pytest.mark.parametrize("url", ["", "records.db", "mysql://host/db", "SQLite3:///tmp/x", "redis://localhost"])
async def test_other_schemes_name_the_supported_ones(url: str) -> None:
    for open_store in (open_records, open_knowledge):
        with pytest.raises(ConfigurationError, match="supported: sqlite:///"):
            await open_store(url)


@pytest.mark.parametrize(
    "url", ["sqlite://data/records.db", "sqlite:///", "sqlite:", "sqlite:///x.db?mode=ro", "sqlite:///x#y"]
)
async def test_an_url_that_says_more_or_less_is_refused(url: str) -> None:
    with pytest.raises(ConfigurationError, match="write sqlite:///path/to/file"):
        await open_records(url)


async def test_a_folder_that_does_not_exist_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="nowhere does not exist"):
        await open_knowledge(f"sqlite:///{tmp_path}/nowhere/knowledge.db")


async def test_the_interpreter_is_handed_over_often_enough(tmp_path: Path) -> None:
    """With the default of 5 ms a loop that computes makes the writer's thread wait that long several times a group."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(0.005)
    try:
        records = await open_records(f"sqlite:///{tmp_path}/a.db")
        await records.close()
        assert sys.getswitchinterval() == pytest.approx(0.0005)
    finally:
        sys.setswitchinterval(before)
