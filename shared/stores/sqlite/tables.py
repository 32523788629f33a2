"""One table a collection: columns for what a store may look at, `body` for the document itself, opaque bytes."""

from dataclasses import dataclass

_COLUMNS = "rev, id, group_key, unique_key, at, due, expires, body"
_INSERT = f"insert into {{t}}({_COLUMNS}) values(1, ?, ?, ?, ?, ?, ?, ?)"

# A rowid table: new rows go to its end, only small index entries land at random places.
_CREATE = (
    """create table if not exists {t}(id text not null unique, rev integer not null, group_key text not null,
       unique_key text, at real not null, due real, expires real, body blob not null) strict""",
    "create index if not exists {t}_at on {t}(at, id)",
    "create index if not exists {t}_group on {t}(group_key, at)",
    "create unique index if not exists {t}_unique on {t}(unique_key) where unique_key is not null",
    "create index if not exists {t}_due on {t}(due) where due is not null",
    "create index if not exists {t}_expires on {t}(expires) where expires is not null",
)


@dataclass(frozen=True, slots=True)
class Table:
    """The statements of one collection. Its column `rev` counts writes, for whoever looks into the file.

    `update` leaves out the columns that hardly ever change: SQLite writes the index entries of every column that a statement
    sets, whether or not its value is another one.
    """

    name: str
    create: tuple[str, ...]
    insert: str
    insert_unless_taken: str
    get: str
    read: str
    update: str
    update_all: str
    find: str
    due: str
    older: str
    expire: str
    delete: str

    @classmethod
    def of(cls, name: str) -> "Table":
        if not name.isidentifier():
            raise ValueError(f"{name!r} cannot name a table")

        def on(sql: str) -> str:
            return sql.replace("{t}", name)

        return cls(
            name=name,
            create=tuple(on(sql) for sql in _CREATE),
            insert=on(_INSERT),
            insert_unless_taken=on(f"{_INSERT} on conflict do nothing"),
            get=on("select body from {t} where id=?"),
            read=on("select rowid, body, group_key, unique_key, at, expires from {t} where id=?"),
            update=on("update {t} set rev=rev+1, due=?, body=? where rowid=?"),
            update_all=on("update {t} set rev=rev+1, group_key=?, unique_key=?, at=?, expires=?, due=?, body=? where rowid=?"),
            find=on("select body from {t} where group_key=? and at<? order by at desc, rowid desc limit ?"),
            due=on("select body from {t} where due<=? and (due, id) > (?, ?) order by due, id limit ?"),
            older=on("select body from {t} where at<? and (at, id) > (?, ?) order by at, id limit ?"),
            expire=on("delete from {t} where rowid in (select rowid from {t} where expires<=? order by expires limit ?)"),
            delete=on("delete from {t} where id=?"),
        )
