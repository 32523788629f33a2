"""Knowledge in SQLite FTS5: BM25 over stemmed words and pairs of words, titles weigh more, slips are forgiven."""

import asyncio
import hashlib
import json
import os
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import groupby, pairwise
from pathlib import Path
from typing import Any

from shared.errors import StoreUnavailable
from shared.stores.knowledge import Passage
from shared.stores.spelling import meant
from shared.stores.sqlite.connection import Row, Schema
from shared.stores.sqlite.database import Database
from shared.stores.words import spaced, words

SCHEMA = Schema(
    application=0x46644B32,
    generation=1,
    statements=(
        """create table if not exists passages(number integer primary key, id text not null unique, source text not null,
           title text not null, text text not null, hash text not null) strict""",
        "create index if not exists passages_source on passages(source)",
        "create virtual table if not exists searched using fts5(title, text, tokenize='porter unicode61 remove_diacritics 2')",
        "insert into searched(searched, rank) values('rank', 'bm25(4.0, 1.0)')",
        # As they were spelled: the index has stems. What no passage has any more stays, and finds nothing.
        "create table if not exists vocabulary(word text primary key) strict, without rowid",
    ),
)

_MEANT = 3  # corrections of one word that are looked for
_SPELLED = "select value from json_each(?) where value in (select word from vocabulary)"
_OCCURS = "select 1 from searched where searched match ? limit 1"
_ALIKE = "select word from vocabulary where word>=? and word<? and length(word) between ? and ?"
# Each change leaves a segment of its own in the index, and a search asks all of them for every word: four times the time.
_MERGE = "insert into searched(searched) values('optimize')"
# Not `order by rank`: FTS5 then sorts by a query within the query, which costs half as much again.
_SEARCH = """
    select id, source, title, text, score from
    (select rowid as number, -rank as score from searched where searched match ? order by score desc, rowid limit ?)
    join passages using (number) order by score desc, number
"""


class Fts5Knowledge:
    """Knowledge in one file, which several processes may share. Made inside a running loop, to which it belongs.

    Raises `StoreUnavailable` when the file cannot be opened, `StoreBroken` when it is no database or of another
    generation.
    """

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self._database = Database(Path(path), SCHEMA)
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="knowledge")  # one connection reads
        self._closed = False

    async def search(self, query: str, *, limit: int = 5) -> list[Passage]:
        if not (wanted := words(query)):
            return []
        rows = await self._read(self._search, wanted, limit)
        return [Passage(id=id, source=source, title=title, text=text, score=score) for id, source, title, text, score in rows]

    async def add(self, passages: Sequence[Passage]) -> int:
        ordered = sorted({passage.id: passage for passage in passages}.values(), key=lambda passage: passage.source)
        changed = 0
        for source, group in groupby(ordered, key=lambda passage: passage.source):
            changed += await self._replace(source, list(group))
        return await self._merged(changed)

    async def remove(self, source: str) -> int:
        return await self._merged(await self._replace(source, []))

    async def sources(self) -> list[str]:
        rows = await self._read(self._database.read, "select distinct source from passages order by source")
        return [source for (source,) in rows]

    async def close(self) -> None:
        self._closed = True
        await asyncio.to_thread(self._thread.shutdown)  # also waits for the search of a caller that was cancelled
        await self._database.close()

    async def _read(self, work: Callable[..., list[Row]], *arguments: Any) -> list[Row]:
        """In a thread, as many frequent words in a large index take some milliseconds."""
        if self._closed:
            raise StoreUnavailable("the store is closed")
        return await asyncio.get_running_loop().run_in_executor(self._thread, work, *arguments)

    def _search(self, wanted: list[str], limit: int) -> list[Row]:
        known = {word for (word,) in self._database.read(_SPELLED, (json.dumps(wanted),))}
        spelled = {word: [word] if word in known else self._meant(word) for word in dict.fromkeys(wanted)}
        match = matching([spelled[word][0] for word in wanted], [other for others in spelled.values() for other in others])
        return self._database.read(_SEARCH, (match, limit))

    def _meant(self, word: str) -> list[str]:
        """What a word that no passage spells was meant to be; itself where a passage has its stem, or nothing is like it."""
        read = self._database.read
        if read(_OCCURS, (matching([word]),)):
            return [word]
        alike = read(_ALIKE, (word[0], f"{word[0]}\U0010ffff", len(word) - 1, len(word) + 1))
        return meant(word, (other for (other,) in alike))[:_MEANT] or [word]

    async def _merged(self, changed: int) -> int:
        if changed:
            await self._database.do(lambda connection: connection.execute(_MERGE).rowcount)
        return changed

    async def _replace(self, source: str, passages: list[Passage]) -> int:
        return await self._database.do(lambda connection: _replaced(connection, source, passages))


def matching(words: Sequence[str], others: Iterable[str] = ()) -> str:
    """An FTS5 expression that matches any of `words` or `others`.

    Pairs of neighbours are looked for as well, as BM25 itself does not see order. Every word is quoted: it is no operator
    and no column (https://www.sqlite.org/fts5.html#fts5_strings).
    """
    pairs = (f"{first} {second}" for first, second in pairwise(words))
    return " OR ".join(f'"{term}"' for term in dict.fromkeys((*words, *others, *pairs)))


def _replaced(connection: sqlite3.Connection, source: str, passages: list[Passage]) -> int:
    """Make `passages` all of `source`, in a savepoint: the transaction belongs to others too."""
    connection.execute("savepoint source")
    try:
        changed = _replace(connection, source, passages)
    except BaseException:
        if connection.in_transaction:  # else the disk is full, and SQLite undid everything
            connection.execute("rollback to source")
            connection.execute("release source")
        raise
    connection.execute("release source")
    return changed


def _replace(connection: sqlite3.Connection, source: str, passages: list[Passage]) -> int:
    held = {
        id: (number, hash)
        for number, id, hash in connection.execute("select number, id, hash from passages where source=?", (source,)).fetchall()
    }
    fresh = {passage.id: (passage, _hash(passage)) for passage in passages}
    stale = [number for id, (number, hash) in held.items() if id not in fresh or fresh[id][1] != hash]
    missing = [(passage, hash) for id, (passage, hash) in fresh.items() if id not in held or held[id][1] != hash]
    for number in stale:
        connection.execute("delete from searched where rowid=?", (number,))
        connection.execute("delete from passages where number=?", (number,))
    for passage, hash in missing:
        row = (passage.id, passage.source, passage.title, passage.text, hash)
        number = connection.execute("insert into passages(id, source, title, text, hash) values(?, ?, ?, ?, ?)", row).lastrowid
        searched = (number, spaced(passage.title), spaced(passage.text))
        connection.execute("insert into searched(rowid, title, text) values(?, ?, ?)", searched)
        spelled = ((word,) for word in set(words(f"{passage.title} {passage.text}", most=None)))
        connection.executemany("insert into vocabulary values(?) on conflict do nothing", spelled)
    return len({id for id in held if id not in fresh}) + len(missing)


def _hash(passage: Passage) -> str:
    return hashlib.sha256(f"{passage.title}\0{passage.text}".encode()).hexdigest()
