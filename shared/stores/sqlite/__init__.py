"""SQLite as a store: one file, shared by all stages of one machine, in one process or in six."""

from shared.stores.sqlite.records import SqliteRecords

__all__ = ["SqliteRecords"]
