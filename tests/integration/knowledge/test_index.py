"""The search index after changes."""

import sqlite3
from contextlib import closing
from pathlib import Path

from shared.stores.knowledge import Passage
from shared.stores.open import open_knowledge

_PAGES = "select count(*) from searched_data where id > 10"
"""Rows 1 and 10 are FTS5's averages and structure; one page holds all of so few words, in as many segments as there are."""


async def test_the_index_stays_in_one_segment_however_many_changes_there_were(tmp_path: Path) -> None:
    knowledge = await open_knowledge(f"sqlite:///{tmp_path}/knowledge.db")
    with closing(sqlite3.connect(tmp_path / "knowledge.db")) as connection:
        for number in range(3):
            passages = [
                Passage(id=f"{source}#{number}", source=source, title="Opening", text=f"at {number}") for source in "ab"
            ]
            await knowledge.add(passages)
            assert connection.execute(_PAGES).fetchone() == (1,)
        await knowledge.remove("a")
        assert connection.execute(_PAGES).fetchone() == (1,)
    await knowledge.close()
